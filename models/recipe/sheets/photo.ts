// A made-up photo of a practice sheet: printed, filled in by a hand that nobody was trained on, laid on a desk at an angle, bent a
// little, and photographed. The same seeds give the same photo.
import type { Alphabet } from '../../../src/alphabet/alphabet.ts';
import type { Random } from '../../../src/random.ts';
import type { Raster } from '../../../src/glyph/glyph.ts';
import { normaliseInk } from '../../../src/glyph/normalise.ts';
import { homographyOf } from '../../../src/glyph/sheet/homography.ts';
import { cellsOf, papers, type Area, type Point, type Sheet } from '../../../src/sheet/layout.ts';
import { photograph } from '../scenes/camera.ts';
import { addGrain, drawCurve, drawLine, makeCanvas, type Canvas } from '../scenes/canvas.ts';
import { writeLetter, type Hand, type Pen } from '../scenes/letters.ts';
import { PRINTED } from './print.ts';

export interface CellTruth {
  readonly labelId: number;
  readonly state: 'filled' | 'empty' | 'crossed';
  /** Its ink as a glyph, without any camera. */
  readonly glyph: Uint8Array | null;
}

/** Fills in the cells: some stay empty, some are crossed out. */
export function fillIn(blank: Canvas, sheet: Sheet, alphabet: Alphabet, hand: Hand, random: Random) {
  const page: Canvas = { ...blank, grey: blank.grey.slice(), ink: new Float32Array(blank.ink.length) };
  const pencil = random.chance(0.3);
  const pen: Pen = {
    level: pencil ? random.between(0.3, 0.55) : random.between(0.02, 0.35),
    strength: pencil ? random.between(0.7, 1) : 1,
    wide: random.next(),
    contrast: random.chance(0.4),
    patchy: pencil ? random.between(0.05, 0.25) : 0,
    patch: random.below(3),
    wobble: random.between(0, 0.02),
  };
  const share = random.between(0.45, 0.8);
  const truths = cellsOf(sheet).map((cell, place): CellTruth => {
    const labelId = sheet.labels[place] ?? -1;
    const kind = random.next();
    const text = alphabet.labels.find(({ id }) => id === labelId)?.text ?? '';
    const letter = kind < 0.1 ? null : hand.of(text, random);
    if (letter !== null) {
      const size = cell.width * Math.min(0.86, share * random.between(0.85, 1.15));
      // The pen adds its own width.
      const scale = (PRINTED * size) / (Math.max(letter.wide, letter.high) + 2 * pen.wide * letter.shape.widest);
      const room = Math.max(0, cell.width - size - 1.5) / 2;
      const middle = {
        x: PRINTED * (cell.x + cell.width / 2 + room * random.between(-0.8, 0.8)),
        y: PRINTED * (cell.y + cell.height / 2 + room * random.between(-0.8, 0.8)),
      };
      writeLetter(page, letter, { middle, matrix: [scale, 0, 0, scale] }, pen, random, true);
    }
    const glyph = letter === null ? null : normaliseInk(inkIn(page, cell));
    if (kind > 0.06 && kind < 0.16) {
      crossOut(page, cell, pen.level, random);
      return { labelId, state: 'crossed', glyph: null };
    }
    return { labelId, state: glyph === null ? 'empty' : 'filled', glyph };
  });
  return { page, truths };
}

function inkIn({ width, ink }: Canvas, { x, y, width: wide, height: high }: Area) {
  const [left, top, columns, rows] = [x, y, wide, high].map((each) => Math.round(PRINTED * each)) as [
    number,
    number,
    number,
    number,
  ];
  const part = new Float32Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      part[row * columns + column] = 255 * (ink[(top + row) * width + left + column] ?? 0);
    }
  }
  return { width: columns, height: rows, ink: part };
}

/** A line from corner to corner, or two of them; or straight across. */
function crossOut(page: Canvas, { x, y, width, height }: Area, level: number, random: Random): void {
  const near = (at: number): number => PRINTED * (at + random.between(-1.2, 0.6));
  const far = (at: number): number => PRINTED * (at + random.between(-0.6, 1.2));
  const [right, bottom] = [x + width, y + height];
  const lines: [Point, Point][] = [
    [
      { x: near(x), y: near(y) },
      { x: far(right), y: far(bottom) },
    ],
    [
      { x: near(x), y: far(bottom) },
      { x: far(right), y: near(y) },
    ],
  ];
  const kind = random.below(4);
  const middle = y + height * random.between(0.4, 0.6);
  const drawn = kind < 2 ? lines : kind === 2 ? lines.slice(random.below(2), 2) : [];
  if (kind === 3)
    drawn.push([
      { x: near(x), y: near(middle) },
      { x: far(right), y: far(middle) },
    ]);
  for (const [from, to] of drawn) {
    const bend = PRINTED * random.between(-1, 1);
    const points = Array.from({ length: 9 }, (_, k) => ({
      x: from.x + ((to.x - from.x) * k) / 8,
      y: from.y + ((to.y - from.y) * k) / 8 + bend * Math.sin((k / 8) * Math.PI),
    }));
    drawCurve(page, points, PRINTED * random.between(0.4, 0.9), level, 0.95);
  }
}

