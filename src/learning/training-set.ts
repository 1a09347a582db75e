// People's glyphs and replay as one set to train on, and how much each of them weighs.
import type { TrainingGlyphs } from '../dataset/batches.ts';
import { GLYPH_SIZE } from '../glyph/glyph.ts';
import type { Glyphs } from './glyphs.ts';
import { voicesOf } from './voices.ts';

/**
 * One training set: people's glyphs, each `repeats` times, the rarer labels weighing more and nobody more than their voices,
 * then replay. The weights of people's glyphs have mean 1.
 */
export function trainingGlyphs(people: Glyphs, replay: Glyphs, repeats: number): TrainingGlyphs {
  const count = people.count * repeats + replay.count;
  const { area } = people;
  // Shared, so that threads that make batches need no copies of their own.
  const pixels = new Uint8Array(new SharedArrayBuffer(count * area));
  const answers = new Int32Array(new SharedArrayBuffer(8 * count)).fill(-1);
  const weights = new Float32Array(new SharedArrayBuffer(4 * count)).fill(1);
  const byPeople = weightsOf(people);
  let at = 0;
  for (let round = 0; round < repeats; round++) {
    pixels.set(people.pixels, at * area);
    for (let i = 0; i < people.count; i++, at++) {
      answers[2 * at] = people.outputs[i] ?? 0;
      weights[at] = byPeople[i] ?? 1;
    }
  }
  pixels.set(replay.pixels, at * area);
  for (let i = 0; i < replay.count; i++, at++) answers[2 * at] = replay.outputs[i] ?? 0;
  return { size: GLYPH_SIZE, area, pixels, answers, weights };
}

/**
 * One over the square root of how often the label occurs: between ignoring the rare and drowning in them. Of one label, one
 * person who is not trusted has only so many voices; each of their glyphs weighs as much less.
 */
function weightsOf({ outputs, senders, count }: Glyphs): Float32Array {
  const alone = new Set(senders).size < 2;
  const byLabel = countsOf(outputs);
  const placeOf = (i: number): number => (outputs[i] ?? 0) * (count + 1) + (senders[i] ?? 0);
  const byBoth = countsOf(Float64Array.from(outputs.keys(), placeOf));
  const share = Float64Array.from(outputs.keys(), (i) => {
    if (alone || senders[i] === 0) return 1;
    const mine = byBoth.get(placeOf(i)) ?? 1;
    return voicesOf(mine, (byLabel.get(outputs[i] ?? 0) ?? mine) - mine) / mine;
  });
  const voices = new Map<number, number>();
  outputs.forEach((output, i) => voices.set(output, (voices.get(output) ?? 0) + (share[i] ?? 1)));
  const raw = Float32Array.from(outputs, (output, i) => (share[i] ?? 1) / Math.sqrt(voices.get(output) ?? 1));
  const mean = raw.reduce((sum, each) => sum + each, 0) / Math.max(1, count);
  return raw.map((each) => each / mean);
}

function countsOf(values: Iterable<number>): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const each of values) counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
}
