// The second engine: the same networks and weights on TensorFlow.js, whose own differentiation checks what onnx/ works out by hand.
import type * as tf from '@tensorflow/tfjs';
import type {
  Engine,
  Inference,
  Network,
  NetworkAnswers,
  Tensor,
  Trainer,
  TrainerOptions,
  TrainingBatch,
  TrainingState,
} from '../engine.ts';
import { embeddingLength, embeddingOf, isParameter, planOf, elementCount, inputShape } from '../plan.ts';
import { targetShape } from '../places.ts';
import { LearningState } from '../learning-state.ts';
import { checkWeights } from '../weights.ts';
import { forward, forwardValues, valueAt, type TensorFlow } from './forward.ts';
import { placesLoss } from './places-loss.ts';

/** Glyphs in one run when reading. */
const PORTION = 64;

export function makeTfjsEngine(tensorFlow: TensorFlow): Engine {
  return {
    name: 'tfjs',
    compile: (options, start) => Promise.resolve().then(() => compile(tensorFlow, options, start)),
    load: (network) => Promise.resolve().then(() => load(tensorFlow, network)),
  };
}

const tensorOf = (tf: TensorFlow, { shape, data }: Tensor): tf.Tensor => tf.tensor(data, [...shape]);

function load(tf: TensorFlow, network: Network): Inference {
  const plan = planOf(network.architecture, network.outputs);
  checkWeights(plan, network.weights);
  const weights = new Map([...network.weights].map(([name, tensor]) => [name, tensorOf(tf, tensor)]));
  const weight = (name: string): tf.Tensor => weights.get(name) ?? tf.scalar(NaN);
  const { inputSize } = network.architecture;
  const shape = inputShape(network.architecture);
  const area = elementCount(shape);
  const embedding = embeddingLength(plan);
  const read = async (inputs: Float32Array): Promise<NetworkAnswers> => {
    const glyphs = inputs.length / area;
    const answers = elementCount(plan.shapes.at(-1) ?? []);
    const logits = new Float32Array(glyphs * answers);
    const embeddings = new Float32Array(glyphs * embedding);
    for (let start = 0; start < glyphs; start += PORTION) {
      const portion = inputs.subarray(start * area, (start + PORTION) * area);
      const [answer, known] = tf.tidy((): [tf.Tensor, tf.Tensor] => {
        const input = tf.tensor(portion, [portion.length / area, ...shape]);
        const values = forwardValues({ tf, plan, weight, masks: null, statistics: null }, input);
        const answer = valueAt(values, values.length - 1);
        return [answer.rank === 4 ? answer.transpose([0, 3, 1, 2]) : answer, valueAt(values, embeddingOf(plan))];
      });
      logits.set(await answer.data<'float32'>(), start * answers);
      if (embedding > 0) embeddings.set(await known.data<'float32'>(), start * embedding);
      tf.dispose([answer, known]);
    }
    return { logits, embeddings };
  };
  return {
    inputSize,
    outputs: network.outputs,
    embedding,
    answers: read,
    logits: async (inputs) => (await read(inputs)).logits,
    close: () => {
      for (const tensor of weights.values()) tensor.dispose();
      return Promise.resolve();
    },
  };
}

function compile(tf: TensorFlow, options: TrainerOptions, start: TrainingState): Trainer {
  const plan = planOf(options.architecture, options.outputs);
  const learning = new LearningState(plan, options, start);
  const { parameters } = learning;
  const glyphsAtOnce = options.part ?? options.batch;

  const run = (data: TrainingBatch, masks: readonly Float32Array[]) => {
    const statistics = new Map<string, tf.Tensor>();
    const result = tf.tidy(() => {
      const fixed = new Map<string, tf.Tensor>();
      for (const spec of plan.weights) {
        if (isParameter(spec) && parameters.includes(spec.name)) continue;
        const tensor = learning.weights.get(spec.name);
        if (tensor !== undefined) fixed.set(spec.name, tensorOf(tf, tensor));
      }
      const glyphs = tf.tensor(data.inputs, [glyphsAtOnce, ...inputShape(options.architecture)]);
      const targets = tf.tensor(data.targets, [glyphsAtOnce, ...targetShape(plan)]);
      const weights = tf.tensor1d(data.weights);
      const masksIn = plan.masks.map((mask, index) => tf.tensor(masks[index] ?? [], [glyphsAtOnce, mask.size]));
      const loss = (...learnt: tf.Tensor[]): tf.Scalar => {
        const weight = (name: string): tf.Tensor =>
          fixed.get(name) ?? learnt[parameters.indexOf(name)] ?? tf.scalar(NaN);
        const keep =
          options.batchNorm === 'frozen'
            ? null
            : (name: string, mean: tf.Tensor, variance: tf.Tensor): void => {
                statistics.set(`${name}.mean`, tf.keep(mean.clone()));
                statistics.set(`${name}.variance`, tf.keep(variance.clone()));
              };
        const logits = forward({ tf, plan, weight, masks: masksIn, statistics: keep }, glyphs);
        if (options.architecture.head === 'pixels') return placesLoss(tf, logits as tf.Tensor4D, targets, weights);
        const logs = tf.logSoftmax(logits as tf.Tensor2D);
        const accepted = logs.exp().mul(targets).sum(1).maximum(1e-30).log();
        const smooth = options.labelSmoothing;
        const each = accepted
          .mul(1 - smooth)
          .add(logs.mean(1).mul(smooth))
          .neg();
        return each.mul(weights).sum().div(options.batch);
      };
      const now = parameters.map((name) => tensorOf(tf, learning.tensor(name)));
      return tf.valueAndGrads(loss)(now);
    });
    const numbers = (tensor: tf.Tensor): Float32Array => {
      const copy = Float32Array.from(tensor.dataSync());
      tensor.dispose();
      return copy;
    };
    return {
      loss: numbers(result.value)[0] ?? NaN,
      gradients: result.grads.map(numbers),
      statistics: new Map([...statistics].map(([name, tensor]) => [name, numbers(tensor)])),
    };
  };

  return {
    masks: plan.masks,
    step: (data, masks, learningRate) => {
      const { loss, gradients, statistics } = run(data, masks);
      learning.step(gradients, statistics, learningRate);
      return Promise.resolve(loss);
    },
    gradients: (data, masks) => {
      const { loss, gradients } = run(data, masks);
      return Promise.resolve({ loss, gradients: learning.named(gradients) });
    },
    move: (gradients, learningRate) => learning.move(gradients, learningRate),
    weights: learning.weights,
    state: () => learning.state(),
    close: () => Promise.resolve(),
  };
}
