// A square cut out of a picture however it is turned. Beyond the picture its edges are drawn out. Pure.
import type { Raster } from '../glyph/glyph.ts';

/** Where a square lies in a picture: its middle and side in pixels, and by how much it is turned, in radians. */
export interface Cut {
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly angle: number;
}

/** Red, green and blue of `side` × `side` pixels, each between its four neighbours. */
export function cutOut({ width, height, pixels }: Raster, cut: Cut, side: number): Uint8Array {
  const square = new Uint8Array(3 * side * side);
  const [along, across] = [(cut.side / side) * Math.cos(cut.angle), (cut.side / side) * Math.sin(cut.angle)];
  const inside = (value: number, most: number): number => Math.min(most, Math.max(0, value));
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const [u, v] = [column + 0.5 - side / 2, row + 0.5 - side / 2];
      const x = inside(cut.x + along * u - across * v - 0.5, width - 1);
      const y = inside(cut.y + across * u + along * v - 0.5, height - 1);
      const [left, top] = [Math.floor(x), Math.floor(y)];
      const [right, low] = [Math.min(width - 1, left + 1), Math.min(height - 1, top + 1)];
      const [fx, fy] = [x - left, y - top];
      for (let colour = 0; colour < 3; colour++) {
        const at = (atX: number, atY: number): number => pixels[3 * (atY * width + atX) + colour]!;
        const above = at(left, top) * (1 - fx) + at(right, top) * fx;
        const below = at(left, low) * (1 - fx) + at(right, low) * fx;
        square[3 * (row * side + column) + colour] = Math.round(above * (1 - fy) + below * fy);
      }
    }
  return square;
}
