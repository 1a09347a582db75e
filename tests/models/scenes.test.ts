// Made-up scenes: the same seeds give the same picture, boxes hold ink, and what is taught of them fits.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { makeScenes, sceneKinds } from '../../models/recipe/scenes/scene.ts';
import { writeTargets } from '../../models/recipe/scenes/targets.ts';
import { readBank } from '../../src/dataset/bank.ts';
import { STEP } from '../../src/find/answer.ts';
import { TARGETS } from '../../src/model/places.ts';

const bank = readBank(readFileSync(new URL('../../models/digits/bank.bin', import.meta.url)));
const make = makeScenes([bank], 'train');
const SIDE = 192;
const CELLS = (SIDE / STEP) ** 2;

test.each(sceneKinds)('%s', (kind) => {
  let characters = 0;
  for (let seed = 0; seed < 8; seed++) {
    const scene = make({ width: SIDE, height: SIDE, kind }, 5, seed);
    expect(make({ width: SIDE, height: SIDE, kind }, 5, seed)).toEqual(scene);
    for (const { box } of scene.characters) {
      expect(box.x >= 0 && box.y >= 0 && box.x + box.width <= SIDE && box.y + box.height <= SIDE).toBe(true);
      let ink = 0;
      for (let y = box.y; y < box.y + box.height; y++) {
        for (let x = box.x; x < box.x + box.width; x++) ink += scene.ink[y * SIDE + x] ?? 0;
      }
      expect(ink).toBeGreaterThan(0);
    }
    const targets = new Float32Array(TARGETS.count * CELLS);
    const middles = writeTargets(scene, targets);
    expect(middles > 0).toBe(scene.characters.length + scene.print.length > 0);
    expect(targets.every(Number.isFinite)).toBe(true);
    characters += scene.characters.length;
  }
  if (kind === 'nothing') expect(characters).toBe(0);
  else expect(characters).toBeGreaterThan(0);
});
