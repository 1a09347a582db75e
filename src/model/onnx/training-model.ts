// One training step of a network as an ONNX graph: glyphs, targets and weights in; the loss, every parameter's gradient and batch
// norm's statistics out. Forward goes through the plan's operations, backward through what each of them left to be done, in reverse.
import type { TrainerOptions } from '../engine.ts';
import { inputShape, type Plan } from '../plan.ts';
import type { Order } from './blocked.ts';
import { GraphBuilder } from './graph.ts';
import { Layouts } from './layouts.ts';
import { crossEntropy } from './loss.ts';
import { lowerings } from './lowering.ts';
import type { ModelFile } from './model-file.ts';
import type { Pass } from './pass.ts';
import { placesLoss } from './places-loss.ts';

interface TrainingModel {
  readonly file: ModelFile;
  /** Running averages whose batch statistic comes out under `s:` and their name; gradients come out under `d:`. */
  readonly statistics: readonly string[];
  /** Graph inputs that are a weight in another order. */
  readonly reordered: readonly {
    readonly name: string;
    readonly weight: string;
    readonly order: Order;
    readonly shape: readonly number[];
  }[];
  /** Gradients that come out in another order, by weight: where each of its numbers stands. */
  readonly gradientOrders: ReadonlyMap<string, Order>;
}

type TrainingModelOptions = Pick<TrainerOptions, 'batchNorm' | 'labelSmoothing'> & {
  /** Channels in a block of the fast convolutions, 0 for none. */
  readonly block: number;
  /** Glyphs in one run of the graph. */
  readonly glyphs: number;
  /** Glyphs in the whole batch, which the loss is the mean of. */
  readonly batch: number;
};

export function trainingModel(plan: Plan, options: TrainingModelOptions): TrainingModel {
  const { glyphs } = options;
  const graph = new GraphBuilder();
  const statistics: string[] = [];
  const block = glyphs % Math.max(1, options.block) === 0 ? options.block : 0;
  const values = new Layouts(graph, plan.shapes, block);
  values.set(0, { plain: graph.input('glyph', [glyphs, ...inputShape(plan.architecture)]) });
  const slopes = new Layouts(graph, plan.shapes, block);
  const reordered: TrainingModel['reordered'][number][] = [];
  const gradientOrders = new Map<string, Order>();
  const undone: (() => void)[] = [];
  const needed = neededValues(plan);

  const pass: Pass = {
    graph,
    plan,
    glyphs,
    batchNorm: options.batchNorm,
    values,
    slopes,
    block,
    centred: new Set(),
    onlyUser: (id) => {
      const users = plan.operations.filter((each) => each.input === id || (each.kind === 'add' && each.other === id));
      return users.length === 1 ? users[0] : undefined;
    },
    reordered: (weight, order, shape) => {
      const name = graph.input(`${weight}:${reordered.length}`, shape);
      reordered.push({ name, weight, order, shape });
      return name;
    },
    gradientIn: (weight, value, order, shape) => {
      gradientOrders.set(weight, order);
      graph.output(`d:${weight}`, value, shape);
    },
    value: (id) => values.plain(id),
    give: (id, value) => values.set(id, { plain: value }),
    weight: (name) => name,
    mask: (index) => `mask${index}`,
    slope: (id) => (slopes.has(id) ? slopes.plain(id) : undefined),
    needsSlope: (id) => needed.has(id),
    addSlope: (id, slope) => slopes.add(id, { plain: slope }),
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
  const { loss, slope } =
    plan.architecture.head === 'pixels'
      ? placesLoss(graph, pass.value(logits), plan, glyphs)
      : crossEntropy(graph, pass.value(logits), { ...options, outputs: plan.outputs });
  graph.output('loss', loss, [1]);
  slopes.set(logits, { plain: slope });
  for (const undo of undone.reverse()) undo();

  return {
    file: graph.build(`${plan.architecture.id} training`),
    statistics,
    reordered,
    gradientOrders,
  };
}

/** Values whose gradient is needed: those that a learning operation stands before; nothing before the first needs one. */
function neededValues(plan: Plan): ReadonlySet<number> {
  const needed = new Set<number>();
  plan.operations.forEach((operation) => {
    const inherits = needed.has(operation.input) || (operation.kind === 'add' && needed.has(operation.other));
    const learns = ['conv', 'dense', 'batchNorm'].includes(operation.kind);
    if (inherits || learns) needed.add(operation.output);
  });
  return needed;
}
