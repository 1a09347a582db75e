// Signs for platforms that have none: what is said instead, if anything.
import type { Reply } from './event.ts';

/** What every platform can say. */
export type Spoken = Exclude<Reply, { readonly kind: 'sign' }>;

export const plainly = (replies: readonly Reply[]): readonly Spoken[] =>
  replies.flatMap((reply): readonly Spoken[] => {
    if (reply.kind !== 'sign') return [reply];
    return reply.instead === undefined ? [] : [reply.instead];
  });
