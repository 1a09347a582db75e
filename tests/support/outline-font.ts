// A font of four drawings, for tests of outlines: a frame with a hole, two overlapping squares, a disc of curves, and a blank.
import type { Font, PathCommand } from 'opentype.js/dist/opentype.mjs';

const polygon = (...points: readonly (readonly [number, number])[]): PathCommand[] => [
  ...points.map(([x, y], index): PathCommand => ({ type: index === 0 ? 'M' : 'L', x, y })),
  { type: 'Z' },
];
const box = (x: number, y: number, width: number, height: number, backwards = false): PathCommand[] => {
  const corners = [
    [x, y],
    [x + width, y],
    [x + width, y + height],
    [x, y + height],
  ] as const;
  return polygon(...(backwards ? corners.toReversed() : corners));
};
const bend = 0.5523 * 100;

const drawings: readonly (readonly [name: string, commands: readonly PathCommand[]])[] = [
  ['missing', []],
  ['frame', [...box(0, 0, 200, 300), ...box(50, 50, 100, 200, true)]],
  ['overlap', [...box(0, 0, 150, 200), ...box(100, 0, 100, 200)]],
  [
    'disc',
    [
      { type: 'M', x: 0, y: 100 },
      { type: 'C', x1: 0, y1: 100 - bend, x2: 100 - bend, y2: 0, x: 100, y: 0 },
      { type: 'C', x1: 100 + bend, y1: 0, x2: 200, y2: 100 - bend, x: 200, y: 100 },
      { type: 'Q', x1: 200, y1: 200, x: 100, y: 200 },
      { type: 'C', x1: 100 - bend, y1: 200, x2: 0, y2: 100 + bend, x: 0, y: 100 },
      { type: 'Z' },
    ],
  ],
  ['blank', []],
];

export const outlineFont: Font = {
  names: { windows: undefined, macintosh: undefined },
  charToGlyphIndex: (character) =>
    Math.max(
      0,
      drawings.findIndex(([name]) => name === character),
    ),
  glyphs: { get: (index) => ({ getPath: () => ({ commands: drawings[index]?.[1] ?? [] }) }) },
};
