// How well a network does on held-out glyphs while it is being trained.
import type { Engine, Network } from './engine.ts';
import { softmax } from './metrics.ts';

/** Loss and accuracy (the best output is an acceptable one) over [n, 1, s, s] inputs and [n, outputs] targets. */
export async function validationFigures(
  engine: Engine,
  network: Network,
  set: { readonly inputs: Float32Array; readonly targets: Float32Array },
): Promise<{ readonly validationLoss: number; readonly validationAccuracy: number }> {
  const inference = await engine.load(network, { threads: 1 });
  try {
    const logits = await inference.logits(set.inputs);
    const { outputs } = network;
    const glyphs = logits.length / outputs;
    let loss = 0;
    let right = 0;
    for (let glyph = 0; glyph < glyphs; glyph++) {
      const probabilities = softmax(logits.subarray(glyph * outputs, (glyph + 1) * outputs));
      let accepted = 0;
      let best = 0;
      probabilities.forEach((probability, output) => {
        accepted += probability * (set.targets[glyph * outputs + output] ?? 0);
        if (probability > (probabilities[best] ?? 0)) best = output;
      });
      loss -= Math.log(Math.max(accepted, 1e-12));
      right += set.targets[glyph * outputs + best] ?? 0;
    }
    return { validationLoss: loss / glyphs, validationAccuracy: right / glyphs };
  } finally {
    await inference.close();
  }
}
