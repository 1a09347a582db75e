// A photo of a filled practice sheet of digits, made up: the hand is a font's that nobody was trained on.
import { readFileSync } from 'node:fs';
import { makeLetters } from '../../models/recipe/scenes/letters.ts';
import { fillIn, photographed } from '../../models/recipe/sheets/photo.ts';
import { printed } from '../../models/recipe/sheets/print.ts';
import { digits } from '../../src/alphabet/digits.ts';
import { readBank } from '../../src/dataset/bank.ts';
import { makeRandom } from '../../src/random.ts';
import { greyPng } from '../../src/report/png.ts';
import { planSheets } from '../../src/sheet/layout.ts';

/** PNG of a photo of a sheet for these digits; some of its cells are empty, some crossed out. */
export async function filledSheet(texts: readonly string[], seed = 1): Promise<Uint8Array> {
  const ids = digits.labels.filter(({ text }) => texts.includes(text)).map(({ id }) => id);
  const [sheet] = planSheets(digits, ids, 'A4');
  if (sheet === undefined) throw new RangeError('a sheet needs labels');
  const bank = readBank(readFileSync(new URL('../../models/digits/bank.bin', import.meta.url)));
  const random = makeRandom(0x7e57, seed);
  const hand = makeLetters([bank], 'test').hand(random);
  const { page } = fillIn(await printed(sheet, digits), sheet, digits, hand, random);
  const pose = { width: 1280, height: 960, tilt: 20, turn: 93, bend: 0.5, fill: 0.94 };
  const { pixels, width, height } = photographed(page, sheet, pose, random);
  return greyPng(pixels, width, height);
}
