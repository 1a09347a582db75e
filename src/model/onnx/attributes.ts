// Attributes of ONNX operators that reading and training share.
import type { Operation } from '../plan.ts';

export function convAttributes({ kernel, stride, pads }: Extract<Operation, { kind: 'conv' }>) {
  const [before, after] = pads;
  return {
    kernel_shape: [kernel, kernel],
    strides: [stride, stride],
    pads: [before, before, after, after],
    group: 1,
  };
}

export const poolAttributes = (size: number) => ({ kernel_shape: [size, size], strides: [size, size] });

/** Each pixel `size` times as wide and high; with these, the fast kernels of channels in blocks know it too. */
export const upsampleAttributes = {
  mode: 'nearest',
  coordinate_transformation_mode: 'asymmetric',
  nearest_mode: 'floor',
} as const;
