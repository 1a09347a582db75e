// Who an imported set's handwriting is of: a name that import was given, as a contributor's keyed hash.
import { createHash } from 'node:crypto';

/** Hashed with this installation's key, as people in chats are. */
export function importedHash(key: Uint8Array, name: string): string {
  return createHash('sha256').update(key).update(`import:${name}`).digest('hex');
}
