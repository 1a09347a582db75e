// What can be said of a file without opening it: whether it is a picture that is read here, and whether it can be afforded.
import { costOf, isAffordable, type Cost } from './cost.ts';
import type { Unreadable } from './glyph.ts';
import { sniffFormat, type Sniffed } from './sniff.ts';

/** Telegram hands bots no larger files than this either. */
export const MAX_BYTES = 20 * 1024 * 1024;

type Inspected =
  | { readonly outcome: 'picture'; readonly format: Sniffed; readonly cost: Cost | undefined }
  | { readonly outcome: Unreadable };

export function inspect(bytes: Uint8Array): Inspected {
  if (bytes.length === 0) return { outcome: 'empty-file' };
  if (bytes.length > MAX_BYTES) return { outcome: 'file-too-large' };
  const format = sniffFormat(bytes);
  if (format === 'unknown') return { outcome: 'not-an-image' };
  if (format === 'unsupported') return { outcome: 'unsupported-format' };
  if (format === 'animated') return { outcome: 'animated' };
  const cost = costOf(bytes, format);
  if (cost !== undefined && !isAffordable(cost)) return { outcome: 'too-many-pixels' };
  return { outcome: 'picture', format, cost };
}
