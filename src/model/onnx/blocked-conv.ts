// Convolution in blocks of channels, forward and back, all three as the same fast kernel: for the input's slope with the kernel
// turned, for the kernel's slope with the glyphs in the place of the channels and the output's slope in the place of the kernel.
import { convAttributes } from './attributes.ts';
import { BLOCKED, gradientOrder, kernelOrder, turnedOrder } from './blocked.ts';
import { inputSlope } from './conv-parts.ts';
import type { Layered, Learning, Normalising, Of, Reordering, Tape } from './pass.ts';

type Blocked = Tape & Layered & Learning & Reordering & Omit<Normalising, 'statistic'>;

/** Whether its channels come in whole blocks (or it is the first layer, whose few channels need none). */
export function canBlock(pass: Tape & Layered, { input, output }: Of<'conv'>): boolean {
  const channels = pass.plan.shapes[input]?.[0] ?? 0;
  return pass.values.fits(output) && (channels < pass.block || pass.values.fits(input));
}

export function lowerBlockedConv(pass: Blocked, operation: Of<'conv'>): void {
  const { graph, block } = pass;
  const { name, input, output, bias, kernel, stride } = operation;
  const channels = pass.plan.shapes[input]?.[0] ?? 0;
  const filters = pass.plan.shapes[output]?.[0] ?? 0;
  const weight = `${name}.weight`;
  const sizes = { filters, channels, kernel, block };
  const narrow = channels < block;

  const next = pass.onlyUser(output);
  const centre = next?.kind === 'batchNorm' && pass.batchNorm === 'train' ? pass.weight(`${next.name}.mean`) : null;
  const inputs = [
    narrow ? pass.value(input) : pass.values.blocked(input),
    pass.reordered(weight, kernelOrder(sizes), [filters, channels, kernel, kernel]),
  ];
  if (centre !== null) {
    // Taking the running mean away here costs nothing and leaves batch norm numbers around 0, whose squares lose no precision.
    pass.centred.add(output);
    inputs.push(bias ? graph.node('Sub', [pass.weight(`${name}.bias`), centre]) : graph.node('Neg', [centre]));
  } else if (bias) inputs.push(pass.weight(`${name}.bias`));
  pass.values.set(output, { blocked: graph.node('Conv', inputs, convAttributes(operation), BLOCKED) });

  pass.backward(() => {
    if (!pass.slopes.has(output)) return;
    pass.gradientIn(weight, kernelSlope(pass, operation), gradientOrder(sizes), [channels, filters, kernel, kernel]);
    if (bias) pass.gradient(`${name}.bias`, channelSums(pass, output));
    if (!pass.needsSlope(input)) return;
    if (stride > 1 || narrow)
      pass.addSlope(input, inputSlope(pass, operation, pass.weight(weight), pass.slopes.plain(output)));
    else {
      const [start, end] = operation.pads.map((pad) => kernel - 1 - pad);
      const turned = pass.reordered(weight, turnedOrder(sizes), [channels, filters, kernel, kernel]);
      const slope = graph.node(
        'Conv',
        [pass.slopes.blocked(output), turned],
        { kernel_shape: [kernel, kernel], pads: [start ?? 0, start ?? 0, end ?? 0, end ?? 0] },
        BLOCKED,
      );
      pass.slopes.add(input, { blocked: slope });
    }
  });
}

/** [channels, filters / b, k, k, b]. */
function kernelSlope(pass: Tape & Layered, operation: Of<'conv'>): string {
  const { graph, block, glyphs } = pass;
  const { kernel, stride, pads, input, output } = operation;
  const [, height = 0] = pass.plan.shapes[input] ?? [];
  const [filters = 0, smaller = 0] = pass.plan.shapes[output] ?? [];
  const [before, after] = pads;
  // Rows and columns that the kernel's last step left over are cut off. Padding here keeps the fast kernel off the edges.
  const end = after - (height + before + after - ((smaller - 1) * stride + kernel));
  const swapped = graph.node('Transpose', [pass.value(input)], { perm: [1, 0, 2, 3] });
  const padded =
    before === 0 && end === 0
      ? swapped
      : graph.node('Pad', [swapped, graph.integers(0, 0, before, before, 0, 0, end, end)]);
  const apart = graph.node('Reshape', [
    pass.slopes.blocked(output),
    graph.integers(glyphs / block, block, filters / block, smaller * smaller, block),
  ]);
  const turned = graph.node('Transpose', [apart], { perm: [2, 0, 3, 1, 4] });
  const asKernel = graph.node('Reshape', [turned, graph.integers(filters, glyphs, smaller, smaller)]);
  return graph.node(
    'Conv',
    [graph.node('ReorderInput', [padded], {}, BLOCKED), asKernel],
    { kernel_shape: [smaller, smaller], dilations: [stride, stride] },
    BLOCKED,
  );
}

/** The sum of a slope over glyphs and positions: [channels]. */
function channelSums(pass: Tape & Layered, id: number): string {
  const { graph, glyphs } = pass;
  const [channels = 0, height = 1, width = 1] = pass.plan.shapes[id] ?? [];
  const means = graph.node('GlobalAveragePool', [pass.slopes.blocked(id)], {}, BLOCKED);
  const mean = graph.node('ReduceMean', [graph.node('Reshape', [means, graph.integers(glyphs, channels)])], {
    axes: [0],
    keepdims: 0,
  });
  return graph.node('Mul', [mean, graph.scalar(glyphs * height * width)]);
}
