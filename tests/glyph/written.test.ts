// Even lines look like print from afar. A hand's stay, since no two of their letters are the same; what is printed goes.
import { describe, expect, it } from 'vitest';
import type { Sighting } from '../../src/find/boxes.ts';
import type { Raster } from '../../src/glyph/glyph.ts';
import { writtenOf } from '../../src/glyph/written.ts';
import { makeRandom } from '../../src/random.ts';

const [WIDTH, HEIGHT, HIGH, EACH] = [640, 480, 40, 60];
const COLUMNS = 9;
const KINDS = 7;

interface Page {
  readonly raster: Raster;
  readonly seen: readonly Sighting[];
}

/** So many letters of seven kinds, each with its strokes' ends so many pixels off; all of them look like print. */
function pageOf(letters: number, off: number): Page {
  const pixels = new Uint8Array(WIDTH * HEIGHT).fill(220);
  const seen = Array.from({ length: letters }, (_, k): Sighting => {
    const [x, y] = [30 + EACH * (k % COLUMNS), 30 + EACH * Math.floor(k / COLUMNS)];
    const [plan, hand] = [makeRandom(3, k % KINDS), makeRandom(5, k)];
    const at = (): number => Math.min(HIGH - 4, Math.max(3, plan.between(3, HIGH - 4) + off * hand.normal()));
    let from: readonly [number, number] = [3, 3];
    for (const [right, down] of [
      [HIGH - 4, at()],
      [at(), HIGH - 4],
      [at(), at()],
      [3, HIGH - 4],
    ] as const) {
      for (let step = 0; step <= 60; step++) {
        const [u, v] = [from[0] + ((right - from[0]) * step) / 60, from[1] + ((down - from[1]) * step) / 60];
        for (let wide = 0; wide < 9; wide++)
          pixels[Math.round(y + v + Math.floor(wide / 3) - 1) * WIDTH + Math.round(x + u + (wide % 3) - 1)] = 40;
      }
      from = [right, down];
    }
    return { box: { x, y, width: HIGH, height: HIGH }, sureness: 0.6, print: true };
  });
  return { raster: { width: WIDTH, height: HEIGHT, pixels }, seen };
}

const kept = async ({ raster, seen }: Page): Promise<number> => (await writtenOf(raster, seen)).length;

describe('what looks like print', () => {
  it('is print where letters come again unchanged, and a hand where none does', async () => {
    expect(await kept(pageOf(45, 0))).toBe(0);
    expect(await kept(pageOf(45, 6))).toBe(45);
  });

  it('is looked at from nearer where that can be had', async () => {
    const { raster, seen } = pageOf(45, 6);
    const far = seen.map(({ box: { x, y, width, height }, ...rest }) => ({
      ...rest,
      box: { x: x / 2, y: y / 2, width: width / 2, height: height / 2 },
    }));
    const blank = { width: WIDTH / 2, height: HEIGHT / 2, pixels: new Uint8Array((WIDTH * HEIGHT) / 4).fill(220) };
    expect(await writtenOf(blank, far, () => Promise.resolve(raster))).toHaveLength(45);
    expect(await writtenOf(blank, far)).toHaveLength(0);
  });

  it('stays where it is a few among many of its size that look written, and goes where it stands alone', async () => {
    const { raster, seen } = pageOf(20, 6);
    const mixed = seen.map((each, k): Sighting => (k < 4 ? each : { box: each.box, sureness: each.sureness }));
    expect(await writtenOf(raster, mixed)).toHaveLength(20);
    expect(await writtenOf(raster, mixed.slice(0, 8))).toHaveLength(4);
    expect(await writtenOf(raster, seen.slice(0, 6))).toHaveLength(0);
  });
});
