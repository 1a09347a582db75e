// The training loop: epochs of batches through an engine, the learning rate's course, the best epoch kept, and a checkpoint after
// every epoch from which a killed run goes on to the very same weights. Where batches come from is the caller's affair.
import { UsageError } from '../errors.ts';
import type { Architecture } from './architectures/architecture.ts';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint, type EpochFigures } from './checkpoint.ts';
import type { Engine, Network, Trainer, TrainerOptions, TrainingBatch, Weights } from './engine.ts';
import { learningRateAt, type Schedule } from './schedule.ts';
import { planOf } from './plan.ts';
import { randomFrom } from '../random.ts';
import { initialWeights, startFrom } from './weights.ts';
import { validationFigures } from './validation.ts';

/** Batches by epoch and index: the same two numbers always give the same batch, so that a run can be repeated and resumed. */
export interface BatchSource {
  readonly batchesPerEpoch: number;
  batch(epoch: number, index: number): Promise<TrainingBatch>;
}

/** Held-out glyphs that decide which epoch is best. */
export interface ValidationSet {
  /** [n, 1, s, s], ink 0 … 1. */
  readonly inputs: Float32Array;
  /** [n, outputs], 1 where that output is an acceptable answer. */
  readonly targets: Float32Array;
}

export interface FitProgress {
  readonly epoch: number;
  readonly epochs: number;
  /** Within the epoch, from 1. */
  readonly step: number;
  readonly steps: number;
  /** Mean loss of the epoch so far. */
  readonly loss: number;
  readonly secondsLeft: number;
}

export interface FitOptions {
  readonly engine: Engine;
  readonly architecture: Architecture;
  readonly outputs: number;
  /** Weights to go on from; random ones from `seed` when left out. */
  readonly initial?: Weights | undefined;
  /** Decides first weights and dropout; the source's chance is its own. */
  readonly seed: number;
  readonly data: BatchSource;
  readonly batch: number;
  readonly threads: number;
  /** Steps by parts of a batch instead, whose maker asks the trainer itself and `data` for nothing. */
  readonly byParts?: ByParts | undefined;
  readonly epochs: number;
  readonly schedule: Schedule;
  readonly labelSmoothing?: number | undefined;
  readonly descent?: TrainerOptions['descent'];
  readonly weightDecay?: number | undefined;
  /** Pull weights towards the initial ones instead of towards 0. */
  readonly stayNearInitial?: boolean | undefined;
  readonly batchNorm?: 'train' | 'frozen' | undefined;
  /** Without it the last epoch counts as the best. */
  readonly validation?: ValidationSet | undefined;
  /** Stop after so many epochs without a better validation loss. */
  readonly patience?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: FitProgress) => void) | undefined;
  /** Called after every epoch; what it is given, `resume` takes. */
  readonly onCheckpoint?: ((checkpoint: Uint8Array) => Promise<void> | void) | undefined;
  readonly resume?: Uint8Array | undefined;
  /** Milliseconds that only ever grow, for `secondsLeft`. */
  readonly now: () => number;
}

/** A step whose gradients are added up from those of parts of its batch. */
export interface ByParts {
  /** Glyphs of a part. */
  readonly part: number;
  /** Returns the batch's loss. */
  step(trainer: Trainer, epoch: number, index: number, learningRate: number): Promise<number>;
}

interface FitResult {
  /** The best epoch's. */
  readonly network: Network;
  readonly bestEpoch: number;
  readonly history: readonly EpochFigures[];
}

