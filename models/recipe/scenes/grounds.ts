// What people write on, and what lies around it: papers, boards, screens, desks, fingers, holes; and pictures without any writing.
import type { Random } from '../../../src/random.ts';
import { addGrain, drawCurve, drawLine, eachSmooth, fillArea, type Canvas, type Point } from './canvas.ts';
import { lineOn, type Page } from './page.ts';

export interface Ground {
  readonly level: number;
  /** Written on with chalk or light. */
  readonly dark: boolean;
}

/** Fills the canvas with a paper, a board or a screen. */
export function drawGround(canvas: Canvas, page: Page, random: Random): Ground {
  const kind = random.next();
  const dark = kind > 0.88;
  const level = dark
    ? random.between(0.04, 0.3)
    : random.chance(0.8)
      ? random.between(0.65, 1)
      : random.between(0.4, 0.65);
  canvas.grey.fill(level);
  if (random.chance(0.5)) addGrain(canvas, random.below(3), random.between(0, dark ? 0.03 : 0.015), random);
  if (random.chance(0.12)) smudge(canvas, random, dark ? 0.12 : -0.08);
  if (kind < 0.42) return { level, dark };
  if (kind < 0.58) drawRuling(canvas, page, random, level, [0, 1]);
  else if (kind < 0.72) drawRuling(canvas, page, random, level, [0, 1], [1, 0]);
  else if (kind < 0.77) drawDots(canvas, page, random, level);
  else if (kind < 0.82) addGrain(canvas, 1, random.between(0.02, 0.06), random, [random.between(1, 4), 1]);
  else if (dark && random.chance(0.25)) drawRuling(canvas, page, random, level, [0, 1], [1, 0]);
  return { level, dark };
}

function smudge(canvas: Canvas, random: Random, depth: number): void {
  const nodes = 4 + random.below(5);
  const lattice = Float32Array.from({ length: (nodes + 1) ** 2 }, () => Math.max(0, random.normal()));
  eachSmooth(canvas, nodes, lattice, (i, value) => (canvas.grey[i] = (canvas.grey[i] ?? 0) + depth * value));
}

function drawRuling(
  canvas: Canvas,
  page: Page,
  random: Random,
  level: number,
  ...ways: readonly (readonly [number, number])[]
): void {
  const { width, height } = canvas;
  const shorter = Math.min(width, height);
  const pitch = shorter * 0.03 * 12 ** random.next();
  const wide = Math.min(pitch / 5, random.between(0.5, 2.4));
  const contrast = random.chance(0.8) ? random.between(0.08, 0.4) : random.between(0.4, 0.8);
  const ink = level > 0.35 ? level * (1 - contrast) : level + contrast * (1 - level);
  const start = random.between(0, pitch);
  const reach = 0.6 * (width + height);
  for (const [dx, dy] of ways) {
    for (let offset = start - reach; offset < reach; offset += pitch) {
      const [x, y] = [width / 2 + dx * offset, height / 2 + dy * offset];
      const from = { x: x - dy * reach, y: y - dx * reach };
      const to = { x: x + dy * reach, y: y + dx * reach };
      lineOn(canvas, page, from, to, wide, ink, 1);
    }
  }
  if (ways.length === 1 && random.chance(0.3)) {
    // A margin.
    const x = random.chance(0.7) ? random.between(0, 0.2) * width : random.between(0.8, 1) * width;
    lineOn(canvas, page, { x, y: -reach }, { x, y: reach + height }, wide, level * 0.7, 1);
  }
}

function drawDots(canvas: Canvas, page: Page, random: Random, level: number): void {
  const pitch = Math.min(canvas.width, canvas.height) * random.between(0.05, 0.2);
  const radius = random.between(0.5, 1.4);
  for (let y = -pitch; y < canvas.height + pitch; y += pitch) {
    for (let x = -pitch; x < canvas.width + pitch; x += pitch) {
      const at = page.at(x, y);
      drawLine(canvas, { x: at.x - 0.4, y: at.y }, { x: at.x + 0.4, y: at.y }, 2 * radius, level * 0.6, 0.8);
    }
  }
}

