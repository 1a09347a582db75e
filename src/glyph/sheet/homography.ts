// How a flat sheet looks in a photo: straight lines stay straight, and four points tell all of it (a homography).
import type { Point } from '../../sheet/layout.ts';

export interface Homography {
  at(x: number, y: number): Point;
  /** How the place changes with x and with y, there. */
  slopeAt(x: number, y: number): readonly [xByX: number, xByY: number, yByX: number, yByY: number];
}

type Four = readonly [Point, Point, Point, Point];

/** Takes each of four points to the other of its pair; null where three of them are in line. */
export function homographyOf(from: Four, to: Four): Homography | null {
  // Eight equations for eight numbers (the ninth is 1), each a row of eight factors and what they add up to.
  const rows = from.flatMap(({ x, y }, k) => {
    const { x: u, y: v } = to[k] ?? { x: 0, y: 0 };
    return [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, v],
    ];
  });
  for (let column = 0; column < 8; column++) {
    let pivot = column;
    for (let row = column; row < 8; row++) {
      if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = row;
    }
    const [best, other] = [rows[pivot], rows[column]];
    const lead = best?.[column] ?? 0;
    if (best === undefined || other === undefined || Math.abs(lead) < 1e-9) return null;
    rows[pivot] = other;
    rows[column] = best.map((each) => each / lead);
    for (const [row, values] of rows.entries()) {
      const factor = values[column] ?? 0;
      if (row === column || factor === 0) continue;
      rows[row] = values.map((each, k) => each - factor * (rows[column]?.[k] ?? 0));
    }
  }
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = rows.map((row) => row[8] ?? 0);
  const at = (x: number, y: number): Point => {
    const depth = g * x + h * y + 1;
    return { x: (a * x + b * y + c) / depth, y: (d * x + e * y + f) / depth };
  };
  return {
    at,
    slopeAt(x, y) {
      const depth = g * x + h * y + 1;
      const { x: u, y: v } = at(x, y);
      return [(a - u * g) / depth, (b - u * h) / depth, (d - v * g) / depth, (e - v * h) / depth];
    },
  };
}
