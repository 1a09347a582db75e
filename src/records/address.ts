// Where a message goes, in a platform's own words: what the platform gave us is handed back to it, and nobody else reads it.
import { z } from 'zod';

export const replyAddress = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
export type ReplyAddress = Readonly<z.infer<typeof replyAddress>>;