/** Beside the paper: a desk, a finger, a pen, the holes of a spiral. */
export function drawSurroundings(canvas: Canvas, ground: Ground, random: Random): void {
  const { width, height } = canvas;
  if (random.chance(0.1)) {
    const angle = Math.PI * 0.5 * random.below(4) + 0.15 * random.normal();
    const far = random.between(0.38, 0.5) * (Math.abs(Math.cos(angle)) * width + Math.abs(Math.sin(angle)) * height);
    const desk = random.chance(0.6) ? random.between(0.1, 0.5) : random.between(0.4, 0.8);
    const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
    const wave = random.between(0.02, 0.2);
    fillArea(
      canvas,
      (x, y) => far - ((x - width / 2) * dx + (y - height / 2) * dy),
      (x, y) => desk * (1 + 0.08 * Math.sin(wave * (x * dy + y * dx) + 4 * Math.sin(0.01 * (x + y)))),
      random.between(0.8, 4),
    );
  }
  if (random.chance(0.06)) {
    const [x0, y0] = [random.chance(0.5) ? random.between(0, width) : 0, height * random.between(0.85, 1.05)];
    const lean = random.between(-0.6, 0.6);
    const radius = Math.min(width, height) * random.between(0.06, 0.14);
    const skin = random.between(0.35, 0.75);
    fillArea(
      canvas,
      (x, y) => (y < y0 ? Math.hypot(x - x0, y - y0) : Math.abs(x - x0 - lean * (y - y0))) - radius,
      (x, y) => skin * (1 - 0.3 * ((x - x0 - lean * (y - y0)) / radius) ** 2),
      3,
    );
  }
  if (random.chance(0.05)) {
    const pitch = Math.min(width, height) * random.between(0.06, 0.12);
    const upright = random.chance(0.5);
    for (let along = pitch / 2; along < (upright ? height : width); along += pitch) {
      const edge = pitch * 0.5;
      const [x, y] = upright ? [edge, along] : [along, edge];
      drawLine(canvas, { x: x - 0.5, y }, { x: x + 0.5, y }, pitch * 0.45, ground.dark ? 0.6 : 0.15, 0.9);
      if (random.chance(0.5)) drawLine(canvas, { x: x - pitch, y: y - 2 }, { x: x + 1, y }, 2, 0.3, 0.8);
    }
  }
  if (random.chance(0.04)) {
    // A pen that lies there.
    const [x, y] = [random.between(0, width), random.between(0, height)];
    const angle = random.between(0, 6.3);
    const edge = { x: x + width * Math.cos(angle), y: y + width * Math.sin(angle) };
    drawLine(canvas, { x, y }, edge, Math.min(width, height) * random.between(0.03, 0.07), random.between(0.1, 0.9), 1);
  }
}

/** Where something may be printed on keys or tiles. */
export interface Keys {
  readonly size: number;
  readonly dark: boolean;
  readonly middles: readonly Point[];
}

