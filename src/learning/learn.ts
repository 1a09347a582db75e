// One fit of a run: batches from another thread, checkpoints into the notebook, and an end by the deadline that keeps the
// best so far.
import type { MessagePort } from 'node:worker_threads';
import type { OpenBatchSource } from '../dataset/batch-source.ts';
import { batchesPerEpoch, makeBatches, openGlyphBatches, type TrainingGlyphs } from '../dataset/batches.ts';
import { decodeCheckpoint } from '../model/checkpoint.ts';
import type { Engine, Network, Weights } from '../model/engine.ts';
import { fit, type FitProgress, type ValidationSet } from '../model/fit.ts';
import { makeHalves } from './halves.ts';
import type { Notebook } from './notebook.ts';
import type { Recipe } from './recipe.ts';
import { whiten, type Whitening } from './whiten.ts';

export interface LearnTools {
  readonly engine: Engine;
  readonly threads: number;
  /** Null: each step at once. Otherwise by halves, and the second by who listens at this port, or here as well. */
  readonly halves: { readonly helper: MessagePort | null } | null;
  readonly signal: AbortSignal;
  /** When it fires, the best so far counts. */
  readonly deadline: AbortSignal;
  readonly notebook: Pick<Notebook, 'resumeOf' | 'keep'>;
  onProgress(progress: FitProgress): void;
  now(): number;
}

export interface LearningTask {
  /** Names its checkpoints; one name, one fit of the run. */
  readonly name: string;
  readonly start: {
    readonly architecture: Network['architecture'];
    readonly outputs: number;
    readonly weights?: Weights;
  };
  readonly glyphs: TrainingGlyphs;
  readonly recipe: Recipe;
  readonly epochs: number;
  readonly seed: number;
  readonly validation?: ValidationSet | undefined;
  readonly patience?: number | null;
}

export interface Learnt {
  readonly network: Network;
  readonly bestEpoch: number;
  readonly epochs: number;
  /** Of the last epoch; null when not one was finished. */
  readonly loss: number | null;
  /** Of the best epoch; null without validation. */
  readonly validationLoss: number | null;
  readonly stoppedBy: 'finished' | 'early-stop' | 'deadline';
}

/** Starting a thread costs as much as making so many glyphs: below that, the batches are made in this one. */
const WORTH_A_THREAD = 10_000;

/** The same batches either way. A training of one thread makes its own: whoever sets one wants one core taken. */
function openSource({ glyphs, start, recipe, seed, epochs }: LearningTask, threads: number): OpenBatchSource {
  const options = {
    glyphs,
    outputs: start.outputs,
    batch: recipe.batch,
    seed,
    augment: recipe.augment,
  };
  if (threads > 1 && (glyphs.answers.length / 2) * epochs > WORTH_A_THREAD) return openGlyphBatches(options);
  const make = makeBatches(options);
  return {
    batchesPerEpoch: batchesPerEpoch(options),
    batch: (epoch, index) => Promise.resolve(make(epoch, index)),
    close: () => Promise.resolve(),
  };
}

function whiteningOf({ glyphs, recipe, start }: LearningTask): Whitening | null {
  const { whitened } = recipe;
  return whitened === null ? null : whiten(glyphs, glyphs.area ?? glyphs.size ** 2, start.outputs, whitened);
}

const validationAsShown = (set: ValidationSet | undefined, { shown }: Whitening): ValidationSet | undefined =>
  set === undefined ? undefined : { ...set, inputs: shown(set.inputs) };

/** Trains. Throws the signal's reason when aborted, and a sentence when the deadline comes before the first epoch ends. */
export async function learn(task: LearningTask, tools: LearnTools): Promise<Learnt> {
  const { start, recipe, epochs } = task;
  const white = whiteningOf(task);
  const shown = white === null ? task : { ...task, glyphs: { ...task.glyphs, levels: white.levels } };
  const source = openSource(shown, tools.threads);
  const asTaught = (network: Network): Network => white?.folded(network) ?? network;
  let last: Uint8Array | undefined = await tools.notebook.resumeOf(task.name);
  const byParts = tools.halves === null ? undefined : makeHalves(shown, tools.halves.helper);
  try {
    const result = await fit({
      engine: tools.engine,
      architecture: start.architecture,
      outputs: start.outputs,
      initial: start.weights,
      seed: task.seed,
      data: source,
      batch: recipe.batch,
      threads: tools.threads,
      byParts,
      epochs,
      schedule: { peak: recipe.rate / (white?.steepness ?? 1), warmUpSteps: Math.min(20, source.batchesPerEpoch) },
      labelSmoothing: recipe.labelSmoothing,
      descent: white === null ? 'adamw' : 'nesterov',
      weightDecay: recipe.pull,
      stayNearInitial: start.weights !== undefined,
      batchNorm: recipe.batchNorm,
      validation: white === null ? task.validation : validationAsShown(task.validation, white),
      patience: task.patience ?? undefined,
      signal: AbortSignal.any([tools.signal, tools.deadline]),
      onProgress: (progress) => tools.onProgress(progress),
      onCheckpoint: async (checkpoint) => {
        last = checkpoint;
        await tools.notebook.keep(task.name, checkpoint);
      },
      resume: last,
      now: () => tools.now(),
    });
    const done = result.history.at(-1);
    return {
      network: asTaught(result.network),
      bestEpoch: result.bestEpoch,
      epochs: result.history.length,
      loss: done?.loss ?? null,
      validationLoss: result.history[result.bestEpoch - 1]?.validationLoss ?? null,
      stoppedBy: result.history.length < epochs ? 'early-stop' : 'finished',
    };
  } catch (thrown) {
    if (tools.signal.aborted || !tools.deadline.aborted) throw thrown;
    if (last === undefined)
      throw new Error('The time for training was over before one epoch was: it needs more cores, or fewer samples.', {
        cause: thrown,
      });
    const { best, state, history } = decodeCheckpoint(last);
    return {
      network: asTaught({ ...start, weights: best?.weights ?? state.weights }),
      bestEpoch: best?.epoch ?? history.length,
      epochs: history.length,
      loss: history.at(-1)?.loss ?? null,
      validationLoss: history[(best?.epoch ?? 0) - 1]?.validationLoss ?? null,
      stoppedBy: 'deadline',
    };
  } finally {
    byParts?.close();
    await source.close();
  }
}
