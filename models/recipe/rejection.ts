// The limit above which a glyph is rejected, fitted after training.
import { softmax } from '../../src/model/metrics.ts';

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
