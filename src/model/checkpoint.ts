// A training run put on ice: weights, the optimiser's memory and how far it came, as bytes that outlive a kill. Chance is not in
// it: it is a function of seed, epoch and step.
import { z } from 'zod';
import { OperationalError } from '../errors.ts';
import type { TrainingState, Weights } from './engine.ts';

const figuresSchema = z.object({
  epoch: z.int(),
  /** Mean training loss. */
  loss: z.number(),
  validationLoss: z.number().optional(),
  validationAccuracy: z.number().optional(),
});
export type EpochFigures = Readonly<z.infer<typeof figuresSchema>>;

export interface Checkpoint {
  readonly seed: number;
  /** Epochs done. */
  readonly epoch: number;
  readonly history: readonly EpochFigures[];
  readonly state: TrainingState;
  readonly best: { readonly epoch: number; readonly loss: number; readonly weights: Weights } | null;
}

const listing = z.array(z.object({ name: z.string(), shape: z.array(z.int().min(1)) }));
const headerSchema = z.object({
  formatVersion: z.literal(1),
  seed: z.number(),
  epoch: z.int(),
  history: z.array(figuresSchema),
  steps: z.int(),
  best: z.object({ epoch: z.int(), loss: z.number() }).nullable(),
  tensors: z.object({ weights: listing, firstMoments: listing, secondMoments: listing, best: listing }),
});

/** Length of the JSON header (u32, little endian), the header, then all tensors' float32 in the order it lists them. */
export function encodeCheckpoint({ seed, epoch, history, state, best }: Checkpoint): Uint8Array {
  const groups = {
    weights: state.weights,
    firstMoments: state.firstMoments,
    secondMoments: state.secondMoments,
    best: best?.weights ?? new Map(),
  } satisfies Record<string, Weights>;
  const list = (weights: Weights) => [...weights].map(([name, { shape }]) => ({ name, shape }));
  const header: z.input<typeof headerSchema> = {
    formatVersion: 1,
    seed,
    epoch,
    history: [...history],
    steps: state.steps,
    best: best && { epoch: best.epoch, loss: best.loss },
    tensors: {
      weights: list(groups.weights),
      firstMoments: list(groups.firstMoments),
      secondMoments: list(groups.secondMoments),
      best: list(groups.best),
    },
  } as z.input<typeof headerSchema>;
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  const tensors = Object.values(groups).flatMap((weights) => [...weights.values()]);
  return Buffer.concat([
    length,
    text,
    ...tensors.map(({ data }) => Buffer.from(data.buffer, data.byteOffset, data.byteLength)),
  ]);
}

/** Throws OperationalError when the bytes are no whole checkpoint. */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  try {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let offset = 4 + buffer.readUInt32LE(0);
    const header = headerSchema.parse(JSON.parse(buffer.toString('utf8', 4, offset)));
    const read = (list: z.infer<typeof listing>): Weights =>
      new Map(
        list.map(({ name, shape }) => {
          const length = 4 * shape.reduce((product, each) => product * each, 1);
          const end = offset + length;
          if (end > buffer.length) throw new RangeError('it ends too early');
          // Copied: a view could start at an offset that is no multiple of four.
          const data = new Float32Array(new Uint8Array(buffer.subarray(offset, end)).buffer);
          offset = end;
          return [name, { shape, data }] as const;
        }),
      );
    const weights = read(header.tensors.weights);
    const firstMoments = read(header.tensors.firstMoments);
    const secondMoments = read(header.tensors.secondMoments);
    const best = read(header.tensors.best);
    return {
      seed: header.seed,
      epoch: header.epoch,
      history: header.history,
      state: { weights, firstMoments, secondMoments, steps: header.steps },
      best: header.best && { ...header.best, weights: best },
    };
  } catch (cause) {
    throw new OperationalError('the checkpoint of the training run is damaged: start the run anew', { cause });
  }
}
