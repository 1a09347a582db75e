// Charts and exports of a conversation, held in memory for a while so that messages can name them instead of carrying them.
import { createHmac, randomBytes } from 'node:crypto';

const MOST_BYTES = 64 * 1024 * 1024;
/** Smaller pictures travel inside the message: a glyph is a few hundred bytes. */
const INLINE_BYTES = 8 * 1024;

interface HeldFile {
  readonly bytes: Uint8Array;
  readonly type: string;
  /** Given: to be saved under this name rather than shown. */
  readonly name: string | null;
}

export interface Held {
  /** A URL (data: or under /chat/files/) that shows it; the same bytes get the same one. */
  hold(file: HeldFile): string;
  get(id: string): HeldFile | undefined;
}

/** Ids cannot be guessed, not even from the bytes: whoever has one was told it. */
export function makeHeld(): Held {
  const key = randomBytes(32);
  const files = new Map<string, HeldFile>();
  let total = 0;
  return {
    hold(file) {
      if (file.name === null && file.bytes.length <= INLINE_BYTES) {
        return `data:${file.type};base64,${Buffer.from(file.bytes).toString('base64')}`;
      }
      const id = createHmac('sha256', key)
        .update(`${file.type}\n${file.name ?? ''}\n`)
        .update(file.bytes)
        .digest('base64url');
      if (files.delete(id)) total -= file.bytes.length;
      files.set(id, file);
      total += file.bytes.length;
      // The one just asked for stays, however large.
      for (const [old, { bytes }] of files) {
        if (total <= MOST_BYTES || old === id) break;
        files.delete(old);
        total -= bytes.length;
      }
      return `/chat/files/${id}`;
    },
    get: (id) => files.get(id),
  };
}
