// Batch norm forward and back. The variance takes a second pass over centred values: E[x²] - E[x]² loses what is small.
import { lowerBlockedNorm } from './blocked-norm.ts';
import type { Layered, Learning, Normalising, Of, Tape } from './pass.ts';

type Normed = Tape & Layered & Learning & Normalising;

export function lowerBatchNorm(pass: Normed, operation: Of<'batchNorm'>): void {
  if (pass.values.isBlocked(operation.input)) lowerBlockedNorm(pass, operation);
  else lowerPlainNorm(pass, operation);
}

function lowerPlainNorm(pass: Normed, operation: Of<'batchNorm'>): void {
  const { graph, glyphs } = pass;
  const { name, input, output, epsilon } = operation;
  const [channels = 0, height = 1, width = 1] = pass.plan.shapes[input] ?? [];
  const flat = pass.plan.shapes[input]?.length === 1;
  const axes = graph.integers(...(flat ? [0] : [0, 2, 3]));
  const broad = graph.integers(...(flat ? [1, channels] : [1, channels, 1, 1]));
  const narrow = graph.integers(channels);
  const count = glyphs * height * width;
  const x = pass.value(input);
  const scale = graph.node('Reshape', [pass.weight(`${name}.scale`), broad]);
  const sumOver = (value: string): string => graph.node('ReduceSum', [value, axes]);
  const mul = (a: string, b: string): string => graph.node('Mul', [a, b]);
  const frozen = pass.batchNorm === 'frozen';

  const mean = frozen
    ? graph.node('Reshape', [pass.weight(`${name}.mean`), broad])
    : mul(sumOver(x), graph.scalar(1 / count));
  const centred = graph.node('Sub', [x, mean]);
  const variance = frozen
    ? graph.node('Reshape', [pass.weight(`${name}.variance`), broad])
    : mul(sumOver(mul(centred, centred)), graph.scalar(1 / count));
  const deviation = graph.node('Sqrt', [graph.node('Add', [variance, graph.scalar(epsilon)])]);
  const inverse = graph.node('Reciprocal', [deviation]);
  const factor = mul(scale, inverse);
  const shift = graph.node('Reshape', [pass.weight(`${name}.shift`), broad]);
  pass.give(output, graph.node('Add', [mul(centred, factor), shift]));

  if (!frozen) {
    pass.statistic(`${name}.mean`, graph.node('Reshape', [mean, narrow]));
    // The running variance is of all glyphs to come, hence the unbiased estimate.
    const unbiased = mul(variance, graph.scalar(count / Math.max(1, count - 1)));
    pass.statistic(`${name}.variance`, graph.node('Reshape', [unbiased, narrow]));
  }

  pass.backward(() => {
    const slope = pass.slope(output);
    if (slope === undefined) return;
    const slopeSum = sumOver(slope);
    const scaleSlope = mul(sumOver(mul(slope, centred)), inverse);
    pass.gradient(`${name}.scale`, graph.node('Reshape', [scaleSlope, narrow]));
    pass.gradient(`${name}.shift`, graph.node('Reshape', [slopeSum, narrow]));
    if (!pass.needsSlope(input)) return;
    if (frozen) {
      pass.addSlope(input, mul(slope, factor));
      return;
    }
    // factor · (slope - (Σ slope + x̂ · Σ slope·x̂) / count), gathered into one number a channel for each of slope, centred and 1.
    const minus = graph.scalar(-1 / count);
    const ofCentred = mul(mul(mul(factor, inverse), scaleSlope), minus);
    const constant = mul(mul(factor, slopeSum), minus);
    const both = graph.node('Add', [mul(slope, factor), mul(centred, ofCentred)]);
    pass.addSlope(input, graph.node('Add', [both, constant]));
  });
}
