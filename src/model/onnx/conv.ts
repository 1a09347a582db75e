// Convolution forward and back. The input's gradient is a transposed convolution; the kernel's is a convolution with the batch in
// the place of the channels.
import { convAttributes } from './attributes.ts';
import { canBlock, lowerBlockedConv } from './blocked-conv.ts';
import { inputSlope } from './conv-parts.ts';
import type { Learning, Of, Pass, Tape } from './pass.ts';

export function lowerConv(pass: Pass, operation: Of<'conv'>): void {
  if (canBlock(pass, operation)) lowerBlockedConv(pass, operation);
  else lowerPlainConv(pass, operation);
}

function lowerPlainConv(pass: Tape & Learning, operation: Of<'conv'>): void {
  const { graph } = pass;
  const { name, input, output, bias } = operation;
  const x = pass.value(input);
  const weight = pass.weight(`${name}.weight`);
  const inputs = bias ? [x, weight, pass.weight(`${name}.bias`)] : [x, weight];
  pass.give(output, graph.node('Conv', inputs, convAttributes(operation)));
  pass.backward(() => {
    const slope = pass.slope(output);
    if (slope === undefined) return;
    pass.gradient(`${name}.weight`, kernelSlope(pass, operation, x, slope));
    if (bias) {
      pass.gradient(`${name}.bias`, graph.node('ReduceSum', [slope, graph.integers(0, 2, 3)], { keepdims: 0 }));
    }
    if (pass.needsSlope(input)) pass.addSlope(input, inputSlope(pass, operation, weight, slope));
  });
}

function kernelSlope(pass: Tape, operation: Of<'conv'>, x: string, slope: string): string {
  const { graph } = pass;
  const { kernel, stride, pads, input, output } = operation;
  const [, height = 0] = pass.plan.shapes[input] ?? [];
  const [, smaller = 0] = pass.plan.shapes[output] ?? [];
  const [before, after] = pads;
  // Where the kernel's last step left rows over, the convolution below makes too many rows: they are cut off.
  const rest = height + before + after - ((smaller - 1) * stride + kernel);
  const turned = (value: string): string => graph.node('Transpose', [value], { perm: [1, 0, 2, 3] });
  // Glyphs are the channels, the slope is the kernel: [channels, filters, kernel, kernel] comes out.
  const swapped = graph.node('Conv', [turned(x), turned(slope)], {
    kernel_shape: [smaller, smaller],
    dilations: [stride, stride],
    pads: [before, before, after, after],
  });
  if (rest === 0) return turned(swapped);
  const corner = [graph.integers(0, 0), graph.integers(kernel, kernel), graph.integers(2, 3)];
  return turned(graph.node('Slice', [swapped, ...corner]));
}
