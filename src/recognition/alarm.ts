// What operators have to know without asking: a model that should answer and cannot be loaded. Told once to each, where
// they can be reached in private.
import type { Log } from '../log.ts';
import type { Outbox } from '../store/outbox.ts';
import type { Store } from '../store/store.ts';
import type { Announcement } from '../records/announcement.ts';
import type { LanguageOf } from './language.ts';
import type { People } from './people.ts';

const platforms = ['telegram', 'discord'] as const;

export function makeAlarm(deps: {
  readonly store: Pick<Store, 'champions'> & { readonly outbox: Pick<Outbox, 'add'> };
  readonly people: Pick<People, 'operators'>;
  readonly languageOf: LanguageOf;
  readonly log: Log;
  readonly now: () => number;
}) {
  const { store, people, languageOf, log, now } = deps;
  return (alphabet: string, version: string, because: string): void => {
    try {
      tell(alphabet, version, because);
    } catch (err) {
      // The disk may be full: whoever is being read has nothing to do with that.
      log.error({ err, alphabet, version }, 'operators could not be told that a model cannot be loaded');
    }
  };

  function tell(alphabet: string, version: string, because: string): void {
    // The same version may be promoted again one day and be broken again: that is news.
    const [since] = store.champions.history(alphabet, 1);
    for (const { who } of people.operators()) {
      const platform = platforms.find((each) => who.startsWith(`${each}:`));
      if (platform === undefined) continue;
      const id = who.slice(platform.length + 1);
      const payload: Announcement = {
        kind: 'model-broken',
        alphabet,
        version,
        because,
        language: languageOf({ platform, id }),
      };
      store.outbox.add({
        platform,
        dedupeKey: `${payload.kind}:${version}:${since?.at ?? 0}:${who}`,
        person: id,
        payload,
        at: now(),
      });
    }
  }
}
