// What each kind of layer becomes in a training graph: its nodes forward, and what is to be done for it backward.
import type { Operation } from '../plan.ts';
import { poolAttributes, upsampleAttributes } from './attributes.ts';
import { lowerBatchNorm } from './batch-norm.ts';
import { lowerBlockedMaxPool } from './blocked-pool.ts';
import { BLOCKED } from './blocked.ts';
import { lowerConv } from './conv.ts';
import type { Layered, Learning, Masked, Of, Pass, Tape } from './pass.ts';

type Lowering<K extends Operation['kind']> = (pass: Pass, operation: Of<K>) => void;

export const lowerings: { readonly [K in Operation['kind']]: Lowering<K> } = {
  conv: lowerConv,
  batchNorm: lowerBatchNorm,
  dense: lowerDense,
  relu: lowerRelu,
  maxPool: lowerMaxPool,
  upsample: lowerUpsample,
  globalAveragePool: lowerGlobalAveragePool,
  flatten: lowerFlatten,
  dropout: lowerDropout,
  add: lowerAdd,
};

function shapeOf(pass: Tape, id: number): readonly number[] {
  return [pass.glyphs, ...(pass.plan.shapes[id] ?? [])];
}

/** Runs `undo` with the output's slope on the way back, if the input needs one. */
function passBack(
  pass: Tape,
  operation: { readonly input: number; readonly output: number },
  undo: (slope: string) => string,
): void {
  pass.backward(() => {
    const slope = pass.slope(operation.output);
    if (slope !== undefined && pass.needsSlope(operation.input)) pass.addSlope(operation.input, undo(slope));
  });
}

function lowerDense(pass: Tape & Learning, operation: Of<'dense'>): void {
  const { graph } = pass;
  const { name, input, output } = operation;
  const x = pass.value(input);
  const weight = pass.weight(`${name}.weight`);
  pass.give(output, graph.node('Gemm', [x, weight, pass.weight(`${name}.bias`)], { transB: 1 }));
  pass.backward(() => {
    const slope = pass.slope(output);
    if (slope === undefined) return;
    pass.gradient(`${name}.weight`, graph.node('Gemm', [slope, x], { transA: 1 }));
    pass.gradient(`${name}.bias`, graph.node('ReduceSum', [slope, graph.integers(0)], { keepdims: 0 }));
    if (pass.needsSlope(input)) pass.addSlope(input, graph.node('MatMul', [slope, weight]));
  });
}

function lowerRelu(pass: Tape & Layered, operation: Of<'relu'>): void {
  const { graph, values, slopes } = pass;
  const { input, output } = operation;
  // Number by number, so in whichever layout its input is at hand.
  const form = values.isBlocked(input) ? 'blocked' : 'plain';
  const bent = graph.node('Relu', [values[form](input)]);
  values.set(output, { [form]: bent });
  pass.backward(() => {
    if (!slopes.has(output) || !pass.needsSlope(input)) return;
    // 1 where ReLU let through and 0 where it did not: the sign of its output, by the quickest operator that gives it.
    const open = graph.node('HardSigmoid', [bent], { alpha: { float: 1e30 }, beta: { float: 0 } });
    slopes.add(input, { [form]: graph.node('Mul', [slopes[form](output), open]) });
  });
}

function lowerMaxPool(pass: Tape & Layered, operation: Of<'maxPool'>): void {
  const { graph, values } = pass;
  const { input, output, size } = operation;
  const [, height = 0, width = 0] = pass.plan.shapes[input] ?? [];
  if (values.isBlocked(input) && height % size === 0 && width % size === 0) return lowerBlockedMaxPool(pass, operation);
  const pooled = graph.fresh();
  const indices = graph.fresh();
  graph.nodeTo('MaxPool', [pass.value(input)], [pooled, indices], poolAttributes(size));
  pass.give(output, pooled);
  passBack(pass, operation, (slope) =>
    graph.node('MaxUnpool', [slope, indices, graph.integers(...shapeOf(pass, input))], poolAttributes(size)),
  );
}

/** The slope of a pixel is the sum over those that it became. */
function lowerUpsample(pass: Tape & Layered, operation: Of<'upsample'>): void {
  const { graph, values, slopes } = pass;
  const { input, output, size } = operation;
  const blocked = values.isBlocked(input);
  const form = blocked ? 'blocked' : 'plain';
  const domain = blocked ? BLOCKED : undefined;
  const x = values[form](input);
  const wide = blocked
    ? graph.node('Upsample', [x], { scales: [1, 1, size, size], mode: 'nearest' }, BLOCKED)
    : graph.node('Resize', [x, '', graph.floats([1, 1, size, size], [4])], upsampleAttributes);
  values.set(output, { [form]: wide });
  pass.backward(() => {
    if (!slopes.has(output) || !pass.needsSlope(input)) return;
    const mean = graph.node('AveragePool', [slopes[form](output)], poolAttributes(size), domain);
    slopes.add(input, { [form]: graph.node('Mul', [mean, graph.scalar(size * size)]) });
  });
}

function lowerGlobalAveragePool(pass: Tape, operation: Of<'globalAveragePool'>): void {
  const { graph } = pass;
  const { input, output } = operation;
  pass.give(output, graph.node('Flatten', [graph.node('GlobalAveragePool', [pass.value(input)])]));
  passBack(pass, operation, (slope) => {
    const [glyphs = 0, channels = 0, height = 0, width = 0] = shapeOf(pass, input);
    const share = graph.node('Mul', [slope, graph.scalar(1 / (height * width))]);
    const apart = graph.node('Reshape', [share, graph.integers(glyphs, channels, 1, 1)]);
    return graph.node('Expand', [apart, graph.integers(glyphs, channels, height, width)]);
  });
}

function lowerFlatten(pass: Tape, operation: Of<'flatten'>): void {
  const { graph } = pass;
  pass.give(operation.output, graph.node('Flatten', [pass.value(operation.input)]));
  passBack(pass, operation, (slope) =>
    graph.node('Reshape', [slope, graph.integers(...shapeOf(pass, operation.input))]),
  );
}

function lowerDropout(pass: Tape & Masked, operation: Of<'dropout'>): void {
  const { graph } = pass;
  const mask = graph.node('Reshape', [pass.mask(operation.mask), graph.integers(...shapeOf(pass, operation.input))]);
  pass.give(operation.output, graph.node('Mul', [pass.value(operation.input), mask]));
  passBack(pass, operation, (slope) => graph.node('Mul', [slope, mask]));
}

function lowerAdd(pass: Tape & Layered, operation: Of<'add'>): void {
  const { graph, values, slopes } = pass;
  const { input, other, output } = operation;
  const form = values.isBlocked(input) ? 'blocked' : 'plain';
  values.set(output, { [form]: graph.node('Add', [values[form](input), values[form](other)]) });
  pass.backward(() => {
    if (!slopes.has(output)) return;
    for (const id of [input, other]) if (pass.needsSlope(id)) slopes.add(id, { [form]: slopes[form](output) });
  });
}
