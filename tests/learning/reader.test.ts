// What a run asks of networks costs a session each and one reading of the same glyphs, however often it is asked.
import { expect, it } from 'vitest';
import { makePacker, type Glyphs } from '../../src/learning/glyphs.ts';
import { makeReader } from '../../src/learning/reader.ts';
import { GLYPH_SIZE } from '../../src/glyph/glyph.ts';
import { brisk } from '../../src/model/architectures/brisk.ts';
import type { Engine, Network } from '../../src/model/engine.ts';
import { onnxEngine } from '../../src/model/onnx/engine.ts';
import { planOf } from '../../src/model/plan.ts';
import { initialWeights } from '../../src/model/weights.ts';

function counting(): { readonly engine: Engine; readonly seen: { opened: number; closed: number; glyphs: number } } {
  const seen = { opened: 0, closed: 0, glyphs: 0 };
  const load: Engine['load'] = async (network, options) => {
    seen.opened++;
    const inference = await onnxEngine.load(network, options);
    return {
      ...inference,
      logits(inputs) {
        seen.glyphs += inputs.length / GLYPH_SIZE ** 2;
        return inference.logits(inputs);
      },
      async close() {
        seen.closed++;
        await inference.close();
      },
    };
  };
  return { engine: { ...onnxEngine, load }, seen };
}

const networkOf = (seed: number): Network => ({
  architecture: brisk,
  outputs: 3,
  weights: initialWeights(planOf(brisk, 3), seed),
});

function glyphsOf(count: number): Glyphs {
  const packer = makePacker();
  for (let i = 0; i < count; i++) packer.add(new Uint8Array(GLYPH_SIZE ** 2).fill(i), 0, 0, 0);
  return packer.done();
}

it('opens a network once, reads the same glyphs once, and closes all', async () => {
  const { engine, seen } = counting();
  const reader = makeReader(engine, 1, new AbortController().signal);
  const [one, other] = [networkOf(1), networkOf(2)];
  const [few, more] = [glyphsOf(3), glyphsOf(4)];
  const logits = await reader.logits(one, few);
  expect(logits).toHaveLength(9);
  // The same weights are the same network.
  expect(await reader.logits({ ...one }, few)).toBe(logits);
  expect(await reader.logits(other, few)).not.toEqual(logits);
  await reader.logits(one, more);
  expect(seen).toEqual({ opened: 2, closed: 0, glyphs: 10 });
  await reader.close();
  expect(seen.closed).toBe(2);
});

it('keeps few sessions open, and what was read for all', async () => {
  const { engine, seen } = counting();
  const reader = makeReader(engine, 1, new AbortController().signal);
  const glyphs = glyphsOf(2);
  const networks = [1, 2, 3, 4].map(networkOf);
  for (const network of networks) await reader.logits(network, glyphs);
  expect(seen).toEqual({ opened: 4, closed: 2, glyphs: 8 });
  for (const network of networks) await reader.logits(network, glyphs);
  expect(seen.opened).toBe(4);
  await reader.close();
  expect(seen.closed).toBe(4);
});

it('stops when the run is cancelled', async () => {
  const { engine } = counting();
  const stop = new AbortController();
  const reader = makeReader(engine, 1, stop.signal);
  stop.abort(new Error('enough'));
  await expect(reader.logits(networkOf(1), glyphsOf(1))).rejects.toThrow('enough');
  await reader.close();
});
