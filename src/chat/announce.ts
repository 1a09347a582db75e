// What is told unasked: written into the outbox in the transaction that makes it true, put into words when it is sent.
import type { Announcement } from '../records/announcement.ts';
import type { Asker } from '../store/askers.ts';
import type { Run } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import type { ChatSettings } from '../store/chats.ts';
import type { Moment } from '../runs/finalise.ts';

/** Another version answers, in no language yet. */
export type Moved = Omit<Extract<Announcement, { kind: 'promoted' | 'rolled-back' }>, 'language'>;

/** The internal task after a promotion: whose samples does the new model read that the old one had wrong? */
export const TASKS = 'errands';

export function makeAnnounce(
  store: Pick<Store, 'askers' | 'outbox' | 'chats'>,
  now: () => number,
  /** Tells operators; of a champion that was moved those who are not spoken to in one of these chats. */
  operators: {
    duelMoved(news: Moved, duel: number, told: readonly ChatSettings[]): void;
    formerBetter(alphabet: string, duel: number): void;
  },
) {
  return (moment: Moment): void => {
    if (moment.kind === 'former-better') return operators.formerBetter(moment.alphabet, moment.duel);
    if (moment.kind !== 'run-ended') {
      const { alphabet, kind, to, duel } = moment;
      const key = duel === undefined ? `moved:${now()}` : `duel:${duel.id}`;
      const news: Moved = { kind, alphabet, version: to, run: null, ...(duel && { duel: duel.id }) };
      const told = tellChats(news, key, []);
      if (duel === undefined) return;
      // Nobody asked for it: operators hear of what the product did by itself.
      operators.duelMoved(news, duel.id, told);
      if (duel.run !== null) findTaught(duel.run);
      return;
    }
    const { run } = moment;
    const told = tellAskers(run);
    if (run.state !== 'promoted' || run.versionId === null) return;
    const { alphabet, versionId: version } = run;
    tellChats({ kind: 'promoted', alphabet, version, run: run.id }, `run:${run.id}`, told);
    findTaught(run.id);
  };

  function findTaught(run: number): void {
    const payload: Announcement = { kind: 'find-taught', run };
    store.outbox.add({ platform: TASKS, dedupeKey: `find-taught:${run}`, payload, at: now() });
  }

  /** Whoever asked for the run hears how it ended; gives the chats in which they do. */
  function tellAskers(run: Run): readonly Asker[] {
    const all = store.askers.of(run.id);
    for (const asker of all) {
      const { language, message } = asker;
      const payload: Announcement = {
        kind: 'decision',
        run: run.id,
        language,
        ...(message === null ? {} : { message }),
      };
      store.outbox.add({
        platform: asker.platform,
        dedupeKey: `decision:${run.id}:${JSON.stringify(asker.address)}`,
        contributorId: asker.contributorId,
        address: asker.address,
        payload,
        at: now(),
      });
    }
    store.askers.told(run.id);
    return all;
  }

  /** Gives the chats that are told. */
  function tellChats(news: Moved, key: string, told: readonly Asker[]): readonly ChatSettings[] {
    return store.chats.announcing(news.alphabet).filter((chat) => {
      // Whoever followed the run there has the decision before their eyes: one swap is one piece of news.
      if (told.some((each) => each.platform === chat.platform && each.chatKey === chat.chatKey)) return false;
      if (chat.announceTo === null) return false;
      store.outbox.add({
        platform: chat.platform,
        dedupeKey: `${key}:${news.version}:${chat.platform}:${chat.chatKey}`,
        address: chat.announceTo,
        payload: { ...news, language: chat.language },
        at: now(),
      });
      return true;
    });
  }
}
