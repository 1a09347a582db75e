// How filled-in practice sheets are read from made-up photos: printed, written on by hands from fonts that nobody was trained on,
// photographed at an angle, in uneven light, any way up.
//   npx tsx models/recipe/sheets/measure.ts [--each 20] [--save DIR]
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { shippedAlphabets } from '../../../src/alphabet/list.ts';
import { readBank } from '../../../src/dataset/bank.ts';
import { makeRandom } from '../../../src/random.ts';
import { GLYPH_SIZE, type Raster } from '../../../src/glyph/glyph.ts';
import { readPhoto } from '../../../src/glyph/read.ts';
import { greyPng } from '../../../src/report/png.ts';
import { planSheets, type Paper, type Sheet } from '../../../src/sheet/layout.ts';
import { blur } from '../scenes/camera.ts';
import type { Canvas } from '../scenes/canvas.ts';
import { makeLetters } from '../scenes/letters.ts';
import { fillIn, photographed, type CellTruth, type Pose } from './photo.ts';
import { printed } from './print.ts';

const SEED = 0x5ee7;

type Views = Readonly<Record<string, (next: () => number) => Pose>>;
const wide = { width: 1280, height: 960 };
const any = (turn: number, tilt: number, more: Partial<Pose> = {}): Pose => ({
  ...wide,
  turn,
  tilt,
  bend: 1,
  fill: 0.94,
  ...more,
});

/** Ways to look at a sheet: degrees from the side and turned, the share of the photo that it takes. */
export const views: Views = {
  'from above': (next) => any(90 * Math.floor(4 * next()) + 4 * (next() - 0.5), 5 * next()),
  'to 20 degrees': (next) => any(360 * next(), 5 + 15 * next()),
  'to 35 degrees': (next) => any(360 * next(), 20 + 15 * next()),
  'far away': (next) => any(360 * next(), 35 * next(), { fill: 0.75 }),
  'upside down, 35': (next) => any(180 + 20 * (next() - 0.5), 30 + 5 * next(), { width: 960, height: 1280 }),
  '12 megapixels': (next) => any(360 * next(), 35 * next(), { width: 4000, height: 3000, bend: 1.5 }),
  bent: (next) => any(360 * next(), 35 * next(), { bend: 2.5 }),
};

export interface Tally {
  photos: number;
  read: number;
  filled: number;
  /** Filled cells with the ink of that very cell. */
  right: number;
  lost: number;
  /** Filled in the answer, with other ink than that cell's. */
  wrong: number;
  empty: number;
  emptyTold: number;
  crossed: number;
  crossedTold: number;
  hidden: number;
  unread: string;
}

export const noTally = (): Tally => ({
  photos: 0,
  read: 0,
  filled: 0,
  right: 0,
  lost: 0,
  wrong: 0,
  empty: 0,
  emptyTold: 0,
  crossed: 0,
  crossedTold: 0,
  hidden: 0,
  unread: '',
});

/** Reads one photo and counts; what went wrong, by the places of its cells. */
export async function judge(
  photo: Raster,
  sheet: Sheet,
  truths: readonly CellTruth[],
  tally: Tally,
): Promise<readonly string[]> {
  const reading = await readPhoto(greyPng(photo.pixels, photo.width, photo.height));
  tally.photos++;
  if (reading.outcome !== 'sheet') {
    tally.unread += ` ${reading.outcome}`;
    return [reading.outcome];
  }
  tally.read++;
  return truths.flatMap(({ labelId, state, glyph }, place) => {
    const cell = reading.cells[place];
    if (cell === undefined || cell.labelId !== labelId || reading.alphabet !== sheet.alphabet)
      throw new Error('a code was read wrong');
    tally[state]++;
    if (cell.state === 'hidden') tally.hidden++;
    const mine = cell.state === 'filled' && glyph !== null && alike(cell.pixels, glyph) > 0.6;
    if (state === 'filled' && mine) tally.right++;
    else if (cell.state === 'filled') tally.wrong++;
    else if (state === 'filled') tally.lost++;
    if (state === 'empty' && cell.state === 'empty') tally.emptyTold++;
    if (state === 'crossed' && cell.state === 'crossed') tally.crossedTold++;
    const told = state === 'filled' ? mine : cell.state === state;
    return told
      ? []
      : [
          `${place}: ${state} as ${cell.state}${glyph !== null && cell.state === 'filled' ? ` ${alike(cell.pixels, glyph).toFixed(2)}` : ''}`,
        ];
  });
}

