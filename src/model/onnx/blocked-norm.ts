// Batch norm on channels in blocks: sums by pooling over whole pictures, and one number times plus another for each channel as a
// 1×1 convolution by channel, each a single pass through memory.
import { BLOCKED } from './blocked.ts';
import type { Layered, Learning, Normalising, Of, Tape } from './pass.ts';

export function lowerBlockedNorm(pass: Tape & Layered & Learning & Normalising, operation: Of<'batchNorm'>): void {
  const { graph, glyphs } = pass;
  const { name, input, output, epsilon } = operation;
  const [channels = 0, height = 1, width = 1] = pass.plan.shapes[input] ?? [];
  const count = glyphs * height * width;
  const frozen = pass.batchNorm === 'frozen';
  const mul = (a: string, b: string): string => graph.node('Mul', [a, b]);
  const sub = (a: string, b: string): string => graph.node('Sub', [a, b]);
  const weight = (role: string): string => pass.weight(`${name}.${role}`);

  /** The mean over glyphs and positions, [channels]. */
  const meanOf = (value: string): string => {
    const means = graph.node('GlobalAveragePool', [value], {}, BLOCKED);
    const apart = graph.node('Reshape', [means, graph.integers(glyphs, channels)]);
    return graph.node('ReduceMean', [apart], { axes: [0], keepdims: 0 });
  };
  /** value · times + constant, by channel, and `plus` added. */
  const affine = (value: string, times: string, constant: string, plus?: string): string => {
    const kernel = graph.node('Reshape', [times, graph.integers(channels, 1, 1, 1)]);
    const inputs = plus === undefined ? [value, kernel, constant] : [value, kernel, constant, plus];
    return graph.node('Conv', inputs, { kernel_shape: [1, 1], group: channels }, BLOCKED);
  };

  // All is reckoned from x = value - centre; the convolution before has often taken the centre away already.
  const centre = weight('mean');
  const given = pass.values.blocked(input);
  const apart = pass.centred.has(input);
  const x =
    apart || frozen
      ? given
      : affine(given, graph.floats(Array(channels).fill(1), [channels]), graph.node('Neg', [centre]));
  const mean = frozen ? centre : meanOf(x);
  const variance = frozen ? weight('variance') : sub(meanOf(mul(x, x)), mul(mean, mean));
  const inverse = graph.node('Reciprocal', [
    graph.node('Sqrt', [graph.node('Add', [graph.node('Max', [variance, graph.scalar(0)]), graph.scalar(epsilon)])]),
  ]);
  const factor = mul(weight('scale'), inverse);
  pass.values.set(output, { blocked: affine(x, factor, sub(weight('shift'), mul(factor, mean))) });
  if (!frozen) {
    pass.statistic(`${name}.mean`, graph.node('Add', [mean, centre]));
    // The running variance is of all glyphs to come, hence the unbiased estimate.
    pass.statistic(`${name}.variance`, mul(variance, graph.scalar(count / Math.max(1, count - 1))));
  }

  pass.backward(() => {
    if (!pass.slopes.has(output)) return;
    const slope = pass.slopes.blocked(output);
    const slopeMean = meanOf(slope);
    const covariance = sub(meanOf(mul(slope, x)), mul(mean, slopeMean));
    pass.gradient(`${name}.scale`, mul(mul(covariance, inverse), graph.scalar(count)));
    pass.gradient(`${name}.shift`, mul(slopeMean, graph.scalar(count)));
    if (!pass.needsSlope(input)) return;
    const nought = graph.floats(Array(channels).fill(0), [channels]);
    if (frozen) {
      pass.slopes.add(input, { blocked: affine(slope, factor, nought) });
      return;
    }
    // factor · (slope - mean slope - x̂ · mean(slope · x̂)), as one factor each for slope and x and a constant.
    const ofX = graph.node('Neg', [mul(mul(factor, mul(inverse, inverse)), covariance)]);
    const constant = graph.node('Neg', [graph.node('Add', [mul(factor, slopeMean), mul(ofX, mean)])]);
    const partly = affine(x, ofX, constant);
    pass.slopes.add(input, { blocked: affine(slope, factor, nought, partly) });
  });
}
