// How a sheet of paper lies before the camera: turned, and seen at an angle.
import type { Random } from '../../../src/random.ts';
import type { Canvas, Point } from './canvas.ts';
import { drawLine } from './canvas.ts';

export interface Page {
  /** From the page, which is as large as the canvas, to the canvas. */
  at(x: number, y: number): Point;
  /** Canvas pixels for each of the page there, as a matrix. */
  scaleAt(x: number, y: number): readonly [number, number, number, number];
}

export function makePage({ width, height }: Canvas, random: Random): Page {
  const turn = random.chance(0.75) ? 0.05 * random.normal() : random.between(-0.4, 0.4);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const tilt = random.chance(0.5) ? 0 : 0.25;
  const [tiltX, tiltY] = [random.between(-tilt, tilt) / width, random.between(-tilt, tilt) / height];
  const at = (x: number, y: number): Point => {
    const [u, v] = [x - width / 2, y - height / 2];
    const depth = 1 / Math.max(0.4, 1 + tiltX * u + tiltY * v);
    return { x: width / 2 + (cos * u - sin * v) * depth, y: height / 2 + (sin * u + cos * v) * depth };
  };
  return {
    at,
    scaleAt: (x, y) => {
      const [here, right, down] = [at(x, y), at(x + 1, y), at(x, y + 1)];
      return [right.x - here.x, down.x - here.x, right.y - here.y, down.y - here.y];
    },
  };
}

/** A line on the page, in pieces, so that perspective bends nothing but its direction. */
export function lineOn(
  canvas: Canvas,
  page: Page,
  from: Point,
  to: Point,
  wide: number,
  level: number,
  strength: number,
): void {
  drawLine(canvas, page.at(from.x, from.y), page.at(to.x, to.y), wide, level, strength);
}
