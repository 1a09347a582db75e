// What a seed learns from and is calibrated on, packed for the engine. The parts of the sets that test never come here.
import { labelByText, type Alphabet } from '../../src/alphabet/alphabet.ts';
import { readBank } from '../../src/dataset/bank.ts';
import type { TrainingGlyphs } from '../../src/dataset/batches.ts';
import { makeSynthesiser, synthesiseSamples } from '../../src/dataset/synthesiser.ts';
import { inksOf } from '../../src/model/classifier.ts';
import type { RealSample, SetUse } from './sets.ts';
import { unseenFonts } from './unseen.ts';

export interface ReadSet {
  readonly use: SetUse;
  readonly samples: readonly RealSample[];
}

/** The real glyphs of one part with the outputs that are right for them: both cases where the case is unknown. */
export function realGlyphs(
  alphabet: Alphabet,
  sets: readonly ReadSet[],
  outputs: readonly (number | null)[],
  part: 'train' | 'validation',
  size: number,
): TrainingGlyphs {
  const glyphs: Uint8Array[] = [];
  const answers: number[] = [];
  for (const { use, samples } of sets) {
    for (const { text, glyph, part: its } of samples) {
      const label = labelByText(alphabet, text);
      if (its !== part || glyph === null || label === undefined) continue;
      const other =
        use.caseless === true
          ? alphabet.labels.find((each) => each.identity === label.identity && each.id !== label.id)
          : undefined;
      glyphs.push(glyph);
      answers.push(outputs.indexOf(label.id), other === undefined ? -1 : outputs.indexOf(other.id));
    }
  }
  const pixels = new Uint8Array(glyphs.length * size * size);
  for (const [index, glyph] of glyphs.entries()) pixels.set(glyph, index * size * size);
  return { size, pixels, answers: Int32Array.from(answers) };
}

export interface CalibrationSet {
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
}

/** What temperature and rejection are fitted on: real glyphs set aside, unseen fonts that only calibrate, and no characters. */
export function calibrationSet(
  alphabet: Alphabet,
  sets: readonly ReadSet[],
  bank: Uint8Array,
  outputs: readonly (number | null)[],
  size: number,
): CalibrationSet {
  const real = realGlyphs(alphabet, sets, outputs, 'validation', size);
  const synthesiser = makeSynthesiser(unseenFonts(readBank(bank), 'calibration'), 'test', { size, wildness: 0.7 });
  const perLabel = Math.ceil(800 / outputs.length);
  const drawn = [...synthesiseSamples(synthesiser, outputs, perLabel, 0xca11b)];
  const count = real.answers.length / 2 + drawn.length;
  const inputs = new Float32Array(count * size * size);
  const targets = new Float32Array(count * outputs.length);
  for (let i = 0; i < real.pixels.length; i++) inputs[i] = (real.pixels[i] ?? 0) / 255;
  for (let i = 0; i < real.answers.length; i++) {
    const answer = real.answers[i] ?? -1;
    if (answer >= 0) targets[(i >> 1) * outputs.length + answer] = 1;
  }
  for (const [index, { label, glyph }] of drawn.entries()) {
    const at = real.answers.length / 2 + index;
    inputs.set(inksOf([glyph], size * size), at * size * size);
    targets[at * outputs.length + outputs.indexOf(label)] = 1;
  }
  return { inputs, targets };
}
