// A network as data: the layers, and what makes a list of layers a network that can be built. Nothing here computes.
import { z } from 'zod';

/** Two-dimensional convolution. `same` keeps ceil(size / stride); zeros are padded evenly, the odd one after. */
export interface Conv {
  readonly kind: 'conv';
  readonly filters: number;
  readonly kernel: number;
  readonly stride?: number | undefined;
  readonly padding?: 'same' | 'valid' | undefined;
  readonly bias?: boolean | undefined;
}
/** Normalises each channel over the batch; `momentum` is the weight of the old running value. */
interface BatchNorm {
  readonly kind: 'batchNorm';
  readonly momentum?: number | undefined;
  readonly epsilon?: number | undefined;
}
/** max(x, 0). */
export interface Relu {
  readonly kind: 'relu';
}
/** Window and stride alike; an incomplete last row or column is left out. */
export interface MaxPool {
  readonly kind: 'maxPool';
  readonly size: number;
}
/** The mean of each channel: [channels, h, w] becomes [channels]. */
export interface GlobalAveragePool {
  readonly kind: 'globalAveragePool';
}
/** Each pixel becomes size × size alike ones. */
export interface Upsample {
  readonly kind: 'upsample';
  readonly size: number;
}
export interface Dropout {
  readonly kind: 'dropout';
  readonly rate: number;
}
/** The layers' answer added to their input, or to `shortcut` of it where the shapes differ. */
interface Residual {
  readonly kind: 'residual';
  readonly layers: readonly Layer[];
  readonly shortcut?: readonly Layer[] | undefined;
}
/** [channels, h, w] becomes [channels·h·w]. */
export interface Flatten {
  readonly kind: 'flatten';
}
interface Dense {
  readonly kind: 'dense';
  readonly units: number;
}

export type Layer =
  Conv | BatchNorm | Relu | MaxPool | Upsample | GlobalAveragePool | Dropout | Residual | Flatten | Dense;

/** A network without its last layer, `head`, which follows when it is built. */
export interface Architecture {
  readonly id: string;
  /** Side of the square glyph that goes in, in pixels. Answers for each pixel can be had of pictures of other sizes too. */
  readonly inputSize: number;
  /** Rows of what goes in, where it is no square: an embedding is one row of `inputSize` numbers. */
  readonly rows?: 1 | undefined;
  /** Planes of what goes in: red, green and blue of a picture in colour. One of ink, as if left out. */
  readonly channels?: 3 | undefined;
  readonly layers: readonly Layer[];
  /** One answer for the whole glyph, by a dense layer (as if left out), or one for each pixel of the last layer, by a 1×1 convolution. */
  readonly head?: 'whole' | 'pixels' | undefined;
}

const count = z.int().min(1).max(4096);
const layerSchema: z.ZodType<Layer> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('conv'),
      filters: count,
      kernel: z.int().min(1).max(15),
      stride: z.int().min(1).max(4).optional(),
      padding: z.enum(['same', 'valid']).optional(),
      bias: z.boolean().optional(),
    }),
    z.strictObject({
      kind: z.literal('batchNorm'),
      momentum: z.number().min(0).lt(1).optional(),
      epsilon: z.number().positive().optional(),
    }),
    z.strictObject({ kind: z.literal('relu') }),
    z.strictObject({ kind: z.literal('maxPool'), size: z.int().min(2).max(8) }),
    z.strictObject({ kind: z.literal('upsample'), size: z.int().min(2).max(16) }),
    z.strictObject({ kind: z.literal('globalAveragePool') }),
    z.strictObject({ kind: z.literal('dropout'), rate: z.number().gt(0).lt(1) }),
    z.strictObject({
      kind: z.literal('residual'),
      layers: z.array(layerSchema).min(1),
      shortcut: z.array(layerSchema).min(1).optional(),
    }),
    z.strictObject({ kind: z.literal('flatten') }),
    z.strictObject({ kind: z.literal('dense'), units: count }),
  ]),
);

/** The form of an architecture; `planOf` checks that its layers fit together. */
export const architectureSchema: z.ZodType<Architecture> = z.strictObject({
  id: z.string().min(1),
  inputSize: z.int().min(4).max(8192),
  rows: z.literal(1).optional(),
  channels: z.literal(3).optional(),
  layers: z.array(layerSchema),
  head: z.enum(['whole', 'pixels']).optional(),
});
