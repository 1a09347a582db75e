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
  const [mostX, mostY] = [width - 1, height - 1];
  // Written out: with a function a number this took twenty times as long, longer than the network that is shown it.
  for (let row = 0; row < side; row++)
    for (let column = 0; column < side; column++) {
      const u = column + 0.5 - side / 2;
      const v = row + 0.5 - side / 2;
      const x = Math.min(mostX, Math.max(0, cut.x + along * u - across * v - 0.5));
      const y = Math.min(mostY, Math.max(0, cut.y + across * u + along * v - 0.5));
      const left = Math.floor(x);
      const top = Math.floor(y);
      const fx = x - left;
      const fy = y - top;
      const from = 3 * (top * width + left);
      const right = left < mostX ? 3 : 0;
      const low = top < mostY ? 3 * width : 0;
      const to = 3 * (row * side + column);
      for (let colour = 0; colour < 3; colour++) {
        const at = from + colour;
        const above = pixels[at]! * (1 - fx) + pixels[at + right]! * fx;
        const below = pixels[at + low]! * (1 - fx) + pixels[at + low + right]! * fx;
        square[to + colour] = Math.round(above * (1 - fy) + below * fy);
      }
    }
  return square;
}
