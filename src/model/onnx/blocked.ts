// ONNX Runtime's fast convolutions work on channels in blocks of 8 or 16 (its domain com.microsoft.nchwc): [n, c / b, h, w, b] instead
// of [n, c, h, w]. What the block's size is depends on the processor, and some have none; this file finds out, and orders weights.
import { InferenceSession, Tensor } from './runtime.ts';
import { GraphBuilder } from './graph.ts';
import { encodeModel } from './model-file.ts';

export const BLOCKED = 'com.microsoft.nchwc';

let known: Promise<number> | undefined;

/** Channels in a block on this machine; 0 where there is no blocked convolution. */
export function blockSize(): Promise<number> {
  return (known ??= probe());
}

async function probe(): Promise<number> {
  const graph = new GraphBuilder();
  const reordered = graph.node('ReorderInput', [graph.input('x', [1, 32, 1, 2])], {}, BLOCKED);
  graph.output('y', reordered, [1, 32, 1, 2]);
  try {
    const session = await InferenceSession.create(encodeModel(graph.build('probe')), { logSeverityLevel: 4 });
    const x = new Tensor(
      'float32',
      Float32Array.from({ length: 64 }, (_, index) => index),
      [1, 32, 1, 2],
    );
    const { y } = await session.run({ x });
    await session.release();
    // The second column of the first channel comes after the first column of all channels of a block.
    return Array.from(y?.data as Float32Array).indexOf(1);
  } catch {
    return 0;
  }
}

/** Where each number of a reordered tensor is taken from. */
export type Order = Int32Array;

interface Kernel {
  readonly filters: number;
  readonly channels: number;
  readonly kernel: number;
  readonly block: number;
}

/** A kernel [filters, channels, k, k] for a blocked convolution: [f / b, c / b, k, k, b of c, b of f]; [f / b, c, k, k, b of f] for less than a block of channels. */
export function kernelOrder({ filters, channels, kernel, block }: Kernel): Order {
  const inner = channels < block ? 1 : block;
  return orderOf(
    [filters / block, channels / inner, kernel, kernel, inner, block],
    ([f = 0, c = 0, y = 0, x = 0, ci = 0, fi = 0]) =>
      (((f * block + fi) * channels + c * inner + ci) * kernel + y) * kernel + x,
  );
}

/** The same kernel turned by 180° with filters and channels swapped, which brings a slope back through the convolution. */
export function turnedOrder({ filters, channels, kernel, block }: Kernel): Order {
  return orderOf(
    [channels / block, filters / block, kernel, kernel, block, block],
    ([c = 0, f = 0, y = 0, x = 0, fi = 0, ci = 0]) =>
      (((f * block + fi) * channels + c * block + ci) * kernel + kernel - 1 - y) * kernel + kernel - 1 - x,
  );
}

/** [filters, channels, k, k] taken from a gradient that comes as [channels, filters / b, k, k, b]. */
export function gradientOrder({ filters, channels, kernel, block }: Kernel): Order {
  return orderOf([filters, channels, kernel, kernel], ([f = 0, c = 0, y = 0, x = 0]) => {
    const outer = c * (filters / block) + Math.floor(f / block);
    return ((outer * kernel + y) * kernel + x) * block + (f % block);
  });
}

function orderOf(shape: readonly number[], from: (position: readonly number[]) => number): Order {
  const order = new Int32Array(shape.reduce((product, each) => product * each, 1));
  const position = shape.map(() => 0);
  for (let i = 0; i < order.length; i++) {
    order[i] = from(position);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      position[axis] = (position[axis] ?? 0) + 1;
      if ((position[axis] ?? 0) < (shape[axis] ?? 0)) break;
      position[axis] = 0;
    }
  }
  return order;
}

/** `data` in another order, into `target`. */
export function reorder(data: Float32Array, order: Order, target: Float32Array): Float32Array {
  for (let i = 0; i < order.length; i++) target[i] = data[order[i] ?? 0] ?? 0;
  return target;
}