/** Trains. Throws the signal's reason when aborted, UsageError when options, weights or checkpoint do not belong together. */
export async function fit(options: FitOptions): Promise<FitResult> {
  const { engine, architecture, outputs, epochs, seed } = options;
  const plan = planOf(architecture, outputs);
  const initial = options.initial ?? initialWeights(plan, seed);
  let checkpoint: Checkpoint =
    options.resume === undefined
      ? { epoch: 0, history: [], state: startFrom(initial), best: null, seed }
      : decodeCheckpoint(options.resume);
  if (checkpoint.seed !== seed) throw new UsageError('the checkpoint is of a run with another seed');

  const trainer = await engine.compile(
    {
      architecture,
      outputs,
      batch: options.batch,
      part: options.byParts?.part,
      threads: options.threads,
      batchNorm: options.batchNorm ?? 'train',
      labelSmoothing: options.labelSmoothing ?? 0,
      descent: options.descent,
      weightDecay: options.weightDecay ?? 0,
      anchor: options.stayNearInitial === true ? initial : undefined,
    },
    checkpoint.state,
  );
  try {
    const clock = { startedAt: options.now(), stepsDone: 0 };
    while (checkpoint.epoch < epochs && !outOfPatience(checkpoint, options.patience)) {
      options.signal?.throwIfAborted();
      const epoch = checkpoint.epoch;
      const loss = await runEpoch(options, trainer, checkpoint, clock);
      const state = trainer.state();
      const network = { architecture, outputs, weights: state.weights };
      const validation = options.validation && (await validationFigures(engine, network, options.validation));
      const figures: EpochFigures = { epoch: epoch + 1, loss, ...validation };
      const better =
        checkpoint.best === null ||
        figures.validationLoss === undefined ||
        figures.validationLoss < checkpoint.best.loss;
      const best = better
        ? { epoch: epoch + 1, loss: figures.validationLoss ?? loss, weights: state.weights }
        : checkpoint.best;
      checkpoint = { epoch: epoch + 1, history: [...checkpoint.history, figures], state, best, seed };
      await options.onCheckpoint?.(encodeCheckpoint(checkpoint));
    }
    const weights = checkpoint.best?.weights ?? checkpoint.state.weights;
    return {
      network: { architecture, outputs, weights },
      bestEpoch: checkpoint.best?.epoch ?? 0,
      history: checkpoint.history,
    };
  } finally {
    await trainer.close();
  }
}

async function runEpoch(
  options: FitOptions,
  trainer: Trainer,
  checkpoint: Checkpoint,
  clock: { readonly startedAt: number; stepsDone: number },
): Promise<number> {
  const { data, epochs, byParts } = options;
  const { epoch } = checkpoint;
  const steps = data.batchesPerEpoch;
  let sum = 0;
  const step = byParts === undefined ? stepsOf(options, trainer, epoch) : byParts.step.bind(byParts, trainer, epoch);
  for (let index = 0; index < steps; index++) {
    options.signal?.throwIfAborted();
    sum += await step(index, learningRateAt(options.schedule, epoch * steps + index, epochs * steps));
    clock.stepsDone++;
    const left = (epochs - epoch) * steps - index - 1;
    options.onProgress?.({
      epoch: epoch + 1,
      epochs,
      step: index + 1,
      steps,
      loss: sum / (index + 1),
      secondsLeft: ((options.now() - clock.startedAt) / 1000 / clock.stepsDone) * left,
    });
  }
  return sum / steps;
}

/** The steps of an epoch, one after the other: the next batch is made while this one is learnt from. */
function stepsOf(
  { data, batch, seed }: FitOptions,
  trainer: Trainer,
  epoch: number,
): (index: number, rate: number) => Promise<number> {
  let next = data.batch(epoch, 0);
  return async (index, rate) => {
    const here = await next;
    if (index + 1 < data.batchesPerEpoch) {
      next = data.batch(epoch, index + 1);
      // Awaited in the next turn; a failure before that must not count as unhandled.
      next.catch(() => undefined);
    }
    return trainer.step(here, dropoutMasks(trainer, batch, seed, epoch, index), rate);
  };
}

/** Dropout of one batch: a function of seed, epoch and index alone. */
export function dropoutMasks(
  trainer: Pick<Trainer, 'masks'>,
  batch: number,
  seed: number,
  epoch: number,
  index: number,
): readonly Float32Array[] {
  return trainer.masks.map(({ size, rate }, number) => {
    const random = randomFrom(seed, 0x4d41_534b, epoch, index, number);
    const mask = new Float32Array(batch * size);
    for (let i = 0; i < mask.length; i++) mask[i] = random() < rate ? 0 : 1 / (1 - rate);
    return mask;
  });
}

function outOfPatience(checkpoint: Checkpoint, patience: number | undefined): boolean {
  if (patience === undefined || checkpoint.best === null) return false;
  return checkpoint.epoch - checkpoint.best.epoch >= patience;
}
