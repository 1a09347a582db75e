// What a version reads right of the pictures that only test, and of the base set.
import { makeSameShape, type Alphabet } from '../alphabet/alphabet.ts';
import type { App } from '../app/open.ts';
import { theOne } from '../glyph/glyph.ts';
import { openerOf } from '../glyph/opener.ts';
import { synthesiseKnown } from '../learning/known-glyphs.ts';
import type { WriterPicture } from './pictures.ts';

/** Enough to see half a point. */
const BASE_GLYPHS = 2000;

export interface Tested {
  readonly glyph: Uint8Array;
  readonly labels: readonly number[];
}

/** The glyphs of what can be read. */
export async function glyphsOf(
  pictures: readonly WriterPicture[],
  alphabet: Pick<Alphabet, 'kind'>,
): Promise<readonly Tested[]> {
  const tested: Tested[] = [];
  for (const { picture, labels } of pictures) {
    const glyph = theOne(await openerOf(alphabet).readOfSet(picture));
    if (glyph !== undefined) tested.push({ glyph: glyph.pixels, labels: labels.map(({ id }) => id) });
  }
  return tested;
}

/** The alphabet's base set; empty without a bank. */
export async function baseOf(app: App, alphabet: Alphabet): Promise<readonly Tested[]> {
  const bank = await app.tools.bankOf(alphabet.id);
  if (bank === null) return [];
  const { base } = await synthesiseKnown(
    app.blobs,
    { labels: [...alphabet.labels], bank, seed: 0 },
    { replayPerLabel: 0, memoryGlyphs: 0, baseGlyphs: BASE_GLYPHS },
  );
  const area = base.pixels.length / base.count;
  const tested: Tested[] = [];
  base.outputs.forEach((output, i) => {
    const label = alphabet.labels[output];
    // Strangers are not asked: here it counts what is read as what.
    if (label === undefined) return;
    tested.push({ glyph: base.pixels.subarray(i * area, (i + 1) * area), labels: [label.id] });
  });
  return tested;
}

/** Share of glyphs, 0 … 1, that the version reads right; twins as one. */
export async function championAccuracy(
  app: App,
  alphabet: Alphabet,
  version: string | undefined,
  tested: readonly Tested[],
): Promise<number> {
  const found = version === undefined ? undefined : app.store.versions.get(version);
  if (found === undefined) return 0;
  const model = await app.loadModel(alphabet, found.artifact);
  try {
    const answers = await model.classify(tested.map((each) => each.glyph));
    const same = makeSameShape(alphabet.confusable);
    const right = answers.filter(({ candidates }, i) =>
      tested[i]?.labels.some((label) => same(candidates[0]?.labelId ?? null, label)),
    );
    return right.length / tested.length;
  } finally {
    await model.close();
  }
}
