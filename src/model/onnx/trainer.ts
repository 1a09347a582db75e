// Training with ONNX Runtime: the training graph gives loss and gradients, AdamW moves the weights.
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { adamW } from '../adamw.ts';
import { UsageError } from '../../errors.ts';
import type { Trainer, TrainerOptions, TrainingBatch, TrainingState, Weights } from '../engine.ts';
import { planOf, sizeOf } from '../plan.ts';
import { checkWeights } from '../weights.ts';
import { encodeModel } from './model-file.ts';
import { trainingModel } from './training-model.ts';

export async function compileOnnx(options: TrainerOptions, start: TrainingState): Promise<Trainer> {
  const { batch, outputs, threads } = options;
  const plan = planOf(options.architecture, outputs);
  checkWeights(plan, start.weights);
  if (options.anchor !== undefined) checkWeights(plan, options.anchor);
  const model = trainingModel(plan, { ...options, glyphs: batch });
  const session = await InferenceSession.create(encodeModel(model.file), {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
  });
  const size = options.architecture.inputSize;
  const weights = copyOf(start.weights);
  const kernels = new Set(plan.weights.filter(({ role }) => role === 'kernel').map(({ name }) => name));
  const moments = model.parameters.map((name) => {
    const length = sizeOf(plan.weights.find((spec) => spec.name === name)?.shape ?? []);
    return {
      first: start.firstMoments.get(name)?.data.slice() ?? new Float32Array(length),
      second: start.secondMoments.get(name)?.data.slice() ?? new Float32Array(length),
    };
  });
  let { steps } = start;

  const run = async (data: TrainingBatch, masks: readonly Float32Array[]) => {
    const feeds: Record<string, Tensor> = {};
    const feed = (name: string, numbers: Float32Array, shape: readonly number[]): void => {
      if (numbers.length !== sizeOf(shape)) {
        throw new UsageError(`${name} holds ${numbers.length} numbers where ${shape.join('×')} are needed`);
      }
      feeds[name] = new Tensor('float32', numbers, shape);
    };
    feed('glyph', data.inputs, [batch, 1, size, size]);
    feed('targets', data.targets, [batch, outputs]);
    feed('weights', data.weights, [batch, 1]);
    plan.masks.forEach((mask, index) => {
      feed(`mask${index}`, masks[index] ?? new Float32Array(0), [batch, mask.size]);
    });
    for (const [name, { data: numbers, shape }] of weights) feed(name, numbers, shape);
    const answers = await session.run(feeds);
    return (name: string): Float32Array => answers[name]?.data as Float32Array;
  };

  return {
    masks: plan.masks,
    step: async (data, masks, learningRate) => {
      const answer = await run(data, masks);
      steps++;
      model.parameters.forEach((name, index) => {
        const tensor = weights.get(name);
        const each = moments[index];
        if (tensor === undefined || each === undefined) return;
        adamW(tensor.data, answer(`d:${name}`), each, {
          learningRate,
          number: steps,
          weightDecay: kernels.has(name) ? options.weightDecay : 0,
          anchor: options.anchor?.get(name)?.data,
        });
      });
      for (const { name, momentum } of model.statistics) {
        const running = weights.get(name)?.data ?? new Float32Array(0);
        const now = answer(`s:${name}`);
        for (let i = 0; i < running.length; i++) {
          running[i] = momentum * (running[i] ?? 0) + (1 - momentum) * (now[i] ?? 0);
        }
      }
      return answer('loss')[0] ?? NaN;
    },
    gradients: async (data, masks) => {
      const answer = await run(data, masks);
      const gradients = model.parameters.map((name) => {
        const shape = plan.weights.find((spec) => spec.name === name)?.shape ?? [];
        return [name, { shape, data: answer(`d:${name}`).slice() }] as const;
      });
      return { loss: answer('loss')[0] ?? NaN, gradients: new Map(gradients) };
    },
    state: () => {
      const of = (which: 'first' | 'second'): Weights =>
        new Map(
          model.parameters.map((name, index) => {
            const shape = plan.weights.find((spec) => spec.name === name)?.shape ?? [];
            return [name, { shape, data: moments[index]?.[which].slice() ?? new Float32Array(0) }] as const;
          }),
        );
      return { weights: copyOf(weights), firstMoments: of('first'), secondMoments: of('second'), steps };
    },
    close: () => session.release(),
  };
}

function copyOf(weights: Weights): Weights {
  return new Map([...weights].map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]));
}
