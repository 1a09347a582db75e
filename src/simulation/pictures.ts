// A labelled set's pictures, divided into those that teach and those that only test.
import { createHash } from 'node:crypto';
import type { Alphabet, Label } from '../alphabet/alphabet.ts';
import { readLabelledSet, type LabelledPicture } from '../dataset/labelled.ts';
import { UsageError } from '../errors.ts';

export interface WriterPicture extends LabelledPicture {
  /** Labels that are right for it. */
  readonly labels: readonly Label[];
}

/** Throws UsageError when the set has no picture of the alphabet's labels. With `caseless` either case of a label is right. */
export async function picturesOf(
  options: { readonly data: string; readonly caseless?: boolean | undefined },
  alphabet: Alphabet,
): Promise<readonly WriterPicture[]> {
  const pictures: WriterPicture[] = [];
  for await (const picture of readLabelledSet(options.data)) {
    const labels = alphabet.labels.filter(
      (label) =>
        label.text === picture.label ||
        (options.caseless === true && label.identity === identityOf(alphabet, picture.label)),
    );
    if (labels.length > 0) pictures.push({ ...picture, labels });
  }
  if (pictures.length === 0) throw new UsageError(`${options.data} has no picture of a label of ${alphabet.id}.`);
  return pictures;
}

const identityOf = (alphabet: Alphabet, text: string): string =>
  alphabet.labels.find((label) => label.text === text)?.identity ?? text;

/**
 * Who teaches and who tests: half of the writers each; where writers are not known, half of each label's pictures (and no
 * more than are needed). With one `writer`, that person's own pictures are divided.
 */
export async function divide(
  pictures: readonly WriterPicture[],
  writer: string | undefined,
  most: number,
): Promise<{
  readonly teaching: ReadonlyMap<string, readonly WriterPicture[]>;
  readonly testing: readonly WriterPicture[];
}> {
  const asked = writer === undefined ? pictures : pictures.filter((each) => each.writer === writer);
  if (asked.length === 0) throw new UsageError(`The set has no pictures by the writer ${writer ?? ''}.`);
  const writers = [...new Set(asked.map((each) => each.writer))].sort(byChance((name) => name ?? ''));
  const teachers = new Set(writers.slice(0, Math.floor(writers.length / 2)));
  const whole = writer === undefined && writers.length > 1;

  const teaching = new Map<string, readonly WriterPicture[]>();
  const testing: WriterPicture[] = [];
  const labels = [...new Set(asked.map((each) => each.label))].sort();
  for (const label of labels) {
    const those = asked.filter((each) => each.label === label).sort(byChance((each) => each.source));
    const half = Math.floor(those.length / 2);
    const taught = whole ? those.filter((each) => teachers.has(each.writer)) : those.slice(0, Math.min(half, most));
    teaching.set(label, taught.slice(0, most));
    testing.push(...(whole ? those.filter((each) => !teachers.has(each.writer)) : those.slice(half)));
  }
  return { teaching, testing };
}

/** One person's pictures: half of each label's teach, the others only test; of labels with a single picture every other one. */
export function halved(pictures: readonly WriterPicture[]): {
  readonly teaching: readonly WriterPicture[];
  readonly testing: readonly WriterPicture[];
} {
  const [teaching, testing]: [WriterPicture[], WriterPicture[]] = [[], []];
  let odd = false;
  for (const label of [...new Set(pictures.map((each) => each.label))].sort(byChance((each) => each))) {
    const those = pictures.filter((each) => each.label === label).sort(byChance((each) => each.source));
    if (those.length === 1) odd = !odd;
    const half = those.length === 1 ? Number(odd) : Math.floor(those.length / 2);
    teaching.push(...those.slice(0, half));
    testing.push(...those.slice(half));
  }
  return { teaching, testing };
}

/** An order of chance that is always the same. */
function byChance<T>(nameOf: (each: T) => string): (a: T, b: T) => number {
  const key = (each: T): string => createHash('sha256').update(nameOf(each)).digest('hex');
  return (a, b) => (key(a) < key(b) ? -1 : 1);
}
