// How a run reads glyphs: shared out to its crew, and nothing twice.
import type { Weights } from '../model/engine.ts';
import type { Crew } from './crew.ts';
import { part } from './glyphs.ts';
import { remembering, type NetworkReader } from './reader.ts';

/** Glyphs that one thread reads at a time, where there are several. */
const SHARED_OUT = 512;

/** Readings shared out to the crew, each glyph's the same whoever reads it, and before all that waits: they are short, and waited for. */
export function readerOf(crew: Crew): NetworkReader {
  const numbers = new WeakMap<Weights, number>();
  let last = 0;
  const read: NetworkReader['logits'] = async (network, glyphs) => {
    const number = numbers.get(network.weights) ?? ++last;
    numbers.set(network.weights, number);
    const each = crew.size === 1 ? glyphs.count : SHARED_OUT;
    const parts = Array.from({ length: Math.ceil(glyphs.count / Math.max(1, each)) }, (_, at) =>
      crew.does(
        'read',
        { network, number, glyphs: part(glyphs, at * each, Math.min(glyphs.count, (at + 1) * each)) },
        { urgent: true },
      ),
    );
    const logits = new Float32Array(glyphs.count * network.outputs);
    for (const [at, some] of (await Promise.all(parts)).entries()) logits.set(some, at * each * network.outputs);
    return logits;
  };
  return { logits: remembering(read) };
}
