// What operators have to know without asking: a model that should answer and cannot be loaded, a disk that is
// nearly full. Told once to each, where they can be reached in private.
import type { Log } from '../log.ts';
import type { Outbox } from '../store/outbox.ts';
import type { Store } from '../store/store.ts';
import type { Announcement } from '../records/announcement.ts';
import type { ChatSettings } from '../store/chats.ts';
import type { Moved } from './announce.ts';
import { languageOf } from './language.ts';
import type { People } from '../recognition/people.ts';

const DAY_MS = 24 * 3_600_000;

type News = Exclude<Announcement, { kind: 'decision' | 'taught' | 'find-taught' }>;

interface Alarm {
  modelBroken(alphabet: string, version: string, because: string): void;
  /** Once a day at most. */
  diskNearlyFull(freeMegabytes: number): void;
  /** People of a platform say "right" less often than they did; once for each version that answers. */
  drifted(news: Omit<Extract<News, { kind: 'drift' }>, 'kind' | 'language'>): void;
  /** The champion was promoted by hand, and the one before it is proven better. */
  formerBetter(alphabet: string, duel: number): void;
  /** A duel moved the champion, with nobody asking; who is spoken to in one of the `told` chats knows. */
  duelMoved(news: Moved, duel: number, told: readonly ChatSettings[]): void;
}

export function makeAlarm(deps: {
  readonly store: Pick<Store, 'champions'> & { readonly outbox: Pick<Outbox, 'add'> };
  readonly people: Pick<People, 'operators' | 'meet'>;
  readonly log: Log;
  readonly now: () => number;
}): Alarm {
  const { store, people, log, now } = deps;

  function tell(
    about: () => { readonly news: (language: string) => News; readonly once: string },
    told: readonly ChatSettings[] = [],
  ): void {
    try {
      const { news, once } = about();
      for (const { who } of people.operators()) {
        const [platform = '', id = ''] = who.split(':');
        if (told.some((chat) => chat.platform === platform && chat.person === id)) continue;
        const payload = news(languageOf(people.meet({ platform, id })));
        store.outbox.add({
          platform,
          dedupeKey: `${payload.kind}:${once}:${who}`,
          person: id,
          payload,
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
        return {
          news: (language) => ({ kind: 'model-broken', alphabet, version, because, language }),
          once: `${version}:${since?.at ?? 0}`,
        };
      });
    },
    diskNearlyFull(free) {
      log.error({ freeMegabytes: free }, 'the disk is nearly full: new photos are refused');
      tell(() => ({
        news: (language) => ({ kind: 'disk-nearly-full', free, language }),
        once: String(Math.floor(now() / DAY_MS)),
      }));
    },
    drifted(news) {
      tell(() => ({
        news: (language) => ({ kind: 'drift', ...news, language }),
        once: `${news.version}:${news.platform}`,
      }));
    },
    formerBetter(alphabet, duel) {
      tell(() => ({
        news: (language) => ({ kind: 'former-better', alphabet, duel, language }),
        once: `duel ${duel}`,
      }));
    },
    duelMoved(news, duel, told) {
      tell(() => ({ news: (language) => ({ ...news, language }), once: `duel ${duel}` }), told);
    },
  };
}
