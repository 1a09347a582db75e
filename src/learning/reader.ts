// How the networks of a run read glyphs: a session is opened once, and nothing is read twice by the same network.
import type { Engine, Inference, Network, Weights } from '../model/engine.ts';
import { inkLevels, type Glyphs } from './glyphs.ts';

export interface NetworkReader {
  /** Logits of all glyphs, [count, outputs]. Ask one thing after the other. Throws the signal's reason when aborted. */
  logits(network: Network, glyphs: Glyphs): Promise<Float32Array>;
  close(): Promise<void>;
}

/** Sessions held at once: the champion's and one that is compared with it. */
const MOST_OPEN = 2;
/** Glyphs made ready at once, so that memory stays bounded. */
const PORTION = 512;

export function makeReader(engine: Engine, threads: number, signal: AbortSignal): NetworkReader {
  /** The one used last comes last. Networks are told by their weights: those of a start are the champion's. */
  const open = new Map<Weights, Inference>();
  const known = new WeakMap<Weights, WeakMap<Glyphs, Float32Array>>();

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
    async logits(network, glyphs) {
      const answers = known.get(network.weights) ?? new WeakMap<Glyphs, Float32Array>();
      known.set(network.weights, answers);
      const logits = answers.get(glyphs) ?? (await read(network, glyphs));
      answers.set(glyphs, logits);
      return logits;
    },
    async close() {
      for (const session of open.values()) await session.close();
      open.clear();
    },
  };
}
