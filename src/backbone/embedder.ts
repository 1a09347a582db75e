// A backbone at work: squares of colours in, embeddings out, as bytes: what it sees, and what it would call that itself (describe.ts).
import { openSession, Tensor, type InferenceSession } from '../model/onnx/runtime.ts';
import { softmax } from '../model/metrics.ts';
import { OperationalError } from '../errors.ts';
import type { BackboneCard } from './card.ts';
import { described, type Seen } from './describe.ts';

interface Embedder {
  readonly card: BackboneCard;
  /** Squares of red, green and blue, each a view of one picture → the mean of what is seen in them, as card.length bytes. */
  embed(views: readonly Uint8Array[]): Promise<Uint8Array>;
  /** The same as the network says it. */
  raw(square: Uint8Array): Promise<Seen>;
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
  const { answering, answers } = card;
  const names = [card.output, ...(answering === null ? [] : [answering.name])];
  const raw = async (square: Uint8Array): Promise<Seen> => {
    const shown = new Tensor('float32', shownOf(square, card), [1, 3, card.side, card.side]);
    const said = await session.run({ [card.input]: shown }, names);
    const numbers = (name: string, length: number): Float32Array => {
      const data = said[name]?.data;
      if (!(data instanceof Float32Array) || data.length !== length || !data.every(Number.isFinite))
        throw new OperationalError(`the backbone ${card.name} does not answer with ${length} numbers`);
      return data;
    };
    const pooled = numbers(card.output, card.length - answers);
    if (answering === null) return { pooled, shares: new Float32Array() };
    const own = numbers(answering.name, answers);
    return { pooled, shares: answering.shares ? own : Float32Array.from(softmax(own)) };
  };
  return {
    card,
    raw,
    async embed(views) {
      const seen: Seen[] = [];
      for (const view of views) seen.push(await raw(view));
      return described(seen, card);
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
