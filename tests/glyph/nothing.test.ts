// Photos that show no writing: walls, coats and leaves are told to be a scene, and writing stays writing.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { makeScenes } from '../../models/recipe/scenes/scene.ts';
import { readBank } from '../../src/dataset/bank.ts';
import type { Sighting } from '../../src/find/boxes.ts';
import type { Raster } from '../../src/glyph/glyph.ts';
import { showsNoWriting } from '../../src/glyph/nothing.ts';
import { readPicture } from '../../src/glyph/read.ts';
import { drawSeven } from '../support/pictures.ts';

const make = makeScenes([readBank(readFileSync(new URL('../../models/digits/bank.bin', import.meta.url)))], 'test');

// Each of them was answered as one character or several.
it.each([27, 58, 66, 86])('a made-up surface (%i) is not answered', async (seed) => {
  const { raster } = make({ width: 640, height: 480, kind: 'nothing' }, 22, seed);
  expect((await readPicture(raster)).outcome).toMatch(/^(blank|scene|print|hardly-read)$/);
});

const grey: Raster = {
  width: 640,
  height: 480,
  pixels: Uint8Array.from({ length: 640 * 480 }, (_, i) => (i * 37) % 251),
};
const written = drawSeven({ width: 640, height: 480, x: 0, y: 0, size: 100 });
const seen = (...surenesses: readonly number[]): readonly Sighting[] =>
  surenesses.map((sureness, k) => ({ box: { x: 5 * k, y: 5 * k, width: 90, height: 90 }, sureness }));

it('many doubtful places are nothing, some sure ones are writing, and one alone is left to whoever reads it', () => {
  expect(showsNoWriting(grey, seen(0.5, 0.4, 0.3, 0.25, 0.25, 0.23))).toBe(true);
  expect(showsNoWriting(written, seen(0.85, 0.8, 0.7, 0.5))).toBe(false);
  expect(showsNoWriting(grey, seen(0.85, 0.8, 0.7, 0.5))).toBe(false);
  expect(showsNoWriting(grey, seen(0.3))).toBe(false);
  expect(showsNoWriting(grey, seen())).toBe(false);
});
