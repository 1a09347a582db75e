// One training step of a network as an ONNX graph: glyphs, targets and weights in; the loss, every parameter's gradient and batch
// norm's statistics out. Forward goes through the plan's operations, backward through what each of them left to be done, in reverse.
import type { TrainerOptions } from '../engine.ts';
import { learntOf } from '../learning-state.ts';
import type { Plan } from '../plan.ts';
import { GraphBuilder } from './graph.ts';
import { crossEntropy } from './loss.ts';
import { lowerings, type Pass } from './lowering.ts';
import type { ModelFile } from './model-file.ts';

export interface TrainingModel {
  readonly file: ModelFile;
  /** Running averages whose batch statistic comes out under `s:` and their name; gradients come out under `d:`. */
  readonly statistics: readonly string[];
}

export type TrainingModelOptions = Pick<TrainerOptions, 'trainable' | 'batchNorm' | 'labelSmoothing'> & {
  /** Glyphs in one run of the graph. */
  readonly glyphs: number;
  /** Glyphs in the whole batch, which the loss is the mean of. */
  readonly batch: number;
};

export function trainingModel(plan: Plan, options: TrainingModelOptions): TrainingModel {
  const { glyphs } = options;
  const graph = new GraphBuilder();
  const size = plan.architecture.inputSize;
  const learnt = new Set(learntOf(plan, options.trainable).map(({ name }) => name));
  const statistics: string[] = [];
  const values = new Map<number, string>([[0, graph.input('glyph', [glyphs, 1, size, size])]]);
  const slopes = new Map<number, string>();
  const undone: (() => void)[] = [];
  // Backward stops at the first layer that learns: nothing before it needs a gradient.
  const first = options.trainable === 'all' ? 0 : plan.operations.length - 1;
  const needed = neededValues(plan, first);

  const pass: Pass = {
    graph,
    plan,
    glyphs,
    batchNorm: options.batchNorm,
    value: (id) => values.get(id) ?? '',
    give: (id, value) => void values.set(id, value),
    weight: (name) => name,
    mask: (index) => `mask${index}`,
    slope: (id) => slopes.get(id),
    needsSlope: (id) => needed.has(id),
    addSlope: (id, slope) => {
      const sofar = slopes.get(id);
      slopes.set(id, sofar === undefined ? slope : graph.node('Add', [sofar, slope]));
    },
    learns: (name) => learnt.has(name),
    gradient: (name, value) => {
      graph.output(`d:${name}`, value, plan.weights.find((spec) => spec.name === name)?.shape ?? []);
    },
    statistic: (name, value) => {
      statistics.push(name);
      graph.output(`s:${name}`, value, plan.weights.find((spec) => spec.name === name)?.shape ?? []);
    },
    backward: (undo) => void undone.push(undo),
  };

  for (const { name, shape } of plan.weights) graph.input(name, shape);
  plan.masks.forEach((mask, index) => graph.input(`mask${index}`, [glyphs, mask.size]));
  for (const operation of plan.operations) lowerings[operation.kind](pass, operation as never);
  const logits = plan.operations.at(-1)?.output ?? 0;
  const { loss, slope } = crossEntropy(graph, pass.value(logits), { ...options, outputs: plan.outputs });
  graph.output('loss', loss, [1]);
  slopes.set(logits, slope);
  for (const undo of undone.reverse()) undo();

  return {
    file: graph.build(`${plan.architecture.id} training`),
    statistics,
  };
}

/** Values whose gradient is needed: those that a learning operation, from number `first` on, stands before. */
function neededValues(plan: Plan, first: number): ReadonlySet<number> {
  const needed = new Set<number>();
  plan.operations.forEach((operation, index) => {
    const inherits = needed.has(operation.input) || (operation.kind === 'add' && needed.has(operation.other));
    const learns = index >= first && ['conv', 'dense', 'batchNorm'].includes(operation.kind);
    if (inherits || learns) needed.add(operation.output);
  });
  return needed;
}
