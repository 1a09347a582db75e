// A font's outlines as renderings: curves become lines, lines become filled pixels. Exact enough for distance fields, and
// with no native library to install.
import type { Font, PathCommand } from 'opentype.js/dist/opentype.mjs';
import type { Rendering } from '../../src/dataset/bank.ts';

interface Edge {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/** Large, so that flattening loses nothing that a picture of 100 pixels could show. */
const FONT_SIZE = 1000;
const SEGMENTS = 10;

/** The character's ink scaled into side × side, or null when the font lacks it or draws nothing for it. */
export function renderCharacter(font: Font, character: string, side: number): Rendering | null {
  const index = font.charToGlyphIndex(character);
  if (index === 0) return null;
  return fill(flatten(font.glyphs.get(index).getPath(0, 0, FONT_SIZE).commands), side);
}

/** A closed polygon for each contour, as edges. */
function flatten(commands: readonly PathCommand[]): readonly Edge[] {
  const edges: Edge[] = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  const lineTo = (toX: number, toY: number): void => {
    if (toX !== x || toY !== y) edges.push({ x0: x, y0: y, x1: toX, y1: toY });
    [x, y] = [toX, toY];
  };
  for (const command of commands) {
    switch (command.type) {
      case 'M':
        lineTo(startX, startY);
        [x, y, startX, startY] = [command.x, command.y, command.x, command.y];
        break;
      case 'L':
        lineTo(command.x, command.y);
        break;
      case 'Q': {
        const [fromX, fromY] = [x, y];
        for (let i = 1; i <= SEGMENTS; i++) {
          const t = i / SEGMENTS;
          const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
          lineTo(a * fromX + b * command.x1 + c * command.x, a * fromY + b * command.y1 + c * command.y);
        }
        break;
      }
      case 'C': {
        const [fromX, fromY] = [x, y];
        for (let i = 1; i <= SEGMENTS; i++) {
          const t = i / SEGMENTS;
          const [a, b, c, d] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t ** 2 * (1 - t), t ** 3];
          lineTo(
            a * fromX + b * command.x1 + c * command.x2 + d * command.x,
            a * fromY + b * command.y1 + c * command.y2 + d * command.y,
          );
        }
        break;
      }
      case 'Z':
        lineTo(startX, startY);
        break;
    }
  }
  lineTo(startX, startY);
  return edges;
}

/** Fills by the non-zero rule, the longer side of the ink as long as the picture. */
function fill(edges: readonly Edge[], side: number): Rendering | null {
  if (edges.length === 0) return null;
  const xs = edges.flatMap((edge) => [edge.x0, edge.x1]);
  const ys = edges.flatMap((edge) => [edge.y0, edge.y1]);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const scale = side / Math.max(right - left, bottom - top, 1);
  const toX = side / 2 - (scale * (left + right)) / 2;
  const toY = side / 2 - (scale * (top + bottom)) / 2;
  const bits = new Uint8Array(side * side);
  for (let row = 0; row < side; row++) {
    const y = (row + 0.5 - toY) / scale;
    const crossings = edges
      .filter((edge) => edge.y0 <= y !== edge.y1 <= y)
      .map(({ x0, y0, x1, y1 }) => ({
        x: (x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) * scale + toX,
        turn: y1 > y0 ? 1 : -1,
      }))
      .sort((a, b) => a.x - b.x);
    let winding = 0;
    for (const [i, { x, turn }] of crossings.entries()) {
      winding += turn;
      const next = crossings[i + 1];
      if (winding === 0 || next === undefined) continue;
      bits.fill(1, row * side + Math.max(0, Math.round(x)), row * side + Math.min(side, Math.round(next.x)));
    }
  }
  return bits.includes(1) ? { side, bits } : null;
}
