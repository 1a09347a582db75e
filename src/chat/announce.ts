// What is told unasked: written into the outbox in the transaction that makes it true, put into words when it is sent.
import type { Announcement } from '../records/announcement.ts';
import type { Asker } from '../store/askers.ts';
import type { Run } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import type { Moment } from '../runs/finalise.ts';

/** The internal task after a promotion: whose samples does the new model read that the old one had wrong? */
export const TASKS = 'errands';

export function makeAnnounce(store: Pick<Store, 'askers' | 'outbox' | 'chats'>, now: () => number) {
  return (moment: Moment): void => {
    if (moment.kind !== 'run-ended') {
      tellChats(moment.alphabet, moment.kind, moment.to, null, `moved:${now()}`, []);
      return;
    }
    const { run } = moment;
    const told = tellAskers(run);
    if (run.state !== 'promoted' || run.versionId === null) return;
    tellChats(run.alphabet, 'promoted', run.versionId, run.id, `run:${run.id}`, told);
    store.outbox.add({
      platform: TASKS,
      dedupeKey: `find-taught:${run.id}`,
      payload: { kind: 'find-taught', run: run.id },
      at: now(),
    });
  };

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

  function tellChats(
    alphabet: string,
    kind: 'promoted' | 'rolled-back',
    version: string,
    run: number | null,
    key: string,
    told: readonly Asker[],
  ): void {
    for (const chat of store.chats.announcing(alphabet)) {
      // Whoever followed the run there has the decision before their eyes: one swap is one piece of news.
      if (told.some((each) => each.platform === chat.platform && each.chatKey === chat.chatKey)) continue;
      const payload: Announcement = { kind, alphabet, version, run, language: chat.language };
      if (chat.announceTo === null) continue;
      store.outbox.add({
        platform: chat.platform,
        dedupeKey: `${key}:${version}:${chat.platform}:${chat.chatKey}`,
        address: chat.announceTo,
        payload,
        at: now(),
      });
    }
  }
}
