// Tokens and ids that look like a platform's: different each time, and the same in the next run.
import { createHash } from 'node:crypto';

let made = 0;

/** So many bytes of it, 32 at most. */
export function tokenBytes(length: number): Buffer {
  made += 1;
  return createHash('sha256').update(`token ${made}`).digest().subarray(0, length);
}
