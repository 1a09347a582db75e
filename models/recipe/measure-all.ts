// All that a seed is measured on: the parts of the sets that it never saw, fonts that it never saw, and no characters.
import { readBank } from '../../src/dataset/bank.ts';
import { makeSynthesiser, synthesiseSamples } from '../../src/dataset/synthesiser.ts';
import { measure, testSamples, type Measured, type Reader, type TestSample } from './measure.ts';
import type { ReadSet } from './real-glyphs.ts';
import { unseenFonts } from './unseen.ts';

export async function measureAll(
  reader: Reader,
  sets: readonly ReadSet[],
  bank: Uint8Array,
  size: number,
): Promise<readonly Measured[]> {
  const { alphabet } = reader;
  const figures: Measured[] = [];
  for (const { use, samples } of sets) {
    const tests = testSamples(alphabet, samples, use.foreign === true);
    const note = use.testOnly === true ? 'never trained on' : 'held-out part';
    if (tests.length > 0) figures.push(await measure(reader, use.name, note, tests, use.caseless === true));
  }
  const labels = alphabet.labels.map((label) => label.id);
  const perLabel = Math.ceil(4000 / labels.length);
  const fonts = (wildness: number, drawn: readonly (number | null)[], count: number): TestSample[] => {
    const synthesiser = makeSynthesiser(unseenFonts(readBank(bank), 'test'), 'test', { size, wildness });
    return [...synthesiseSamples(synthesiser, drawn, count, 0x7e57)].map(({ label, glyph }) => ({
      text: label === null ? null : (alphabet.labels[label]?.text ?? null),
      glyph,
    }));
  };
  figures.push(await measure(reader, 'unseen fonts', 'synthesised, tidy hand', fonts(0.4, labels, perLabel), false));
  figures.push(
    await measure(reader, 'unseen fonts, wild', 'synthesised as in training', fonts(1, labels, perLabel), false),
  );
  figures.push(await measure(reader, 'no characters', 'synthesised', fonts(1, [null], 1000), false));
  return figures;
}