/** Correlation of two glyphs, seen a little blurred: a thin stroke is the same half a pixel beside itself. */
function alike(first: Uint8Array, second: Uint8Array): number {
  const [a, b] = [soft(first), soft(second)];
  const mean = (of: Float32Array): number => of.reduce((sum, each) => sum + each, 0) / of.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [(a[i] ?? 0) - meanA, (b[i] ?? 0) - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
}

function soft(glyph: Uint8Array): Float32Array {
  const grey = Float32Array.from(glyph);
  blur({ width: GLYPH_SIZE, height: GLYPH_SIZE, grey, ink: grey }, 2);
  return grey;
}

/** Sheets to print: all of two alphabets, a row, and what is scattered over an alphabet. */
export async function plans(): Promise<
  readonly { readonly sheet: Sheet; readonly blank: Canvas; readonly alphabet: (typeof shippedAlphabets)[number] }[]
> {
  const wanted: readonly (readonly [id: string, paper: Paper, take: (place: number) => boolean])[] = [
    ['hiragana', 'A4', (place) => place < 64],
    ['latin', 'Letter', (place) => place < 56],
    ['digits', 'A4', () => true],
    ['ukrainian', 'A4', (place) => place % 3 !== 1],
  ];
  return Promise.all(
    wanted.flatMap(([id, paper, take]) => {
      const alphabet = shippedAlphabets.find((each) => each.id === id);
      const ids = alphabet?.labels.filter((_, place) => take(place)).map((label) => label.id) ?? [];
      const [sheet] = alphabet === undefined ? [] : planSheets(alphabet, ids, paper);
      return alphabet === undefined || sheet === undefined
        ? []
        : [printed(sheet, alphabet).then((blank) => ({ sheet, blank, alphabet }))];
    }),
  );
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { each: { type: 'string', default: '20' }, save: { type: 'string' }, only: { type: 'string' } },
  });
  const sheets = await plans();
  const hands = await Promise.all(
    sheets.map(async ({ alphabet }) =>
      makeLetters([readBank(await readFile(new URL(`../../${alphabet.id}/bank.bin`, import.meta.url)))], 'test'),
    ),
  );
  if (values.save !== undefined) await mkdir(values.save, { recursive: true });
  const rows: Record<string, Tally> = {};
  for (const [kind, [view, pose]] of Object.entries(views).entries()) {
    if (values.only !== undefined && values.only !== view) continue;
    const tally = (rows[view] = noTally());
    for (let i = 0; i < Number(values.each); i++) {
      const random = makeRandom(SEED, kind, i);
      const at = i % sheets.length;
      const [plan, letters] = [sheets[at], hands[at]];
      if (plan === undefined || letters === undefined) continue;
      const { page, truths } = fillIn(plan.blank, plan.sheet, plan.alphabet, letters.hand(random), random);
      const photo = photographed(page, plan.sheet, pose(random.next), random);
      const problems = await judge(photo, plan.sheet, truths, tally);
      if (problems.length > 0) {
        const name = `${view.replaceAll(/\W+/gu, '-')}-${i}`;
        console.log(`${name} (${plan.alphabet.id}): ${problems.join('; ')}`);
        if (values.save !== undefined)
          await writeFile(join(values.save, `${name}.png`), greyPng(photo.pixels, photo.width, photo.height));
      }
    }
  }
  console.table(rows);
}

if (process.argv[1]?.endsWith('measure.ts') === true) await main();
