// Reading glyphs with ONNX Runtime. A run holds up the process it is in, so glyphs go through in small portions with a turn of the
// event loop between them.
import { openSession, Tensor } from './runtime.ts';
import { OperationalError } from '../../errors.ts';
import type { Inference, Network, NetworkAnswers } from '../engine.ts';
import { embeddingLength, inputShape, planOf, elementCount } from '../plan.ts';
import { checkWeights } from '../weights.ts';
import { inferenceModel } from './inference-model.ts';
import { encodeModel } from './model-file.ts';

/** Glyphs in one run: a few milliseconds for the shipped network. */
const PORTION = 16;

export async function loadOnnx(network: Network, threads: number): Promise<Inference> {
  const plan = planOf(network.architecture, network.outputs);
  checkWeights(plan, network.weights);
  const bytes = encodeModel(inferenceModel(network));
  const session = await openSession(bytes, threads, { enableCpuMemArena: false });
  const { inputSize } = network.architecture;
  const shape = inputShape(network.architecture);
  const area = elementCount(shape);
  const { outputs } = network;
  const answers = elementCount(plan.shapes.at(-1) ?? [outputs]);
  const embedding = embeddingLength(plan);
  const read = async (inputs: Float32Array): Promise<NetworkAnswers> => {
    const glyphs = inputs.length / area;
    const logits = new Float32Array(glyphs * answers);
    const embeddings = new Float32Array(glyphs * embedding);
    for (let start = 0; start < glyphs; start += PORTION) {
      const count = Math.min(PORTION, glyphs - start);
      const portion = inputs.subarray(start * area, (start + count) * area);
      const { logits: answer, embedding: known } = await session.run({
        glyph: new Tensor('float32', portion, [count, ...shape]),
      });
      if (!(answer?.data instanceof Float32Array)) throw new OperationalError('the model gave no logits');
      logits.set(answer.data, start * answers);
      if (known?.data instanceof Float32Array) embeddings.set(known.data, start * embedding);
    }
    return { logits, embeddings };
  };
  return {
    inputSize,
    outputs,
    embedding,
    answers: read,
    logits: async (inputs) => (await read(inputs)).logits,
    close: () => session.release(),
  };
}
