// A picture of the shapes of hands.ts, for the documentation and for whoever looks for what is wrong with them.
//   npx tsx models/recipe/hands-sheet.ts <alphabet> <out.png> [first hand]
import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { shippedAlphabets } from '../../src/alphabet/list.ts';
import { writeHands } from './hands.ts';

const SIDE = 64;
const CELL = SIDE + 8;
const COLUMNS = 24;

const [id, out, hand] = process.argv.slice(2);
const alphabet = shippedAlphabets.find((each) => each.id === id);
if (alphabet === undefined || out === undefined) throw new RangeError('usage: hands-sheet.ts <alphabet> <out.png>');
// Each shape in two hands, upright and slanted.
const [upright, slanted] = writeHands(alphabet, SIDE).slice(Number(hand ?? 0));
const cells = (upright?.written ?? []).flatMap((each, i) => [each, slanted?.written[i] ?? each]);
const [width, height] = [COLUMNS * CELL, Math.ceil(cells.length / COLUMNS) * CELL];
const picture = new Uint8Array(width * height).fill(255);
for (const [i, { rendering }] of cells.entries()) {
  const [left, top] = [(i % COLUMNS) * CELL + 4, Math.floor(i / COLUMNS) * CELL + 4];
  for (const [at, bit] of rendering.bits.entries()) {
    if (bit === 1) picture[(top + Math.floor(at / SIDE)) * width + left + (at % SIDE)] = 0;
  }
}
await writeFile(
  out,
  await sharp(picture, { raw: { width, height, channels: 1 } })
    .png({ palette: true, colours: 2 })
    .toBuffer(),
);
