// Whose word counts where the rules and the finder differ: tables of what each says, and what comes of it.
import { describe, expect, it } from 'vitest';
import type { Sighting } from '../../src/find/boxes.ts';
import { decide } from '../../src/glyph/decide.ts';
import type { Box, Reading } from '../../src/glyph/glyph.ts';

const raster = { width: 640, height: 480, pixels: new Uint8Array(640 * 480) };
const box = (x: number, y: number, width: number, height: number): Box => ({ x, y, width, height });
const seen = (where: Box, sureness = 0.9): Sighting => ({ box: where, sureness });
const read = (where: Box): Reading => ({
  outcome: 'glyphs',
  width: 640,
  height: 480,
  glyphs: [{ pixels: new Uint8Array(1600), box: where }],
});

const SEVEN = box(200, 100, 80, 120);

describe('the rules found a character', () => {
  it.each<[string, readonly Sighting[]]>([
    ['the finder sees it there', [seen(box(205, 95, 78, 122))]],
    [
      'the finder sees small writing beside it',
      [seen(SEVEN), seen(box(400, 300, 20, 30)), seen(box(430, 300, 20, 30))],
    ],
    ['the finder sees it, and a part of it', [seen(SEVEN), seen(box(210, 110, 40, 50))]],
    ['the finder is not sure of anything', [seen(box(20, 20, 80, 100), 0.2)]],
  ])('and it stays: %s', (_, sightings) => {
    expect(decide(read(SEVEN), sightings, raster)).toEqual({ kind: 'as-ruled' });
  });

  it.each<[string, Box, readonly Sighting[]]>([
    ['another beside it', SEVEN, [seen(SEVEN), seen(box(400, 110, 70, 110))]],
    [
      'two in what was taken for one',
      box(100, 100, 300, 120),
      [seen(box(100, 100, 90, 120)), seen(box(300, 100, 90, 120))],
    ],
    ['two elsewhere', box(0, 0, 640, 480), [seen(box(100, 100, 90, 120)), seen(box(300, 100, 90, 120))]],
  ])('but there are several: %s', (_, where, sightings) => {
    expect(decide(read(where), sightings, raster)).toEqual({ kind: 'refused', outcome: 'several-characters' });
  });

  it('but the finder sees one in it, much smaller: a frame', () => {
    const decision = decide(read(box(150, 60, 180, 200)), [seen(box(200, 100, 60, 80))], raster);
    expect(decision).toEqual({ kind: 'look', box: box(200, 100, 60, 80), otherwise: null });
  });

  it('but the finder sees nothing at all', () => {
    expect(decide(read(SEVEN), [], raster)).toEqual({ kind: 'refused', outcome: 'blank' });
  });
});

describe('the rules found none', () => {
  it('nor does the finder', () => {
    expect(decide({ outcome: 'too-faint' }, [], raster)).toEqual({ kind: 'as-ruled' });
  });
  it('the finder sees one, or several', () => {
    expect(decide({ outcome: 'too-faint' }, [seen(SEVEN)], raster)).toMatchObject({ kind: 'look', box: SEVEN });
    const two = [seen(SEVEN), seen(box(400, 110, 70, 110))];
    expect(decide({ outcome: 'blank' }, two, raster)).toEqual({ kind: 'refused', outcome: 'several-characters' });
  });
});

describe('the rules found several', () => {
  it('but the finder sees one alone: a character of several pieces', () => {
    const decision = decide({ outcome: 'several-characters' }, [seen(SEVEN)], raster);
    expect(decision).toEqual({ kind: 'look', box: SEVEN, otherwise: 'several-characters' });
  });
  it('and the finder sees two, or none', () => {
    const two = [seen(SEVEN), seen(box(400, 110, 70, 110))];
    expect(decide({ outcome: 'several-characters' }, two, raster)).toEqual({ kind: 'as-ruled' });
    expect(decide({ outcome: 'several-characters' }, [], raster)).toEqual({ kind: 'as-ruled' });
  });
});
