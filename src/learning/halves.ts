// A fit whose steps are taken by halves: two threads each make half of a batch and its gradients, and their sum moves the weights. Added
// in one order, it is the same number whoever made the halves, so that one thread comes to the same model as two.
import type { MessagePort } from 'node:worker_threads';
import { makeBatches, type TrainingGlyphs } from '../dataset/batches.ts';
import type { MakeBatch } from '../dataset/batch-source.ts';
import type { Engine, Network, Trainer, Weights } from '../model/engine.ts';
import { dropoutMasks, type ByParts } from '../model/fit.ts';
import { planOf } from '../model/plan.ts';
import { blankWeights, startFrom } from '../model/weights.ts';
import type { Recipe } from './recipe.ts';

/** What both halves are made of. */
interface Task {
  readonly architecture: Network['architecture'];
  readonly outputs: number;
  readonly glyphs: TrainingGlyphs;
  readonly recipe: Recipe;
  readonly seed: number;
}

export interface AssistOrder {
  readonly port: MessagePort;
}

/** What is said at the port: first the task, with memory that both see; then step after step. */
type Said =
  | { readonly task: Task; readonly weights: Weights; readonly gradients: Weights }
  | { readonly epoch: number; readonly index: number };
type Answered = { readonly loss: number } | { readonly failed: unknown };

/** Only where a glyph's gradient hangs on no other glyph's: batch norm as it is while reading. */
export const canHalve = ({ batchNorm, batch, whitened }: Recipe): boolean =>
  batchNorm === 'frozen' && batch % 2 === 0 && whitened === null;

/** The steps of a fit, the second halves by who listens at the port, or here. */
export function makeHalves(
  {
    start,
    glyphs,
    recipe,
    seed,
  }: Omit<Task, 'architecture' | 'outputs'> & {
    readonly start: Pick<Task, 'architecture' | 'outputs'>;
  },
  port: MessagePort | null,
): ByParts & { close(): void } {
  const task = { architecture: start.architecture, outputs: start.outputs, glyphs, recipe, seed };
  const [first, second] = [makeHalf(task, 0), makeHalf(task, 1)];
  const there = port === null ? null : openThere(task, port);
  return {
    part: recipe.batch / 2,
    async step(trainer, epoch, index, learningRate) {
      const coming = there?.ask(trainer, epoch, index);
      // Heard of below, unless this thread's own half fails first.
      coming?.catch(() => undefined);
      const sum = await first(trainer, epoch, index);
      const other = await (coming ?? second(trainer, epoch, index));
      for (const [name, { data }] of sum.gradients) {
        const added = other.gradients.get(name)?.data ?? data;
        for (let i = 0; i < data.length; i++) data[i] = (data[i] ?? 0) + (added[i] ?? 0);
      }
      trainer.move(sum.gradients, learningRate);
      return sum.loss + other.loss;
    },
    close: () => port?.close(),
  };
}

type Half = (trainer: Trainer, epoch: number, index: number) => ReturnType<Trainer['gradients']>;

function makeHalf({ outputs, glyphs, recipe, seed }: Task, which: 0 | 1): Half {
  const { batch, augment } = recipe;
  const [from, count] = [(which * batch) / 2, batch / 2];
  const make: MakeBatch = makeBatches({ glyphs, outputs, batch, seed, augment, part: { from, count } });
  return (trainer, epoch, index) => {
    const masks = dropoutMasks(trainer, batch, seed, epoch, index).map((mask, number) => {
      const size = trainer.masks[number]?.size ?? 0;
      return mask.subarray(from * size, (from + count) * size);
    });
    return trainer.gradients(make(epoch, index), masks);
  };
}

/** Like these, in memory that threads share. */
const sharedLike = (weights: Weights): Weights =>
  new Map(
    [...weights].map(([name, { shape, data }]) => [
      name,
      { shape, data: new Float32Array(new SharedArrayBuffer(data.byteLength)) },
    ]),
  );

function copyInto(to: Weights, from: Weights): void {
  for (const [name, { data }] of to) data.set(from.get(name)?.data ?? data);
}

interface There {
  /** The second half's gradients, of the trainer's weights as they are now. Rejects when whoever makes it failed or is gone. */
  ask(trainer: Trainer, epoch: number, index: number): ReturnType<Trainer['gradients']>;
}

function openThere(task: Task, port: MessagePort): There {
  const blank = blankWeights(planOf(task.architecture, task.outputs));
  const [weights, gradients] = [sharedLike(blank), sharedLike(blank)];
  const say = (said: Said): void => port.postMessage(said, []);
  let gone = false;
  let answer: ((answered: Answered) => void) | null = null;
  port.on('message', (answered: Answered) => answer?.(answered));
  port.on('close', () => {
    gone = true;
    answer?.({ failed: new Error('the thread that makes half of each step ended') });
  });
  say({ task, weights, gradients });
  return {
    ask(trainer, epoch, index) {
      copyInto(weights, trainer.weights);
      const answered = new Promise<Answered>((resolve) => {
        answer = resolve;
        if (gone) resolve({ failed: new Error('the thread that makes half of each step is gone') });
        else say({ epoch, index });
      });
      return answered.then((how) => {
        if ('failed' in how) throw how.failed;
        return { loss: how.loss, gradients };
      });
    },
  };
}

/** Makes the second half of each step that is asked for, until the port is closed. */
export async function assist({ port }: AssistOrder, engine: Engine, signal: AbortSignal): Promise<null> {
  let open: Promise<{ readonly trainer: Trainer; readonly half: Half }> | undefined;
  let memory: { readonly weights: Weights; readonly gradients: Weights } | undefined;

  async function take(said: Said): Promise<void> {
    if ('task' in said) {
      const { task, weights, gradients } = said;
      memory = { weights, gradients };
      open = openTrainer(engine, task, weights).then((trainer) => ({ trainer, half: makeHalf(task, 1) }));
      // Told when it is asked.
      open.catch(() => undefined);
      return;
    }
    try {
      if (open === undefined || memory === undefined) throw new Error('a step was asked for before its task');
      const { trainer, half } = await open;
      copyInto(trainer.weights, memory.weights);
      const { loss, gradients } = await half(trainer, said.epoch, said.index);
      copyInto(memory.gradients, gradients);
      port.postMessage({ loss } satisfies Answered, []);
    } catch (failed) {
      port.postMessage({ failed } satisfies Answered, []);
    }
  }

  let last = Promise.resolve();
  await new Promise<void>((resolve) => {
    port.on('message', (said: Said) => void (last = take(said)));
    port.on('close', resolve);
    if (signal.aborted) port.close();
    signal.addEventListener('abort', () => port.close());
  });
  await last;
  await open?.then(
    ({ trainer }) => trainer.close(),
    () => undefined,
  );
  return null;
}

function openTrainer(engine: Engine, { architecture, outputs, recipe }: Task, weights: Weights): Promise<Trainer> {
  const { batch, batchNorm, labelSmoothing } = recipe;
  const options = { architecture, outputs, batch, part: batch / 2, threads: 1, batchNorm, labelSmoothing };
  // It moves nothing.
  return engine.compile({ ...options, weightDecay: 0 }, startFrom(weights));
}
