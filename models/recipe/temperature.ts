// Two numbers fitted after training: the temperature, by which logits are divided so that probabilities are honest (Guo et al.,
// 2017), and the limit above which a glyph is rejected.
import { softmax } from '../../src/model/metrics.ts';

/** The temperature with the least loss on these glyphs; `targets` hold 1 for each right output. Searched between 0.3 and 4. */
export function fitTemperature(logits: Float32Array, targets: Float32Array, outputs: number): number {
  const loss = (temperature: number): number => {
    let sum = 0;
    for (let start = 0; start < logits.length; start += outputs) {
      const probabilities = softmax(logits.subarray(start, start + outputs), temperature);
      let right = 0;
      for (let i = 0; i < outputs; i++) right += (probabilities[i] ?? 0) * (targets[start + i] ?? 0);
      sum -= Math.log(Math.max(right, 1e-12));
    }
    return sum;
  };
  const golden = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [Math.log(0.3), Math.log(4)];
  for (let i = 0; i < 24; i++) {
    const [a, b] = [high - golden * (high - low), low + golden * (high - low)];
    if (loss(Math.exp(a)) < loss(Math.exp(b))) high = b;
    else low = a;
  }
  return Math.exp((low + high) / 2);
}

/**
 * The lowest limit, between 0.1 and 0.99, above which no more than `falseRejects` of the characters are taken for none.
 * `none` is that output.
 */
export function fitRejection(
  logits: Float32Array,
  targets: Float32Array,
  outputs: number,
  temperature: number,
  none: number,
  falseRejects: number,
): number {
  const doubts: number[] = [];
  for (let start = 0; start < logits.length; start += outputs) {
    if (targets[start + none] === 1) continue;
    doubts.push(softmax(logits.subarray(start, start + outputs), temperature)[none] ?? 0);
  }
  doubts.sort((a, b) => b - a);
  const limit = doubts[Math.floor(falseRejects * doubts.length)] ?? 0;
  return Math.round(1000 * Math.min(0.99, Math.max(0.1, limit))) / 1000;
}
