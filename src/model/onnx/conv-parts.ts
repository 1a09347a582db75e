// What plain and blocked convolution share on the way back.
import type { Of, Tape } from './pass.ts';

export function inputSlope(pass: Tape, operation: Of<'conv'>, weight: string, slope: string): string {
  const { graph } = pass;
  const { kernel, stride, pads, input, output } = operation;
  const [, height = 0] = pass.plan.shapes[input] ?? [];
  const [, smaller = 0] = pass.plan.shapes[output] ?? [];
  const [before, after] = pads;
  if (stride === 1) {
    // With stride 1 that is an ordinary convolution with the kernel turned by 180° and its channels swapped, which runs faster.
    const swapped = graph.node('Transpose', [weight], { perm: [1, 0, 2, 3] });
    const ends = graph.integers(-1, -1);
    const past = graph.integers(-1 - kernel, -1 - kernel);
    const turned = graph.node('Slice', [swapped, ends, past, graph.integers(2, 3), ends]);
    const [start, end] = [kernel - 1 - before, kernel - 1 - after];
    return graph.node('Conv', [slope, turned], {
      kernel_shape: [kernel, kernel],
      pads: [start, start, end, end],
    });
  }
  // Rows and columns that no step of the kernel reached are left over at the end.
  const rest = height + before + after - ((smaller - 1) * stride + kernel);
  return graph.node('ConvTranspose', [slope, weight], {
    kernel_shape: [kernel, kernel],
    strides: [stride, stride],
    pads: [before, before, after, after],
    output_padding: [rest, rest],
  });
}
