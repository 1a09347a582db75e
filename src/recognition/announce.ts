// What is told unasked: written into the outbox in the transaction that makes it true, put into words when it is sent.
import { z } from 'zod';
import type { Run } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import type { Announcement } from '../training/finalise.ts';

const address = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** What an outbox row of ours says; ids and figures only, the words are made in the reader's language. */
export const announcementPayload = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('decision'), run: z.number(), language: z.string() }),
  z.strictObject({
    kind: z.enum(['promoted', 'rolled-back']),
    alphabet: z.string(),
    version: z.string(),
    run: z.number().nullable(),
    language: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal('taught'),
    sample: z.number(),
    /** What the old version read. */
    before: z.number(),
    after: z.number(),
    version: z.string(),
    language: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal('model-broken'),
    alphabet: z.string(),
    version: z.string(),
    because: z.string(),
    language: z.string().nullable(),
  }),
  z.strictObject({ kind: z.literal('disk-nearly-full'), free: z.number(), language: z.string().nullable() }),
]);
export type AnnouncementPayload = Readonly<z.infer<typeof announcementPayload>>;

const askers = z.array(
  z.strictObject({
    platform: z.string(),
    address,
    /** The chat it was asked in. */
    chat: z.string().default(''),
    language: z.string(),
    contributor: z.number(),
  }),
);
type Asker = z.infer<typeof askers>[number];

const askersKey = (run: number): string => `askers:${run}`;

/** Remembers who wants to hear how a run ends. */
export function rememberAsker(store: Pick<Store, 'meta'>, run: number, asker: Asker): void {
  const known = askersOf(store, run);
  const same = known.some((each) => JSON.stringify(each.address) === JSON.stringify(asker.address));
  if (!same) store.meta.set(askersKey(run), JSON.stringify([...known, asker]));
}

function askersOf(store: Pick<Store, 'meta'>, run: number): readonly Asker[] {
  const text = store.meta.get(askersKey(run));
  return text === undefined || text === '' ? [] : askers.parse(JSON.parse(text));
}

/** The internal errand after a promotion: whose samples does the new model read that the old one had wrong? */
export const ERRANDS = 'errands';

export function makeAnnounce(store: Pick<Store, 'meta' | 'outbox' | 'chats' | 'contributors'>, now: () => number) {
  return (announcement: Announcement): void => {
    if (announcement.kind !== 'run-ended') {
      tellChats(announcement.alphabet, announcement.kind, announcement.to, null, `moved:${now()}`, []);
      return;
    }
    const { run } = announcement;
    const told = tellAskers(run);
    if (run.state !== 'promoted' || run.versionId === null) return;
    tellChats(run.alphabet, 'promoted', run.versionId, run.id, `run:${run.id}`, told);
    store.outbox.add({
      kind: 'find-taught',
      platform: ERRANDS,
      dedupeKey: `find-taught:${run.id}`,
      address: {},
      payload: { run: run.id },
      at: now(),
    });
  };

  /** Whoever asked for the run hears how it ended; gives the chats in which they do. */
  function tellAskers(run: Run): readonly Asker[] {
    // Whoever was forgotten since asks for nothing any more.
    const all = askersOf(store, run.id).filter(({ contributor }) => store.contributors.byId(contributor) !== undefined);
    for (const asker of all) {
      const payload: AnnouncementPayload = { kind: 'decision', run: run.id, language: asker.language };
      store.outbox.add({
        kind: 'decision',
        platform: asker.platform,
        dedupeKey: `decision:${run.id}:${JSON.stringify(asker.address)}`,
        contributorId: asker.contributor,
        address: asker.address,
        payload,
        at: now(),
      });
    }
    store.meta.set(askersKey(run.id), '');
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
      if (told.some((each) => each.platform === chat.platform && each.chat === chat.chatKey)) continue;
      const payload: AnnouncementPayload = { kind, alphabet, version, run, language: chat.language };
      store.outbox.add({
        kind,
        platform: chat.platform,
        dedupeKey: `${key}:${version}:${chat.platform}:${chat.chatKey}`,
        address: chat.announceTo,
        payload,
        at: now(),
      });
    }
  }
}
