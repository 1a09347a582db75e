// A backbone at work: squares of colours in, embeddings out, as bytes. A 256th of the range, finer where numbers are small, costs nothing
// that can be measured, and a head, its cache and its batches are as light as those of ink.
import { openSession, Tensor, type InferenceSession } from '../model/onnx/runtime.ts';
import { OperationalError } from '../errors.ts';
import type { BackboneCard } from './card.ts';

interface Embedder {
  readonly card: BackboneCard;
  /** Squares of red, green and blue, each a view of one picture → the mean of what is seen in them, as card.length bytes. */
  embed(views: readonly Uint8Array[]): Promise<Uint8Array>;
  /** The same as the network says it. */
  raw(square: Uint8Array): Promise<Float32Array>;
  close(): Promise<void>;
}

/** Throws OperationalError where the network cannot be opened or does not answer as its card says. */
export async function openEmbedder(bytes: Uint8Array, card: BackboneCard, threads: number): Promise<Embedder> {
  let session: InferenceSession;
  try {
    session = await openSession(bytes, threads, { enableCpuMemArena: false });
  } catch (cause) {
    throw new OperationalError(`the backbone ${card.name} cannot be opened: add it again ("backbone add")`, { cause });
  }
  const raw = async (square: Uint8Array): Promise<Float32Array> => {
    const shown = new Tensor('float32', shownOf(square, card), [1, 3, card.side, card.side]);
    const answer = (await session.run({ [card.input]: shown }, [card.output]))[card.output];
    if (
      !(answer?.data instanceof Float32Array) ||
      answer.data.length !== card.length ||
      !answer.data.every(Number.isFinite)
    )
      throw new OperationalError(`the backbone ${card.name} does not answer with ${card.length} numbers`);
    return answer.data;
  };
  return {
    card,
    raw,
    async embed(views) {
      const mean = new Float32Array(card.length);
      for (const view of views)
        for (const [at, value] of (await raw(view)).entries()) mean[at] = (mean[at] ?? 0) + value / views.length;
      return asBytes(mean, card.range);
    },
    close: () => session.release(),
  };
}

/** [3, side, side], as the network wants it. */
function shownOf(square: Uint8Array, { side, mean, deviation }: BackboneCard): Float32Array {
  const area = side * side;
  const shown = new Float32Array(3 * area);
  for (let colour = 0; colour < 3; colour++)
    for (let at = 0; at < area; at++)
      shown[colour * area + at] = ((square[3 * at + colour] ?? 0) - (mean[colour] ?? 0)) / (deviation[colour] ?? 1);
  return shown;
}

/** What is never below nothing is told by its root: most of it is small. */
function asBytes(embedding: Float32Array, [low, high]: BackboneCard['range']): Uint8Array {
  const scaled = (value: number): number => Math.min(1, Math.max(0, (value - low) / (high - low)));
  const share = low < 0 ? scaled : (value: number): number => Math.sqrt(scaled(value));
  return Uint8Array.from(embedding, (value) => Math.round(255 * share(value)));
}
