// What strangers' files do to the processes that open photos, and what ten thousand photos leave behind: `npm run -s bench -- hostile`, some
// minutes. The longest file is wall time of a busy machine; memory is the app's and its readers' together.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import sharp, { type Sharp } from 'sharp';
import { makePhotoReaders, type PhotoReaders } from '../../src/glyph/pool.ts';
import { makeLog } from '../../src/log.ts';
import { makeRandom, type Random } from '../../src/random.ts';
import { pdfOf } from '../support/pdf.ts';
import { drawSeven } from '../support/pictures.ts';
import type { Figure } from './main.ts';

const FILES = 2000;
const PHOTOS = 10_000;
const SETTLED = 1000;

export async function benchHostile(): Promise<readonly Figure[]> {
  return [...(await strangers()), ...(await endurance()), ...(await beside())];
}

/** Random bytes, and pictures of every format with bytes changed, cut out, doubled or missing at the end. */
async function strangers(): Promise<readonly Figure[]> {
  const readers = makePhotoReaders({ log: makeLog('silent') });
  const random = makeRandom(0xbad);
  const seeds = await seedsOf();
  let [longest, most, lost] = [0, 0, 0];
  const seen: Record<string, number> = {};
  const look = setInterval(() => (most = Math.max(most, ...readerMemory())), 100);
  for (let i = 0; i < FILES; i++) {
    const bytes = i % 10 === 0 ? noise(random) : mutated(seeds[i % seeds.length] ?? noise(random), random);
    const began = performance.now();
    const stack = bytes.subarray(0, 5).equals(Buffer.from('%PDF-'));
    const how = await (stack ? readers.unstack(bytes) : readers.read(bytes)).catch(() => null);
    longest = Math.max(longest, performance.now() - began);
    if (how === null) lost++;
    seen[how?.outcome ?? 'lost'] = (seen[how?.outcome ?? 'lost'] ?? 0) + 1;
  }
  clearInterval(look);
  const after = await readers.read(seeds[0] ?? Buffer.alloc(0));
  readers.close();
  console.error(seen);
  return [
    { name: `strangers: ${FILES} random and mutated files, the longest`, value: longest, unit: 'ms' },
    { name: 'strangers: the largest reader', value: most / 1e6, unit: 'MB' },
    { name: 'strangers: files without an answer', value: lost, unit: 'files' },
    { name: 'strangers: a photo afterwards is read', value: after.outcome === 'glyphs' ? 1 : 0, unit: '' },
  ];
}

async function endurance(): Promise<readonly Figure[]> {
  const readers = makePhotoReaders({ log: makeLog('silent') });
  const photos = await Promise.all([200, 260, 320].map((size) => jpegOf(size)));
  const memory = (): number => process.memoryUsage.rss() + readerMemory().reduce((sum, each) => sum + each, 0);
  await many(readers, photos, SETTLED);
  const settled = memory();
  await many(readers, photos, PHOTOS - SETTLED);
  const grown = memory() - settled;
  readers.close();
  return [
    { name: `memory after ${SETTLED} photos, app and readers`, value: settled / 1e6, unit: 'MB' },
    { name: `memory: growth over ${PHOTOS - SETTLED} more`, value: grown / 1e6, unit: 'MB' },
  ];
}

/** What a second process brings. */
async function beside(): Promise<readonly Figure[]> {
  const photos = [await jpegOf(1280)];
  const rate = async (count: number): Promise<number> => {
    const readers = makePhotoReaders({ log: makeLog('silent'), readers: count });
    await many(readers, photos, 40);
    const began = performance.now();
    await many(readers, photos, 200);
    readers.close();
    return 200_000 / (performance.now() - began);
  };
  const [one, two] = [await rate(1), await rate(2)];
  return [
    { name: 'readers: photos of 1280 × 960, one process', value: one, unit: 'photos/s' },
    { name: 'readers: two processes against one', value: two / one, unit: 'times' },
  ];
}

async function many(readers: PhotoReaders, photos: readonly Uint8Array[], count: number): Promise<void> {
  let left = count;
  const lane = async (): Promise<void> => {
    while (left-- > 0) await readers.read(photos[left % photos.length] ?? new Uint8Array());
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
}

/** Resident bytes of the processes that this one started; Linux alone tells. */
function readerMemory(): readonly number[] {
  const children = execFileSync('ps', ['-o', 'rss=,comm=', '--ppid', String(process.pid)], { encoding: 'utf8' });
  return children
    .split('\n')
    .filter((line) => line.includes('node'))
    .map((line) => 1024 * Number(/\d+/.exec(line)?.[0]));
}

async function jpegOf(width: number): Promise<Buffer> {
  const height = Math.round(0.75 * width);
  const { pixels } = drawSeven({ width, height, x: 0.35 * width, y: 0.2 * height, size: 0.6 * height });
  return sharp(pixels, { raw: { width, height, channels: 1 } })
    .jpeg()
    .toBuffer();
}

async function seedsOf(): Promise<readonly Buffer[]> {
  const jpeg = await jpegOf(640);
  const as = (picture: (from: Sharp) => Sharp): Promise<Buffer> => picture(sharp(jpeg)).toBuffer();
  return [
    jpeg,
    await as((each) => each.png()),
    await as((each) => each.webp()),
    await as((each) => each.gif()),
    await as((each) => each.tiff()),
    await as((each) => each.avif()),
    await as((each) => each.jpeg({ progressive: true })),
    await as((each) => each.png({ progressive: true })),
    await pdfOf([jpeg, 'words']),
    readFileSync(new URL('../../bots/web/page/icon.svg', import.meta.url)),
  ];
}

function noise(random: Random): Buffer {
  return Buffer.from(Uint8Array.from({ length: 1 + random.below(20_000) }, () => random.below(256)));
}

function mutated(from: Buffer, random: Random): Buffer {
  const bytes = Buffer.from(from);
  for (let times = 1 + random.below(30); times > 0; times--) {
    // Headers are where the damage is done.
    const place = random.below(random.chance(0.5) ? Math.min(400, bytes.length) : bytes.length);
    bytes[place] = random.chance(0.3) ? 0xff : random.below(256);
  }
  const [from1, to1] = [random.below(bytes.length), random.below(bytes.length)];
  switch (random.below(4)) {
    case 0:
      return bytes.subarray(0, Math.max(8, from1));
    case 1:
      return Buffer.concat([bytes.subarray(0, from1), bytes.subarray(to1)]);
    case 2:
      return Buffer.concat([bytes, bytes.subarray(Math.min(from1, to1), Math.max(from1, to1))]);
    default:
      return bytes;
  }
}
