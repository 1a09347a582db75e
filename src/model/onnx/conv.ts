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
    if (pass.learns(`${name}.weight`)) pass.gradient(`${name}.weight`, kernelSlope(pass, operation, x, slope));
    if (bias && pass.learns(`${name}.bias`)) {
      pass.gradient(`${name}.bias`, graph.node('ReduceSum', [slope, graph.integers(0, 2, 3)], { keepdims: 0 }));
    }
    if (pass.needsSlope(input)) pass.addSlope(input, inputSlope(pass, operation, weight, slope));
  });
}

function kernelSlope(pass: Tape, operation: Of<'conv'>, x: string, slope: string): string {
  const { graph } = pass;
  const { kernel, stride, groups, pads, input, output } = operation;
  const [channels = 0, height = 0] = pass.plan.shapes[input] ?? [];
  const [filters = 0, smaller = 0] = pass.plan.shapes[output] ?? [];
  const [before, after] = pads;
  const inside = channels / groups;
  const outside = filters / groups;
  // Where the kernel's last step left rows over, the convolution below makes too many rows: they are cut off.
  const rest = height + before + after - ((smaller - 1) * stride + kernel);
  const parts = Array.from({ length: groups }, (_, group) => {
    const part = (value: string, size: number): string => {
      const mine =
        groups === 1
          ? value
          : graph.node('Slice', [
              value,
              graph.integers(group * size),
              graph.integers((group + 1) * size),
              graph.integers(1),
            ]);
      return graph.node('Transpose', [mine], { perm: [1, 0, 2, 3] });
    };
    // Glyphs are the channels, the slope is the kernel: [inside, outside, kernel, kernel] comes out.
    const swapped = graph.node('Conv', [part(x, inside), part(slope, outside)], {
      kernel_shape: [smaller, smaller],
      dilations: [stride, stride],
      pads: [before, before, after, after],
    });
    const whole =
      rest === 0
        ? swapped
        : graph.node('Slice', [swapped, graph.integers(0, 0), graph.integers(kernel, kernel), graph.integers(2, 3)]);
    return graph.node('Transpose', [whole], { perm: [1, 0, 2, 3] });
  });
  return parts.length === 1 ? (parts[0] ?? '') : graph.node('Concat', parts, { axis: 0 });
}
