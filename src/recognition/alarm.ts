// What operators have to know without asking: a model that should answer and cannot be loaded, a disk that is
// nearly full. Told once to each, where they can be reached in private.
import type { Log } from '../log.ts';
import type { Outbox } from '../store/outbox.ts';
import type { Store } from '../store/store.ts';
import type { AnnouncementPayload } from './announce.ts';
import type { LanguageOf } from './language.ts';
import type { People } from './people.ts';

const platforms = ['telegram', 'discord'] as const;

/** The address of somebody rather than of a chat; the platform knows where they are spoken to alone. */
const toPerson = (id: string): { readonly person: string } => ({ person: id });

const DAY_MS = 24 * 3_600_000;

type Payload = Extract<AnnouncementPayload, { kind: 'model-broken' | 'disk-nearly-full' }>;

export interface Alarm {
  modelBroken(alphabet: string, version: string, because: string): void;
  /** Once a day at most. */
  diskNearlyFull(freeMegabytes: number): void;
}

export function makeAlarm(deps: {
  readonly store: Pick<Store, 'champions'> & { readonly outbox: Pick<Outbox, 'add'> };
  readonly people: Pick<People, 'operators'>;
  readonly languageOf: LanguageOf;
  readonly log: Log;
  readonly now: () => number;
}): Alarm {
  const { store, people, languageOf, log, now } = deps;

  function tell(about: () => { readonly payload: Omit<Payload, 'language'>; readonly once: string }): void {
    try {
      const { payload, once } = about();
      for (const { who } of people.operators()) {
        const platform = platforms.find((each) => who.startsWith(`${each}:`));
        if (platform === undefined) continue;
        const id = who.slice(platform.length + 1);
        store.outbox.add({
          kind: payload.kind,
          platform,
          dedupeKey: `${payload.kind}:${once}:${who}`,
          address: toPerson(id),
          payload: { ...payload, language: languageOf({ platform, id }) },
          at: now(),
        });
      }
    } catch (err) {
      // The disk may be full: whoever is being read has nothing to do with that.
      log.error({ err }, 'operators could not be told what they have to know');
    }
  }

  return {
    modelBroken(alphabet, version, because) {
      tell(() => {
        // The same version may be promoted again one day and be broken again: that is news.
        const [since] = store.champions.history(alphabet, 1);
        const payload = { kind: 'model-broken', alphabet, version, because } as const;
        return { payload, once: `${version}:${since?.at ?? 0}` };
      });
    },
    diskNearlyFull(free) {
      log.error({ freeMegabytes: free }, 'the disk is nearly full: new photos are refused');
      const payload = { kind: 'disk-nearly-full', free } as const;
      tell(() => ({ payload, once: String(Math.floor(now() / DAY_MS)) }));
    },
  };
}
