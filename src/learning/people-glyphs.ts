// People's samples of a snapshot, as one training run learns from them and is judged on them.
import { createHash } from 'node:crypto';
import type { Blobs } from '../blobs/blobs.ts';
import { readSnapshot } from '../dataset/snapshot.ts';
import { GLYPH_SIZE } from '../glyph/glyph.ts';
import type { Sight } from '../model/sight.ts';
import type { JobSpec } from '../records/job.ts';
import { makePacker, type Glyphs } from './glyphs.ts';

/** With more than this the memory would not be bounded: the oldest are left out, what was taught just now never is. */
const MOST_TRAIN = 250_000;
const MOST_TEST = 50_000;
/** Nor with more bytes: small pictures in colour are eight times as large as ink. */
const MOST_BYTES = MOST_TRAIN * GLYPH_SIZE ** 2;
/** What shapes the corpus besides the samples themselves; part of a snapshot's id, so a change here is a new id. */
export function corpusRecipe(bank: string | null): unknown {
  return { version: 2, bank };
}

export interface PeopleGlyphs {
  readonly train: Glyphs;
  readonly test: Glyphs;
}

/** People's samples of the snapshot, by split; labels that the job does not name are left out, and echoes (`makeEchoes`). */
export async function readPeople(blobs: Blobs, job: JobSpec, sight: Sight): Promise<PeopleGlyphs> {
  const outputOf = new Map<number | null, number>(job.labels.map(({ id }, index) => [id, index]));
  outputOf.set(null, job.labels.length);
  const [mostTrain, mostTest] = [MOST_TRAIN, MOST_TEST].map((most) =>
    Math.min(most, Math.floor(MOST_BYTES / sight.length)),
  );
  const train = makePacker(256, mostTrain, sight.length);
  const test = makePacker(256, mostTest, sight.length);
  const tested = new Set<number>();
  const trusted = new Set(job.trusted);
  const numbers = new Map<string, number>();
  const numberOf = (contributor: string): number => {
    if (trusted.has(contributor)) return 0;
    const number = numbers.get(contributor) ?? numbers.size + 1;
    numbers.set(contributor, number);
    return number;
  };
  const isEcho = makeEchoes();
  const { samples } = await readSnapshot(blobs.stream(job.snapshot));
  for await (const { id, labelId, glyph: kept, split, contributor, duplicateOf } of samples) {
    const output = outputOf.get(labelId);
    if (output === undefined) continue;
    const sender = numberOf(contributor);
    if (isEcho(kept, sender)) continue;
    const [glyph] = await sight.see([kept]);
    if (glyph?.length !== sight.length) continue;
    const photo = duplicateOf ?? id;
    if (split === 'train') train.add(glyph, output, id, photo, sender);
    // Evidence counts one photo once: by the first of its copies that was not withdrawn.
    if (split === 'test' && !tested.has(photo)) {
      tested.add(photo);
      test.add(glyph, output, id, photo, sender);
    }
  }
  return { train: train.done(), test: test.done() };
}

/**
 * The same picture from many accounts is one voice, the first one's: nobody writes a character twice to the very pixel. Only exact copies are
 * seen here. Who is trusted is never an echo.
 */
function makeEchoes(): (glyph: Uint8Array, sender: number) => boolean {
  const firstSender = new Map<string, number>();
  return (glyph, sender) => {
    if (sender === 0) return false;
    const content = createHash('sha256').update(glyph).digest('base64').slice(0, 16);
    const first = firstSender.get(content);
    if (first === undefined) firstSender.set(content, sender);
    return first !== undefined && first !== sender;
  };
}
