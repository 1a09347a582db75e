// Half a step here, half by another: what is added up, and what happens when the other fails or is gone.
import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import type { Augmentation, TrainingGlyphs } from '../../src/dataset/batches.ts';
import { assist, canHalve, makeHalves } from '../../src/learning/halves.ts';
import { recipeFor, type Recipe } from '../../src/learning/recipe.ts';
import type { Architecture } from '../../src/model/architectures/architecture.ts';
import { conv } from '../../src/model/architectures/blocks.ts';
import type { Engine, Trainer } from '../../src/model/engine.ts';
import { openEngine } from '../../src/model/open.ts';
import { planOf } from '../../src/model/plan.ts';
import { initialWeights, startFrom } from '../../src/model/weights.ts';
import { makeBatches } from '../../src/dataset/batches.ts';
import { dropoutMasks } from '../../src/model/fit.ts';

const architecture: Architecture = {
  id: 'halved',
  inputSize: 12,
  layers: [...conv(16, 3, 2), { kind: 'flatten' }, { kind: 'dense', units: 8 }, { kind: 'dropout', rate: 0.25 }],
};
const outputs = 3;
const known = recipeFor({ train: 100, test: 0, unseen: 100, labels: 3, fresh: false });
const recipe: Recipe = { ...known, augment: null as Augmentation | null };
const glyphs: TrainingGlyphs = {
  size: 12,
  pixels: Uint8Array.from({ length: 80 * 144 }, (_, i) => (i * 37) % 256),
  answers: Int32Array.from({ length: 160 }, (_, i) => (i % 2 === 0 ? (i / 2) % 3 : -1)),
};
const start = { architecture, outputs, weights: initialWeights(planOf(architecture, outputs), 4) };
const task = { start, glyphs, recipe, seed: 9 };
const engine: Engine = await openEngine('onnx');
const trainerOf = (part?: number): Promise<Trainer> =>
  engine.compile(
    {
      architecture,
      outputs,
      batch: 64,
      part,
      threads: 1,
      batchNorm: 'frozen',
      labelSmoothing: 0.05,
      weightDecay: 2,
      anchor: start.weights,
    },
    startFrom(start.weights),
  );

describe('steps by halves', () => {
  it('add up to the step of the whole batch', async () => {
    const [whole, halved] = [await trainerOf(), await trainerOf(32)];
    const make = makeBatches({ glyphs, outputs, batch: 64, seed: 9, augment: null });
    const wholeLoss = await whole.step(make(0, 1), dropoutMasks(whole, 64, 9, 0, 1), 1e-2);
    const halves = makeHalves(task, null);
    expect(await halves.step(halved, 0, 1, 1e-2)).toBeCloseTo(wholeLoss, 5);
    for (const [name, { data }] of whole.weights) {
      const other = halved.weights.get(name)?.data ?? new Float32Array();
      data.forEach((value, i) => expect(other[i], `${name}[${i}]`).toBeCloseTo(value, 2));
    }
    await Promise.all([whole.close(), halved.close()]);
  });

  it('are the same, bit for bit, with the second half by somebody else', async () => {
    const [alone, helped] = [await trainerOf(32), await trainerOf(32)];
    const { port1, port2 } = new MessageChannel();
    const assisted = assist({ port: port2 }, engine, new AbortController().signal);
    const [here, there] = [makeHalves(task, null), makeHalves(task, port1)];
    for (const index of [0, 1, 0])
      expect(await there.step(helped, 0, index, 1e-2)).toBe(await here.step(alone, 0, index, 1e-2));
    expect(helped.state()).toEqual(alone.state());
    there.close();
    await assisted;
    await Promise.all([alone.close(), helped.close()]);
  });

  it('fail when the other half does, and when nobody makes it any more', async () => {
    const trainer = await trainerOf(32);
    const broken: Engine = { ...engine, compile: () => Promise.reject(new Error('no memory is left')) };
    const { port1, port2 } = new MessageChannel();
    const stop = new AbortController();
    const assisted = assist({ port: port2 }, broken, stop.signal);
    const halves = makeHalves(task, port1);
    await expect(halves.step(trainer, 0, 0, 1e-2)).rejects.toThrow('no memory is left');
    stop.abort();
    await assisted;
    await expect(halves.step(trainer, 0, 0, 1e-2)).rejects.toThrow(/ended|gone/);
    await trainer.close();
  });

  it('are taken only where no glyph’s gradient hangs on another’s', () => {
    expect(canHalve(recipe)).toBe(true);
    expect(canHalve({ ...recipe, batchNorm: 'train' })).toBe(false);
  });
});
