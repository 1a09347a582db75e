// What a champion knows of its labels, in its embedding: where the middle of all is, and in which direction each label lies from there. The
// same for everybody; made once a version.
import { z } from 'zod';

export interface Anchors {
  /** What each of the network's outputs stands for; null: not a character. */
  readonly outputs: readonly (number | null)[];
  /** Numbers in an embedding. */
  readonly length: number;
  /** [length]: the mean of the labels' mean embeddings. */
  readonly centre: Float32Array;
  /** [outputs, length]: the mean of each label's unit vectors from there; zeros where no glyph was given. */
  readonly means: Float32Array;
}

/** `embeddings` [glyphs, length], and the output that each glyph is of. */
export function anchorsOf(
  outputs: readonly (number | null)[],
  length: number,
  embeddings: Float32Array,
  truths: readonly number[],
): Anchors {
  const counts = new Float64Array(outputs.length);
  for (const output of truths) counts[output] = (counts[output] ?? 0) + 1;
  const seen = counts.reduce((sum, count) => sum + Number(count > 0), 0);
  const [centre, means] = [new Float32Array(length), new Float32Array(outputs.length * length)];
  truths.forEach((output, at) => {
    const share = 1 / ((counts[output] ?? 1) * seen);
    for (let i = 0; i < length; i++) centre[i] = (centre[i] ?? 0) + share * (embeddings[at * length + i] ?? 0);
  });
  truths.forEach((output, at) => {
    const x = unit(embeddings.subarray(at * length, (at + 1) * length), centre);
    for (let i = 0; i < length; i++)
      means[output * length + i] = (means[output * length + i] ?? 0) + (x[i] ?? 0) / (counts[output] ?? 1);
  });
  return { outputs, length, centre, means };
}

/** The direction of a vector, from a centre if one is given; of length 1, or 0 where there is none. */
export function unit(vector: Float32Array, centre?: Float32Array): Float32Array {
  const x = vector.map((each, i) => each - (centre?.[i] ?? 0));
  const size = Math.sqrt(x.reduce((sum, each) => sum + each * each, 0));
  return size > 0 ? x.map((each) => each / size) : x;
}

const kept = z.object({
  /** Hash of the model's artifact that they are of. */
  artifact: z.string().optional(),
  outputs: z.array(z.int().nullable()),
  length: z.int().positive(),
  centre: z.base64(),
  means: z.base64(),
});

/**
 * As text; with the hash of the artifact that they are of, where they do not stand beside a version. `ofPeople`: some were made of
 * people's samples, not of a bank, and go when one of these people is forgotten.
 */
export function writeAnchors(
  { outputs, length, centre, means }: Anchors,
  { artifact, ofPeople }: { readonly artifact?: string; readonly ofPeople?: boolean } = {},
): string {
  const text = (numbers: Float32Array): string =>
    Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString('base64');
  return JSON.stringify({ artifact, outputs, length, ofPeople, centre: text(centre), means: text(means) });
}

/** From text; null when it is damaged, or of another artifact than the one asked for: they can be made again. */
export function readAnchors(text: string, of?: string): Anchors | null {
  try {
    const { artifact, outputs, length, centre, means } = kept.parse(JSON.parse(text));
    if (of !== undefined && artifact !== of) return null;
    const numbers = (packed: string): Float32Array => {
      const bytes = Uint8Array.from(Buffer.from(packed, 'base64'));
      return new Float32Array(bytes.buffer, 0, bytes.length / 4);
    };
    const anchors = { outputs, length, centre: numbers(centre), means: numbers(means) };
    const whole = anchors.centre.length === length && anchors.means.length === length * outputs.length;
    return whole ? anchors : null;
  } catch {
    return null;
  }
}
