// What operators learn about contributors and do about one, for chats and the command line alike: how far the models agree
// with somebody, and taking back all they taught, a little at a time so that nobody waits for it.
import { setImmediate as breathe } from 'node:timers/promises';
import { makeSameShape, type Alphabet } from '../alphabet/alphabet.ts';
import type { ChampionReader } from '../model/champion.ts';
import { contributorKey, type By, type ContributorSummary } from '../store/moderation.ts';
import type { Store } from '../store/store.ts';
import type { People } from './people.ts';

export interface ContributorShown extends ContributorSummary {
  /** Like c12: stands for somebody as long as they are known, and for nobody else ever. */
  readonly key: string;
  /** Of some of their samples, by chance: how many the models that answer now read as they were labelled. */
  readonly agreed: number;
  readonly looked: number;
}

export type Withdrawn =
  | { readonly outcome: 'withdrawn'; readonly samples: number; readonly learnt: readonly string[] }
  | { readonly outcome: 'nothing' };

export interface Moderate {
  list(page: number): Promise<readonly ContributorShown[]>;
  /** The contributor with this key; undefined where there is none. */
  find(key: string): ContributorSummary | undefined;
  setBlocked(id: number, blocked: boolean, who: string): boolean;
  /** How many samples `withdraw` would take back. */
  count(id: number): number;
  /** Withdraws all that somebody taught, and names the models that answer now and learnt from it. Again changes nothing. */
  withdraw(id: number, who: string): Promise<Withdrawn>;
  /** The acts of a page, newest first; whoever is an operator now goes by that name. */
  log(
    page: number,
  ): readonly { readonly at: number; readonly who: string; readonly what: string; readonly subject: string }[];
}

export const CONTRIBUTORS_A_PAGE = 10;
export const ACTS_A_PAGE = 20;
const RECENT_MS = 7 * 24 * 3_600_000;
const LOOKED_AT = 40;
const AT_ONCE = 200;

/** How an operator stands in the record: the id of somebody in a chat only as half of its keyed hash. */
export const signatureOf = (people: Pick<People, 'keyHash'>, person: Parameters<People['keyHash']>[0]): string =>
  `${person.platform}:${people.keyHash(person).slice(0, 16)}`;

export function makeModerate(deps: {
  readonly store: Pick<Store, 'moderation' | 'acts'>;
  readonly people: Pick<People, 'keyHash' | 'operators'>;
  readonly alphabet: (id: string) => Alphabet | undefined;
  readonly reader: (alphabet: string) => Promise<ChampionReader | null>;
  /** Told after samples of an alphabet were withdrawn; must not throw. */
  readonly samplesChanged: (alphabet: string) => void;
  readonly now: () => number;
}): Moderate {
  const { store, people, now } = deps;
  const { moderation } = store;
  const by = (who: string): By => ({ who, at: now() });

  async function agreement(id: number): Promise<{ readonly agreed: number; readonly looked: number }> {
    let [agreed, looked] = [0, 0];
    for (const { alphabet: name, labelId, glyph } of moderation.some(id, LOOKED_AT)) {
      const alphabet = deps.alphabet(name);
      // A model that cannot be loaded agrees with nobody; the alarm is somebody else's task.
      const reader = await deps.reader(name).catch(() => null);
      if (alphabet === undefined || reader === null) continue;
      const [answer] = await reader.classify([glyph]);
      const read = answer?.outcome === 'not-a-character' ? null : (answer?.candidates[0]?.labelId ?? null);
      looked++;
      if (makeSameShape(alphabet.confusable)(read, labelId)) agreed++;
    }
    return { agreed, looked };
  }

  return {
    async list(page) {
      const skip = (page - 1) * CONTRIBUTORS_A_PAGE;
      const shown: ContributorShown[] = [];
      for (const each of moderation.list({ since: now() - RECENT_MS, skip, limit: CONTRIBUTORS_A_PAGE })) {
        shown.push({ ...each, key: contributorKey(each.id), ...(await agreement(each.id)) });
      }
      return shown;
    },
    find(key) {
      const id = /^c([1-9]\d{0,14})$/i.exec(key)?.[1];
      return id === undefined ? undefined : moderation.get(Number(id), now() - RECENT_MS);
    },
    setBlocked: (id, blocked, who) => moderation.setBlocked(id, blocked, by(who)),
    count: (id) => moderation.count(id),
    async withdraw(id, who) {
      const learnt = moderation.learntFrom(id);
      const begun = moderation.beginWithdrawal(id, by(who));
      if (begun === null) return { outcome: 'nothing' };
      for (;;) {
        const touched = moderation.withdrawSome(id, begun.act, now(), AT_ONCE);
        for (const alphabet of touched) deps.samplesChanged(alphabet);
        if (touched.length === 0) return { outcome: 'withdrawn', samples: begun.samples, learnt };
        await breathe();
      }
    },
    log(page) {
      const names = new Map(
        people.operators().map(({ who }): [string, string] => {
          const [platform = '', id = ''] = who.split(':');
          return [signatureOf(people, { platform: platform, id }), who];
        }),
      );
      return store.acts
        .list({ skip: (page - 1) * ACTS_A_PAGE, limit: ACTS_A_PAGE })
        .map(({ at, who, what, subject }) => ({ at, who: names.get(who) ?? who, what, subject }));
    },
  };
}
