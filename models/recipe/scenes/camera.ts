// What a camera makes of a scene: uneven light, shadows, blur, noise, the blocks of JPEG, too much or too little light.
import type { Random } from '../../../src/random.ts';
import { addGrain, eachSmooth, fillArea, type Canvas } from './canvas.ts';

/** Lights the scene, takes the picture, and returns its grey pixels. */
export function photograph(canvas: Canvas, random: Random): Uint8Array {
  light(canvas, random);
  if (random.chance(0.6)) blur(canvas, random.chance(0.8) ? random.between(0.3, 1) : random.between(1, 2.4));
  if (random.chance(0.85))
    addGrain(canvas, 0, random.chance(0.8) ? random.between(0, 0.015) : random.between(0.015, 0.05), random);
  if (random.chance(0.25)) addGrain(canvas, 1, random.between(0, 0.02), random);
  const gain = random.between(0.75, 1.12);
  const lift = random.chance(0.3) ? random.between(0, 0.15) : 0;
  const pixels = new Uint8Array(canvas.grey.length);
  for (let i = 0; i < pixels.length; i++) {
    pixels[i] = Math.max(0, Math.min(255, 255 * (lift + (1 - lift) * gain * (canvas.grey[i] ?? 0)) + 0.5));
  }
  if (random.chance(0.2)) compress(pixels, canvas.width, canvas.height, random.between(6, 30));
  return pixels;
}

function light(canvas: Canvas, random: Random): void {
  const { grey } = canvas;
  if (random.chance(0.75)) {
    const nodes = 2 + random.below(4);
    const depth = random.chance(0.7) ? random.between(0.02, 0.2) : random.between(0.2, 0.5);
    const lattice = Float32Array.from({ length: (nodes + 1) * (nodes + 1) }, () => 1 - depth * random.next());
    eachSmooth(canvas, nodes, lattice, (i, value) => (grey[i] = (grey[i] ?? 0) * value));
  }
  if (random.chance(0.25)) {
    // A shadow: of a hand, a head, a phone.
    const angle = random.between(0, 6.3);
    const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
    const [x0, y0] = [random.between(0, canvas.width), random.between(0, canvas.height)];
    const bend = random.between(-0.003, 0.003);
    const dim = random.between(0.5, 0.9);
    fillArea(
      canvas,
      (x, y) => {
        const along = (x - x0) * dx + (y - y0) * dy;
        const across = (y - y0) * dx - (x - x0) * dy;
        return along + bend * across * across;
      },
      (_, __, before) => dim * before,
      random.between(2, 60),
    );
  }
}

/** A blur of about this deviation: boxes of the two nearest odd widths, three times. */
export function blur({ width, height, grey }: Canvas, deviation: number): void {
  // A mix of the sharp picture and a blur of three pixels serves for less than a pixel.
  const share = Math.min(1, deviation / 0.8);
  const radius = Math.max(1, Math.round(deviation));
  const times = deviation > 1 ? 2 : 1;
  let from = grey;
  for (let time = 0; time < times; time++) {
    from = boxed(boxed(from, width, height, radius, 1, width), height, width, radius, width, 1);
  }
  for (let i = 0; i < grey.length; i++) grey[i] = (grey[i] ?? 0) * (1 - share) + (from[i] ?? 0) * share;
}

function boxed(
  from: Float32Array,
  length: number,
  lines: number,
  radius: number,
  step: number,
  line: number,
): Float32Array {
  const to = new Float32Array(from.length);
  const share = 1 / (2 * radius + 1);
  for (let row = 0; row < lines; row++) {
    const start = row * line;
    const end = start + (length - 1) * step;
    let sum = radius * (from[start] ?? 0);
    for (let k = 0; k <= radius; k++) sum += from[Math.min(end, start + k * step)] ?? 0;
    for (let i = 0, at = start; i < length; i++, at += step) {
      to[at] = sum * share;
      sum += from[Math.min(end, at + (radius + 1) * step)] ?? 0;
      sum -= from[Math.max(start, at - radius * step)] ?? 0;
    }
  }
  return to;
}

const COSINES = Float32Array.from({ length: 64 }, (_, i) => {
  const [k, n] = [i >> 3, i & 7];
  return (k === 0 ? Math.sqrt(1 / 8) : 0.5) * Math.cos(((2 * n + 1) * k * Math.PI) / 16);
});

/** Rounds the cosines of each block of 8 × 8 in steps that grow with their frequency, as JPEG does. */
function compress(pixels: Uint8Array, width: number, height: number, step: number): void {
  const [block, half] = [new Float32Array(64), new Float32Array(64)];
  for (let top = 0; top + 8 <= height; top += 8) {
    for (let left = 0; left + 8 <= width; left += 8) {
      for (let i = 0; i < 64; i++) block[i] = pixels[(top + (i >> 3)) * width + left + (i & 7)] ?? 0;
      turn(block, half, false);
      turn(half, block, false);
      for (let i = 0; i < 64; i++) {
        const size = step * (0.6 + 0.35 * ((i >> 3) + (i & 7)));
        block[i] = Math.round((block[i] ?? 0) / size) * size;
      }
      turn(block, half, true);
      turn(half, block, true);
      for (let i = 0; i < 64; i++) {
        pixels[(top + (i >> 3)) * width + left + (i & 7)] = Math.max(0, Math.min(255, (block[i] ?? 0) + 0.5));
      }
    }
  }
}

/** Cosines of the rows (or back), written as columns: twice gives both axes. */
function turn(from: Float32Array, to: Float32Array, back: boolean): void {
  for (let row = 0; row < 8; row++) {
    for (let k = 0; k < 8; k++) {
      let sum = 0;
      for (let n = 0; n < 8; n++) sum += (from[row * 8 + n] ?? 0) * (COSINES[back ? n * 8 + k : k * 8 + n] ?? 0);
      to[k * 8 + row] = sum;
    }
  }
}