/** A picture in which nothing is to be read: textures, keys, tiles, things. Keys, if it shows some, so that they can be printed on. */
export function drawNothing(canvas: Canvas, random: Random): Keys | null {
  const { width, height, grey } = canvas;
  const shorter = Math.min(width, height);
  const level = random.between(0.15, 0.9);
  grey.fill(level);
  const kind = random.below(10);
  let keys: Keys | null = null;
  if (kind === 0) {
    // Cloth.
    const [along, across] = [random.between(0.3, 2), random.between(0.3, 2)];
    const depth = random.between(0.03, 0.2);
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        grey[i] =
          level *
          (1 +
            depth * Math.sin(along * x + 0.6 * Math.sin(0.05 * y)) * Math.sin(across * y + 0.6 * Math.sin(0.04 * x)));
      }
    }
    addGrain(canvas, 1, 0.03, random);
    smudge(canvas, random, -0.15);
  } else if (kind === 1) {
    // Wood.
    addGrain(canvas, 2, random.between(0.02, 0.12), random, [random.between(6, 20), 1]);
    const rings = random.between(0.05, 0.4);
    const depth = random.between(0.02, 0.15);
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        grey[i] = (grey[i] ?? 0) + depth * Math.sin(rings * y + 5 * Math.sin(0.008 * x + 0.01 * y));
      }
    }
  } else if (kind === 2) {
    // Leaves, gravel, plaster.
    for (const radius of [1, 3, 8]) addGrain(canvas, radius, random.between(0, 0.15), random);
  } else if (kind === 3 || kind === 4) {
    // Keys or tiles.
    const pitch = shorter * random.between(0.06, 0.3);
    const ratio = random.between(0.7, 1.6);
    const gap = random.between(0.05, 0.25);
    const gapLevel = random.between(0.05, 0.9);
    const lean = random.between(-0.3, 0.3);
    const [shiftX, shiftY] = [random.between(0, pitch), random.between(0, pitch)];
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        const v = (y + lean * x + shiftY) / pitch;
        const u = (x - lean * y + shiftX) / (pitch * ratio) + (kind === 4 ? 0.5 * (Math.floor(v) & 1) : 0);
        const edge = Math.min(u - Math.floor(u), 1 - u + Math.floor(u), v - Math.floor(v), 1 - v + Math.floor(v));
        if (edge < gap / 2) grey[i] = gapLevel;
      }
    }
    keys = {
      size: pitch,
      dark: level < 0.5,
      middles: keyMiddles(canvas, pitch, ratio, lean, shiftX, shiftY, kind === 4),
    };
    if (random.chance(0.3)) {
      for (let k = 0; k < 12; k++) {
        const [x, y] = [random.between(0, width), random.between(0, height)];
        drawLine(canvas, { x, y }, { x: x + pitch * random.between(-0.2, 0.2), y: y + pitch * 0.2 }, 2, 1 - level, 0.7);
      }
    }
  } else if (kind === 5) {
    // Lines all over.
    const count = 3 + random.below(40);
    for (let k = 0; k < count; k++) {
      const [x, y, angle] = [random.between(0, width), random.between(0, height), random.between(0, 6.3)];
      const far = shorter * random.between(0.3, 2);
      const to = { x: x + far * Math.cos(angle), y: y + far * Math.sin(angle) };
      drawLine(
        canvas,
        { x: x - far * Math.cos(angle), y: y - far * Math.sin(angle) },
        to,
        random.between(0.6, 6),
        random.next(),
        0.8,
      );
    }
  } else if (kind === 6) {
    // Things: large soft shapes, a face among them for all one knows.
    const count = 2 + random.below(7);
    for (let k = 0; k < count; k++) {
      const [x0, y0] = [random.between(0, width), random.between(0, height)];
      const [rx, ry] = [shorter * random.between(0.03, 0.4), shorter * random.between(0.03, 0.4)];
      const shade = random.between(0.05, 0.95);
      fillArea(
        canvas,
        (x, y) => (Math.hypot((x - x0) / rx, (y - y0) / ry) - 1) * Math.min(rx, ry),
        () => shade,
        random.between(1, 20),
      );
    }
    addGrain(canvas, 1, 0.02, random);
  } else if (kind === 7) {
    drawSquares(canvas, random);
  } else if (kind === 8) {
    // Cracks, twigs, cables, hair.
    const count = 1 + random.below(12);
    for (let k = 0; k < count; k++) drawTwig(canvas, random, shorter * random.between(0.2, 1.2));
    if (random.chance(0.5)) addGrain(canvas, random.below(3), random.between(0, 0.06), random);
  } else if (random.chance(0.7)) {
    // A wall, with a crease or a speck.
    addGrain(canvas, random.below(3), random.between(0, 0.04), random);
    const count = random.below(4);
    for (let k = 0; k < count; k++) {
      const [x, y] = [random.between(0, width), random.between(0, height)];
      drawLine(
        canvas,
        { x, y },
        { x: x + 3 * random.normal(), y: y + 3 * random.normal() },
        random.between(1, 5),
        1 - level,
        random.between(0.2, 0.9),
      );
    }
  } else addGrain(canvas, 0, random.between(0.05, 0.3), random);
  return keys;
}

