// How sure a seed may be of one twin against the other. Fonts draw o and O, つ and っ in shapes that differ a little, people do
// not: among the fonts that calibrate, the one whose twins are hardest to tell apart speaks for people.
import type { Alphabet } from '../../src/alphabet/alphabet.ts';
import { readBank } from '../../src/dataset/bank.ts';
import { makeSynthesiser, synthesiseSamples } from '../../src/dataset/synthesiser.ts';
import { fitTwinTemperature } from '../../src/model/calibration.ts';
import { inksOf } from '../../src/model/classifier.ts';
import type { Inference } from '../../src/model/engine.ts';
import { unseenFonts } from './unseen.ts';

const PER_LABEL = 16;

/** The temperature of twins' shares (see src/model/probabilities.ts); 1 where no font that calibrates has twins. */
export async function twinTemperature(
  alphabet: Alphabet,
  bank: Uint8Array,
  inference: Inference,
  outputs: readonly (number | null)[],
  size: number,
): Promise<number> {
  const twins = alphabet.confusable.map((group) => group.map((id) => outputs.indexOf(id)));
  const labels = alphabet.confusable.flat();
  const calibrating = unseenFonts(readBank(bank), 'calibration');
  const temperatures: number[] = [];
  for (const source of new Set(calibrating.entries.map((entry) => entry.source))) {
    const entries = calibrating.entries.filter((entry) => entry.source === source);
    const font = makeSynthesiser({ ...calibrating, entries }, 'test', { size, wildness: 0.7 });
    const drawn = [...synthesiseSamples(font, labels, PER_LABEL, 0x7ca11b)];
    if (drawn.length === 0) continue;
    const logits = await inference.logits(
      inksOf(
        drawn.map(({ glyph }) => glyph),
        size * size,
      ),
    );
    const targets = new Float32Array(drawn.length * outputs.length);
    for (const [i, { label }] of drawn.entries()) targets[i * outputs.length + outputs.indexOf(label)] = 1;
    temperatures.push(fitTwinTemperature({ logits, targets, outputs: outputs.length }, twins));
  }
  return temperatures.length === 0 ? 1 : Math.max(...temperatures);
}
