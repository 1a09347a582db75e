// What a head is told of a picture, in bytes: what the network saw in its views, as long as any other picture's whatever its light, and
// beside it, more quietly, what the network would call it by itself. Measured over many splits of each set with five pictures a label: 37 breeds,
// of which networks of photographs know many by name, 86.0 % with both and 82.7 % without; twelve flowers, of which they know few, 92.7 and 93.0 %.
// A 256th of the range costs nothing that can be measured, and a head, its cache and its batches are as light as those of ink.
import type { BackboneCard } from './card.ts';

/** One view of a picture, as the network says it. */
export interface Seen {
  /** What stands before the last dense layer. */
  readonly pooled: Float32Array;
  /** Its own answers, as probabilities; empty: it has none. */
  readonly shares: Float32Array;
}

/** Large numbers say little more than middling ones. */
const POWER = 0.7;
const SHARES_POWER = 0.75;
/** How loud the network's own answers are beside what it saw. */
const LOUDNESS = 0.35;
/** Of so many numbers each is this small part of the whole at most, but for the few that are cut off. */
const PEAK = 12;

export function described(views: readonly Seen[], { length, answers, signed }: BackboneCard): Uint8Array {
  const count = length - answers;
  const pooled = meanOf(views.map((view) => view.pooled)).map((value) => Math.sign(value) * Math.abs(value) ** POWER);
  const size = Math.max(1e-9, Math.hypot(...pooled));
  const gain = Math.sqrt(count) / PEAK;
  const byte = (value: number): number => Math.round(255 * Math.min(1, Math.max(0, value)));
  const bytes = new Uint8Array(length);
  pooled.forEach((value, at) => {
    const part = (gain * value) / size;
    bytes[at] = byte(signed ? (1 + part) / 2 : part);
  });
  if (answers > 0)
    meanOf(views.map(({ shares }) => shares)).forEach((share, at) => {
      bytes[count + at] = byte(LOUDNESS * gain * Math.max(0, share) ** SHARES_POWER);
    });
  return bytes;
}

function meanOf(rows: readonly Float32Array[]): Float32Array {
  const mean = new Float32Array(rows[0]?.length ?? 0);
  for (const row of rows) row.forEach((value, at) => (mean[at] = (mean[at] ?? 0) + value / rows.length));
  return mean;
}