/** The keys' middles: where both coordinates of the lattice are half way. */
function keyMiddles(
  { width, height }: Canvas,
  pitch: number,
  ratio: number,
  lean: number,
  shiftX: number,
  shiftY: number,
  shifted: boolean,
): readonly Point[] {
  const middles: Point[] = [];
  const [most, det] = [Math.ceil((2 * (width + height)) / pitch), 1 + lean * lean];
  for (let row = -most; row < most; row++) {
    for (let column = -most; column < most; column++) {
      const v = (row + 0.5) * pitch - shiftY;
      const u = (column + 0.5 - (shifted ? 0.5 * (row & 1) : 0)) * pitch * ratio - shiftX;
      const [x, y] = [(u + lean * v) / det, (v - lean * u) / det];
      if (x > 0 && y > 0 && x < width && y < height) middles.push({ x, y });
    }
  }
  return middles;
}

/** Squares at random, as in a QR code, or in turn, as on a chessboard; bars where they are stretched. */
function drawSquares(canvas: Canvas, random: Random): void {
  const { width, height, grey } = canvas;
  const pitch = Math.min(width, height) * 0.015 * 16 ** random.next();
  const ratio = random.chance(0.7) ? 1 : random.chance(0.5) ? 30 : 1 / 30;
  const [light, dark] = [random.between(0.5, 1), random.between(0, 0.4)];
  const regular = random.chance(0.4);
  const angle = random.chance(0.5) ? 0 : random.between(-0.5, 0.5);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const salt = random.below(1 << 16);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const column = Math.floor((cos * x + sin * y + 1e4) / pitch);
      const row = Math.floor((cos * y - sin * x + 1e4) / (pitch * ratio));
      const chance = Math.imul(Math.imul(column, 0x9e3779b1) ^ Math.imul(row + salt, 0x85ebca6b), 0xc2b2ae35) >>> 16;
      grey[i] = (regular ? (column + row) & 1 : chance & 1) === 1 ? dark : light;
    }
  }
}

/** A line that wanders, and branches now and then. */
function drawTwig(canvas: Canvas, random: Random, length: number): void {
  let [x, y, angle] = [random.between(0, canvas.width), random.between(0, canvas.height), random.between(0, 6.3)];
  const [step, bend] = [Math.max(2, length / 24), random.between(0.05, 0.5)];
  const [wide, level] = [random.between(0.6, 5), random.next()];
  const points: Point[] = [{ x, y }];
  for (let k = 0; k < 24; k++) {
    angle += bend * random.normal();
    [x, y] = [x + step * Math.cos(angle), y + step * Math.sin(angle)];
    points.push({ x, y });
  }
  drawCurve(canvas, points, wide, level, 0.85);
  const fork = points[random.below(points.length)];
  if (fork !== undefined && random.chance(0.5)) {
    const to = { x: fork.x + 0.3 * length * Math.cos(angle + 1), y: fork.y + 0.3 * length * Math.sin(angle + 1) };
    drawLine(canvas, fork, to, 0.7 * wide, level, 0.85);
  }
}

/** A wandering line, or many strokes over a word: nobody means that to be read. */
export function scribble(canvas: Canvas, at: Point, size: number, wide: number, level: number, random: Random): void {
  const points: Point[] = [];
  const kind = random.below(3);
  const turns = 4 + random.below(8);
  for (let k = 0; k <= 12 * turns; k++) {
    const share = k / (12 * turns);
    const angle = (k / 12) * 2 * Math.PI;
    if (kind === 0)
      points.push({ x: at.x + size * (share - 0.5) * 2, y: at.y + 0.3 * size * Math.sin(angle) + random.normal() });
    else if (kind === 1)
      points.push({ x: at.x + size * share * Math.cos(angle), y: at.y + 0.7 * size * share * Math.sin(angle) });
    else {
      const before = points.at(-1) ?? at;
      points.push({
        x: Math.max(at.x - size, Math.min(at.x + size, before.x + 0.25 * size * random.normal())),
        y: Math.max(at.y - size / 2, Math.min(at.y + size / 2, before.y + 0.2 * size * random.normal())),
      });
    }
  }
  drawCurve(canvas, points, wide, level, 0.9);
}
