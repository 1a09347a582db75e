// How the networks of a run read glyphs: a session is opened once, and nothing is read twice by the same network.
import type { Engine, Inference, Network, Weights } from '../model/engine.ts';
import { inkLevels, type Glyphs } from './glyphs.ts';

export interface NetworkReader {
  /** Logits of all glyphs, [count, outputs]. Throws the signal's reason when aborted. */
  logits(network: Network, glyphs: Glyphs): Promise<Float32Array>;
}

/** One for one thread: ask one thing after the other, and close it. */
export interface OpenReader extends NetworkReader {
  close(): Promise<void>;
}

/** Sessions held at once: the champion's and one that is compared with it. */
const MOST_OPEN = 2;
/** Glyphs made ready at once, so that memory stays bounded. */
const PORTION = 512;

export function makeReader(engine: Engine, threads: number, signal: AbortSignal): OpenReader {
  /** The one used last comes last. Networks are told by their weights: those of a start are the champion's. */
  const open = new Map<Weights, Inference>();

  async function sessionOf(network: Network): Promise<Inference> {
    const { weights } = network;
    const session = open.get(weights) ?? (await engine.load(network, { threads }));
    open.delete(weights);
    open.set(weights, session);
    for (const [oldest, { close }] of open) {
      if (open.size <= MOST_OPEN) break;
      open.delete(oldest);
      await close();
    }
    return session;
  }

  async function read(network: Network, glyphs: Glyphs): Promise<Float32Array> {
    const logits = new Float32Array(glyphs.count * network.outputs);
    if (glyphs.count === 0) return logits;
    const session = await sessionOf(network);
    const { area } = glyphs;
    for (let from = 0; from < glyphs.count; from += PORTION) {
      signal.throwIfAborted();
      const inks = inkLevels(glyphs.pixels.subarray(from * area, Math.min(glyphs.count, from + PORTION) * area));
      logits.set(await session.logits(inks), from * network.outputs);
    }
    return logits;
  }

  return {
    logits: remembering(read),
    async close() {
      for (const session of open.values()) await session.close();
      open.clear();
    },
  };
}

/** Nothing is read twice; networks are told apart by their weights. */
export function remembering(read: NetworkReader['logits']): NetworkReader['logits'] {
  const known = new WeakMap<Weights, WeakMap<Glyphs, Promise<Float32Array>>>();
  return (network, glyphs) => {
    const answers = known.get(network.weights) ?? new WeakMap<Glyphs, Promise<Float32Array>>();
    known.set(network.weights, answers);
    const logits = answers.get(glyphs) ?? read(network, glyphs);
    answers.set(glyphs, logits);
    return logits;
  };
}
