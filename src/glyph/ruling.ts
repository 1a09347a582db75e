// Ruled and squared paper: thin straight lines from one side to the other. They touch the character, so they are painted over before
// it is looked for.
import type { Raster } from './glyph.ts';
import { LEAST_DEPTH, linesIn, STRAY, THICK, type Line } from './straight.ts';
import { SMALL } from './threshold.ts';

/** A line that spans this share of the picture is no stroke. */
const WHOLE = 0.93;
/** Nor are so many lines. */
const SEVERAL = 4;
/** In a corner a line is followed over this share of what could be seen of it, and leans as the others do by this much. */
const CORNER = 0.7;
const LIKEWISE = 0.03;
/** Darker than the line by this factor is ink upon it. */
const INK_ON_LINE = 1.6;

interface Unruled {
  readonly raster: Raster;
  /** So few lines were found that they may be strokes of a character that fills the picture. */
  readonly doubtful: boolean;
}

/** The picture with its ruling painted over, dark lines or light ones; null where there are none. */
export function withoutRuling(raster: Raster): Unruled | null {
  if (Math.min(raster.width, raster.height) <= SMALL) return null;
  const dark = withoutDark(raster);
  if (dark !== null || !isDark(raster)) return dark;
  const light = withoutDark(negative(raster));
  return light === null ? null : { ...light, raster: negative(light.raster) };
}

/** Only what is dark can have light lines. */
function isDark({ pixels }: Raster): boolean {
  let [sum, count] = [0, 0];
  for (let i = 0; i < pixels.length; i += 17, count++) sum += pixels[i] ?? 0;
  return sum < 128 * count;
}

function withoutDark(raster: Raster): Unruled | null {
  const flat = withoutRows(raster);
  const turned = withoutRows(transposed(flat?.raster ?? raster));
  if (turned === null) return flat;
  return { raster: transposed(turned.raster), doubtful: turned.doubtful && flat?.doubtful !== false };
}

function withoutRows(raster: Raster): Unruled | null {
  const { width, height } = raster;
  const ruling = rulingOf(linesIn(raster));
  if (ruling.length === 0) return null;
  const pixels = raster.pixels.slice();
  for (const line of ruling) paint(line, raster, pixels);
  return { raster: { width, height, pixels }, doubtful: ruling.length < SEVERAL };
}

/** Those of the lines that are no strokes: many, or from side to side; through corners only beside many others that lean likewise. */
function rulingOf(lines: readonly Line[]): readonly Line[] {
  const long = lines.filter(({ cornered }) => !cornered);
  if (long.length < SEVERAL) return long.filter(({ span }) => span >= WHOLE);
  const lean = long.map((line) => line.lean).sort((a, b) => a - b)[long.length >> 1] ?? 0;
  return lines.filter((line) => !line.cornered || (line.span >= CORNER && Math.abs(line.lean - lean) < LIKEWISE));
}

/** Paints the line over with what lies above and below it, but for the strokes that cross it or lie on it. */
function paint({ rows, shown }: Line, { width, height, pixels: from }: Raster, to: Uint8Array): void {
  const grey = (x: number, y: number): number => from[Math.min(height - 1, Math.max(0, y)) * width + x] ?? 0;
  // On both sides of some rows; beyond the picture there is what lies on the other side.
  const beside = (x: number, top: number, bottom: number): readonly [number, number] => [
    grey(x, top >= 0 ? top : bottom),
    grey(x, bottom < height ? bottom : top),
  ];
  const depths: number[] = [];
  for (let x = 0; x < width; x++) {
    const y = Math.round(rows[x] ?? 0);
    if (shown[x] === 1) depths.push(Math.min(...beside(x, y - THICK - 1, y + THICK + 1)) - grey(x, y));
  }
  const depth = Math.max(1, depths.sort((a, b) => a - b)[depths.length >> 1] ?? 0);
  for (let x = 0; x < width; x++) {
    const expected = Math.round(rows[x] ?? 0);
    if (expected < -STRAY || expected >= height + STRAY) continue;
    const y = Math.min(height - 1, Math.max(0, expected));
    const light = Math.max(...beside(x, y - THICK - 1, y + THICK + 1));
    const isDark = (row: number): boolean => light - grey(x, row) > 0.3 * depth;
    let top = y;
    while (top > Math.max(0, y - THICK - 1) && isDark(top - 1)) top--;
    let bottom = y;
    while (bottom < Math.min(height - 1, y + THICK + 1) && isDark(bottom + 1)) bottom++;
    if (bottom - top >= THICK + 1) continue;
    let darkest = 255;
    for (let row = top; row <= bottom; row++) darkest = Math.min(darkest, grey(x, row));
    if (light - darkest > INK_ON_LINE * depth + LEAST_DEPTH) continue;
    const [above, below] = beside(x, top - 2, bottom + 2);
    for (let row = Math.max(0, top - 1); row <= Math.min(height - 1, bottom + 1); row++) {
      const share = (row - top + 2) / (bottom - top + 4);
      to[row * width + x] = Math.round(above + (below - above) * share);
    }
  }
}

function negative({ width, height, pixels }: Raster): Raster {
  return { width, height, pixels: pixels.map((grey) => 255 - grey) };
}

function transposed({ width, height, pixels }: Raster): Raster {
  const turned = new Uint8Array(pixels.length);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) turned[x * height + y] = pixels[y * width + x] ?? 0;
  return { width: height, height: width, pixels: turned };
}
