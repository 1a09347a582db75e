// Training with ONNX Runtime: the training graph gives loss and gradients, AdamW moves the weights.
import { openSession, Tensor } from './runtime.ts';
import { UsageError } from '../../errors.ts';
import type { Trainer, TrainerOptions, TrainingBatch, TrainingState } from '../engine.ts';
import { LearningState } from '../learning-state.ts';
import { targetShape } from '../places.ts';
import { inputShape, planOf, elementCount } from '../plan.ts';
import { blockSize, reorder } from './blocked.ts';
import { encodeModel } from './model-file.ts';
import { trainingModel } from './training-model.ts';

export async function compileOnnx(options: TrainerOptions, start: TrainingState): Promise<Trainer> {
  const { outputs, threads } = options;
  const batch = options.part ?? options.batch;
  const plan = planOf(options.architecture, outputs);
  const learning = new LearningState(plan, options, start);
  const model = trainingModel(plan, { ...options, glyphs: batch, block: await blockSize() });
  const session = await openSession(encodeModel(model.file), threads);

  const run = async (data: TrainingBatch, masks: readonly Float32Array[]) => {
    const feeds: Record<string, Tensor> = {};
    const feed = (name: string, numbers: Float32Array, shape: readonly number[]): void => {
      if (numbers.length !== elementCount(shape)) {
        throw new UsageError(`${name} holds ${numbers.length} numbers where ${shape.join('×')} are needed`);
      }
      feeds[name] = new Tensor('float32', numbers, shape);
    };
    feed('glyph', data.inputs, [batch, ...inputShape(options.architecture)]);
    feed('targets', data.targets, [batch, ...targetShape(plan)]);
    feed('weights', data.weights, [batch, 1]);
    plan.masks.forEach((mask, index) => {
      feed(`mask${index}`, masks[index] ?? new Float32Array(0), [batch, mask.size]);
    });
    for (const [name, { data: numbers, shape }] of learning.weights) feed(name, numbers, shape);
    for (const { name, weight, order, shape } of model.reordered) {
      feed(name, reorder(learning.tensor(weight).data, order, new Float32Array(order.length)), shape);
    }
    const answers = await session.run(feeds);
    const answer = (name: string): Float32Array => answers[name]?.data as Float32Array;
    return {
      loss: answer('loss')[0] ?? NaN,
      gradients: learning.parameters.map((name) => {
        const order = model.gradientOrders.get(name);
        const gradient = answer(`d:${name}`);
        return order === undefined ? gradient : reorder(gradient, order, new Float32Array(order.length));
      }),
      statistics: new Map(model.statistics.map((name) => [name, answer(`s:${name}`)])),
    };
  };

  return {
    masks: plan.masks,
    step: async (data, masks, learningRate) => {
      const { loss, gradients, statistics } = await run(data, masks);
      learning.step(gradients, statistics, learningRate);
      return loss;
    },
    gradients: async (data, masks) => {
      const { loss, gradients } = await run(data, masks);
      return { loss, gradients: learning.named(gradients) };
    },
    move: (gradients, learningRate) => learning.move(gradients, learningRate),
    weights: learning.weights,
    state: () => learning.state(),
    close: () => session.release(),
  };
}
