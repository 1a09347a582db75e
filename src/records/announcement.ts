// What an outbox row says: ids and figures only. It is put into words in the reader's language when it is sent.
import { z } from 'zod';
import { replyAddress } from './address.ts';

export const announcement = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('decision'),
    run: z.number(),
    language: z.string(),
    /** The message that showed how the run went: it says how it ended, in its place. */
    message: replyAddress.optional(),
  }),
  z.strictObject({
    kind: z.enum(['promoted', 'rolled-back']),
    alphabet: z.string(),
    version: z.string(),
    run: z.number().nullable(),
    /** The duel that proved it. */
    duel: z.number().optional(),
    language: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal('former-better'),
    alphabet: z.string(),
    duel: z.number(),
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
  z.strictObject({
    kind: z.literal('drift'),
    alphabet: z.string(),
    version: z.string(),
    /** Where the photos came from. */
    platform: z.string(),
    /** Shares that people called right, 0 … 1: before and since, and in blocks of so many answers, oldest first. */
    before: z.number(),
    since: z.number(),
    block: z.number(),
    shares: z.array(z.number()),
    language: z.string().nullable(),
  }),
  z.strictObject({ kind: z.literal('disk-nearly-full'), free: z.number(), language: z.string().nullable() }),
  /** Not a message: after a promotion somebody has to look whose samples the new model reads that the old one had wrong. */
  z.strictObject({ kind: z.literal('find-taught'), run: z.number() }),
]);
export type Announcement = Readonly<z.infer<typeof announcement>>;
