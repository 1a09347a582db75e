// A picture of how photographs are changed while a small network learns from them, for the documentation: drawn things, each as it is and as it is
// shown. `npx tsx models/recipe/photo-changes.ts docs/pictures/photo-changes.png`
import { writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { augmentPhoto, USUAL_PHOTO_CHANGES } from '../../src/dataset/augment-photo.ts';
import { squareOf } from '../../src/glyph/picture.ts';
import { colourSight } from '../../src/backbone/colours.ts';
import { makeRandom } from '../../src/random.ts';

const COLUMNS = 12;
const GAP = 3;

/** Into a field of 100. */
const petals = Array.from(
  { length: 8 },
  (_, i) => `<ellipse cx="50" cy="26" rx="9" ry="20" fill="#d8456b" transform="rotate(${45 * i} 50 50)"/>`,
).join('');
const drawn = [
  `<rect width="100" height="100" fill="#8fb56f"/><rect x="47" y="50" width="5" height="50" fill="#2f6b34"/>${petals}<circle cx="50" cy="50" r="11" fill="#f3c63f"/>`,
  '<rect width="100" height="100" fill="#bcd6ea"/><rect y="70" width="100" height="30" fill="#6f9a57"/><rect x="24" y="42" width="44" height="38" fill="#c98b5b"/><path d="M18 44L46 18L74 44Z" fill="#7a3328"/><rect x="52" y="58" width="11" height="22" fill="#4a2d1c"/><rect x="30" y="52" width="13" height="12" fill="#e9efd9"/>',
  '<rect width="100" height="100" fill="#d9cfc0"/><path d="M26 40h38v26a14 14 0 0 1-14 14h-10a14 14 0 0 1-14-14Z" fill="#2d5f8f"/><path d="M64 46h8a9 9 0 0 1 0 20h-8" fill="none" stroke="#2d5f8f" stroke-width="6"/><path d="M36 34q6-8 0-16M50 34q6-8 0-16" fill="none" stroke="#fff" stroke-width="3"/>',
];

const { length, see } = await colourSight();
const side = Math.sqrt(length / 3);
const cell = side + GAP;
const tiles = await Promise.all(
  drawn.flatMap(async (things, row) => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="192" height="192" viewBox="0 0 100 100">${things}</svg>`;
    const file = await sharp(Buffer.from(svg)).jpeg().toBuffer();
    const [planes = new Uint8Array()] = await see([file]);
    const shown = Array.from({ length: COLUMNS - 1 }, (_, column) => {
      const out = new Float32Array(length);
      augmentPhoto(planes, side, makeRandom(0x5ee7, row, column), { ...USUAL_PHOTO_CHANGES, mirror: true }, out, 0);
      return Uint8Array.from({ length }, (__, i) =>
        Math.round(255 * (out[(i % 3) * side * side + Math.floor(i / 3)] ?? 0)),
      );
    });
    return [await squareOf(file, side), ...shown].map((input, column) => ({
      input: Buffer.from(input),
      raw: { width: side, height: side, channels: 3 as const },
      left: column * cell,
      top: row * cell,
    }));
  }),
);
const [width, height] = [COLUMNS * cell - GAP, drawn.length * cell - GAP];
const sheet = sharp({ create: { width, height, channels: 3, background: '#fff' } }).composite(tiles.flat());
await writeFile(process.argv[2] ?? 'photo-changes.png', await sheet.png({ palette: true, colours: 128 }).toBuffer());