export interface Pose {
  /** Pixels of the photo. */
  readonly width: number;
  readonly height: number;
  /** How far the camera looks from the side, and how it is turned; degrees. */
  readonly tilt: number;
  readonly turn: number;
  /** Millimetres by which the paper bends. */
  readonly bend: number;
  /** Of the photo's side, how much the sheet takes; more than 1 cuts some of it off. */
  readonly fill: number;
}

const DEGREE = Math.PI / 180;
/** A phone's lens: distance of the picture, in its longer sides. */
const LENS = 0.78;

/** The page before a camera. */
export function photographed(page: Canvas, sheet: Sheet, pose: Pose, random: Random): Raster {
  const { width, height } = pose;
  const photo = makeCanvas(width, height);
  photo.grey.fill(random.between(0.1, 0.75));
  addGrain(photo, random.below(3), random.between(0.01, 0.06), random, [random.between(1, 6), 1]);
  const back = homographyOf(cornersIn(sheet, pose, random), rectangle(papers[sheet.paper]));
  if (back === null) throw new RangeError('a sheet seen from its edge');
  const [bendX, bendY] = [pose.bend * random.between(-1, 1), pose.bend * random.between(-1, 1)];
  const paper = papers[sheet.paper];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      let [sum, inside] = [0, 0];
      for (let k = 0; k < 4; k++) {
        const at = back.at(x + 0.25 + 0.5 * (k & 1), y + 0.25 + 0.5 * (k >> 1));
        const across = at.x + bendX * Math.sin((Math.PI * at.y) / paper.height);
        const down = at.y + bendY * Math.sin((Math.PI * at.x) / paper.width);
        if (across < 0 || down < 0 || across >= paper.width || down >= paper.height) continue;
        inside++;
        sum += sampled(page, PRINTED * across - 0.5, PRINTED * down - 0.5);
      }
      if (inside > 0) photo.grey[i] = (sum + (4 - inside) * (photo.grey[i] ?? 0)) / 4;
    }
  }
  if (random.chance(0.3)) {
    // A pen beside it.
    const x = random.chance(0.5) ? 0.01 * width : 0.99 * width;
    drawLine(
      photo,
      { x, y: height * random.between(0, 0.4) },
      { x, y: height * random.between(0.6, 1) },
      0.02 * width,
      random.next(),
      1,
    );
  }
  return { width, height, pixels: photograph(photo, random) };
}

const rectangle = ({ width, height }: { readonly width: number; readonly height: number }) =>
  [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ] as const;

/** Where the corners of the paper are in the photo. */
function cornersIn(sheet: Sheet, { width, height, tilt, turn, fill }: Pose, random: Random) {
  const paper = papers[sheet.paper];
  const axis = random.between(0, 2 * Math.PI);
  const [cos, sin] = [Math.cos(turn * DEGREE), Math.sin(turn * DEGREE)];
  const [ax, ay, t] = [Math.cos(axis), Math.sin(axis), tilt * DEGREE];
  // The camera stands so far that the sheet takes its share of the photo: nearer and nearer until it does.
  const seen = (far: number): Point[] =>
    rectangle(paper).map(({ x, y }) => {
      const [u, v] = [x - paper.width / 2, y - paper.height / 2];
      const [p, q] = [cos * u - sin * v, sin * u + cos * v];
      // Turned around an axis in the paper (Rodrigues).
      const along = (p * ax + q * ay) * (1 - Math.cos(t));
      const [px, py, pz] = [
        p * Math.cos(t) + ax * along,
        q * Math.cos(t) + ay * along,
        (ax * q - ay * p) * Math.sin(t),
      ];
      const scale = (LENS * Math.max(width, height)) / (far + pz);
      return { x: scale * px, y: scale * py };
    });
  let far = 2000;
  const size = (points: readonly Point[]): readonly [number, number, number, number] => {
    const [xs, ys] = [points.map((each) => each.x), points.map((each) => each.y)];
    return [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  };
  for (let tries = 0; tries < 200; tries++) {
    const [left, right, top, bottom] = size(seen(far));
    if (Math.max((right - left) / width, (bottom - top) / height) >= fill) break;
    far *= 0.985;
  }
  const points = seen(far);
  const [left, right, top, bottom] = size(points);
  const roomX = Math.max(0, width - (right - left)) / 2;
  const roomY = Math.max(0, height - (bottom - top)) / 2;
  const [dx, dy] = [
    width / 2 - (left + right) / 2 + roomX * random.between(-0.8, 0.8),
    height / 2 - (top + bottom) / 2 + roomY * random.between(-0.8, 0.8),
  ];
  const [a, b, c, d] = points.map(({ x, y }) => ({ x: x + dx, y: y + dy })) as [Point, Point, Point, Point];
  return [a, b, c, d] as const;
}

function sampled({ width, height, grey }: Canvas, x: number, y: number): number {
  const [left, top] = [Math.max(0, Math.min(width - 2, x | 0)), Math.max(0, Math.min(height - 2, y | 0))];
  const [shareX, shareY] = [x - left, y - top];
  const from = top * width + left;
  const above = (grey[from] ?? 0) * (1 - shareX) + (grey[from + 1] ?? 0) * shareX;
  const below = (grey[from + width] ?? 0) * (1 - shareX) + (grey[from + width + 1] ?? 0) * shareX;
  return above + (below - above) * shareY;
}
