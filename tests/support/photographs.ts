// Made-up photographs of a few kinds of things, told apart by shape and colour and each a little different: what tests of picture alphabets
// teach and send.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { makeRandom } from '../../src/random.ts';

/** What there is, and how it is drawn into a field of 100. */
const things: Readonly<Record<string, (hue: number) => string>> = {
  'Red Ball': (hue) =>
    `<circle cx="50" cy="50" r="34" fill="hsl(${hue % 12},85%,45%)"/><circle cx="40" cy="38" r="8" fill="#fff"/>`,
  'Blue Stripes': (hue) =>
    [10, 30, 50, 70, 90]
      .map((x) => `<rect x="${x - 5}" y="0" width="10" height="100" fill="hsl(${220 + (hue % 12)},80%,40%)"/>`)
      .join(''),
  'Green Star': (hue) =>
    `<path d="M50 8L61 38L94 38L67 58L77 90L50 70L23 90L33 58L6 38L39 38Z" fill="hsl(${120 + (hue % 12)},70%,35%)"/>`,
};
export const thingNames: readonly string[] = Object.keys(things);

/** A JPEG of one of them, another for every seed. */
export async function photograph(thing: string, seed: number): Promise<Buffer> {
  const random = makeRandom(seed, thing.length);
  const part = (from: number, to: number): number => from + random.below(1000) * ((to - from) / 1000);
  const [width, height] = [320 + random.below(80), 300];
  const ground = `hsl(${random.below(360)},15%,${70 + random.below(20)}%)`;
  const place = `translate(${part(30, 70)} ${part(10, 40)}) scale(${part(2.1, 2.6)}) rotate(${part(-12, 12)} 50 50)`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="${ground}"/><g transform="${place}">${things[thing]?.(random.below(360)) ?? ''}</g></svg>`;
  return sharp(Buffer.from(svg))
    .blur(part(0.4, 1.4))
    .jpeg({ quality: 85 })
    .withExif({ IFD0: { Artist: 'Ann' } })
    .toBuffer();
}

/** One folder a thing, so many photographs in each. */
export async function writePhotographs(folder: string, each: number, seed = 0): Promise<void> {
  for (const thing of thingNames) {
    await mkdir(join(folder, thing), { recursive: true });
    for (let i = 0; i < each; i++) await writeFile(join(folder, thing, `${i}.jpg`), await photograph(thing, seed + i));
  }
}
