// A picture of what synthesis makes, for the documentation and for whoever looks for what is wrong with it.
import sharp from 'sharp';
import { readBank } from '../../src/dataset/bank.ts';
import { makeRandom } from '../../src/random.ts';
import { makeSynthesiser } from '../../src/dataset/synthesiser.ts';

const ROWS = 16;
const COLUMNS = 24;
const GAP = 2;

/** A row a label (some of them where there are many), the last row what is no character; PNG. */
export async function drawSheet(bank: Uint8Array, size: number): Promise<Uint8Array> {
  const synthesiser = makeSynthesiser(readBank(bank), 'train', { size });
  const { labels } = synthesiser;
  const rows = Math.min(ROWS - 1, labels.length);
  const shown = [
    ...Array.from({ length: rows }, (_, row) => labels[Math.floor((row * labels.length) / rows)] ?? 0),
    null,
  ];
  const cell = size + GAP;
  const [width, height] = [COLUMNS * cell, shown.length * cell];
  const picture = new Uint8Array(width * height).fill(255);
  for (const [row, label] of shown.entries()) {
    for (let column = 0; column < COLUMNS; column++) {
      const glyph = synthesiser.draw(label, makeRandom(0x5ee7, row, column));
      for (let i = 0; i < glyph.length; i++) {
        const [x, y] = [column * cell + (i % size), row * cell + Math.floor(i / size)];
        picture[y * width + x] = 255 - (glyph[i] ?? 0);
      }
    }
  }
  return sharp(picture, { raw: { width, height, channels: 1 } })
    .png({ palette: true, colours: 16 })
    .toBuffer();
}
