// What an engine carries from step to step: weights, the optimiser's moments, batch norm's running averages. Gradients come from the engine.
import { adamW } from './adamw.ts';
import { nesterov } from './nesterov.ts';
import type { Tensor, TrainerOptions, TrainingState, Weights } from './engine.ts';
import { isParameter, elementCount, type Plan, type WeightSpec } from './plan.ts';
import { checkWeights } from './weights.ts';

type Options = Pick<TrainerOptions, 'weightDecay' | 'anchor' | 'descent'>;

export class LearningState {
  readonly weights: Weights;
  /** Names of the weights that learn, in the plan's order. */
  readonly parameters: readonly string[];
  readonly #learnt: readonly WeightSpec[];
  readonly #first: readonly Float32Array[];
  readonly #second: readonly Float32Array[];
  readonly #momenta: ReadonlyMap<string, number>;
  readonly #options: Options;
  #steps: number;

  /** Takes copies. Throws UsageError when weights are missing or do not fit the plan. */
  constructor(plan: Plan, options: Options, start: TrainingState) {
    checkWeights(plan, start.weights);
    if (options.anchor !== undefined) checkWeights(plan, options.anchor);
    this.#options = options;
    this.weights = copyOf(start.weights);
    this.#learnt = plan.weights.filter(isParameter);
    this.parameters = this.#learnt.map(({ name }) => name);
    const moments = (from: Weights): readonly Float32Array[] =>
      this.#learnt.map(({ name, shape }) => from.get(name)?.data.slice() ?? new Float32Array(elementCount(shape)));
    this.#first = moments(start.firstMoments);
    this.#second = moments(start.secondMoments);
    this.#steps = start.steps;
    this.#momenta = new Map(
      plan.operations.flatMap((operation) =>
        operation.kind === 'batchNorm'
          ? [`${operation.name}.mean`, `${operation.name}.variance`].map((name) => [name, operation.momentum] as const)
          : [],
      ),
    );
  }

  tensor(name: string): Tensor {
    const tensor = this.weights.get(name);
    if (tensor === undefined) throw new RangeError(`there is no weight ${name}`);
    return tensor;
  }

  /** One step of the optimiser along `gradients` (in the order of `parameters`); running averages take in a batch's `statistics`. */
  step(gradients: readonly Float32Array[], statistics: ReadonlyMap<string, Float32Array>, learningRate: number): void {
    this.#steps++;
    this.#learnt.forEach(({ name, role }, index) => {
      const [gradient, first, second] = [gradients[index], this.#first[index], this.#second[index]];
      if (gradient === undefined || first === undefined || second === undefined) {
        throw new RangeError(`there is no gradient of ${name}`);
      }
      const weightDecay = role === 'kernel' ? this.#options.weightDecay : 0;
      const anchor = this.#options.anchor?.get(name)?.data;
      const weights = this.tensor(name).data;
      if (this.#options.descent === 'nesterov')
        nesterov(weights, gradient, first, { learningRate, weightDecay, anchor });
      else adamW(weights, gradient, { first, second }, { learningRate, number: this.#steps, weightDecay, anchor });
    });
    for (const [name, now] of statistics) {
      const running = this.tensor(name).data;
      const momentum = this.#momenta.get(name) ?? 0;
      for (let i = 0; i < running.length; i++) {
        running[i] = momentum * (running[i] ?? 0) + (1 - momentum) * (now[i] ?? 0);
      }
    }
  }

  /** As `step`, by name. */
  move(gradients: Weights, learningRate: number): void {
    const inOrder = this.parameters.flatMap((name) => gradients.get(name)?.data ?? []);
    this.step(inOrder, new Map(), learningRate);
  }

  /** Numbers in the order of `parameters`, by name and shape. */
  named(numbers: readonly Float32Array[]): Weights {
    return new Map(
      this.#learnt.map(({ name, shape }, index) => [name, { shape, data: numbers[index] ?? new Float32Array() }]),
    );
  }

  state(): TrainingState {
    return {
      weights: copyOf(this.weights),
      firstMoments: copyOf(this.named(this.#first)),
      secondMoments: copyOf(this.named(this.#second)),
      steps: this.#steps,
    };
  }
}

function copyOf(weights: Weights): Weights {
  return new Map([...weights].map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]));
}
