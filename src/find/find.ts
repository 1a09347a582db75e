// Where characters are in a picture, by the small network in models/finder/. The picture is looked at from far away first, which is quick
// and shows large characters whole; where what is seen there is small, again from near.
import { readFile } from 'node:fs/promises';
import { InferenceSession, Tensor } from '../model/onnx/runtime.ts';
import { OperationalError } from '../errors.ts';
import { inputOf, MULTIPLE, STEP } from './answer.ts';
import { boxesIn, sizeOf, withoutTwice, withPrintMarked, type Place, type Sighting } from './boxes.ts';

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Grey, row by row, 0 black … 255 white. */
  readonly pixels: Uint8Array;
}

/** The longer and the shorter side of the picture are at most this, from far and from near; photos of 3 : 4 fill both. */
const FAR = { longer: 256, shorter: 192 } as const;
const NEAR = { longer: 512, shorter: 384 } as const;
/** Sightings this sure tell how large the characters are; so many are writing. */
const SURE = 0.22;
const SEVERAL = 3;
/**
 * Where they are smaller than this (pixels of their longer side), the picture is looked at again from so near that they are this large. The
 * characters of a word touch more often than those of lines, which shows from nearer.
 */
const FOR = {
  text: { small: 18, best: 22 },
  word: { small: 26, best: 32 },
} as const;
/** So many at most, the largest no more than so many times as large as the smallest, are a word. */
const A_WORD = 12;
const ALIKE = 2.5;
/** No picture is looked at in more than so many times its size. */
const LARGEST = 2;
/** From near nothing is seen whole that is larger than this share of the picture's longer side. */
const LARGE = 1 / 3;
/** Less sure sightings are none. */
const LEAST = 0.05;
/** A printed character is counted from this sureness on. */
const PRINTED = 0.6;

const MODEL = new URL('../../models/finder/model.onnx', import.meta.url);
let session: Promise<InferenceSession> | undefined;

/** One session a process: half a megabyte of weights, one thread. Opened here before it is needed, or when it is. */
export function openFinder(): Promise<InferenceSession> {
  return (session ??= load(MODEL).catch((error: unknown) => {
    session = undefined;
    throw error;
  }));
}

/** Throws OperationalError where the file is missing or damaged. */
export async function load(model: URL): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(await readFile(model), {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      logSeverityLevel: 3,
      enableCpuMemArena: false,
    });
  } catch (cause) {
    throw new OperationalError(
      `the finder ${model.pathname} cannot be opened: restore it from the release, or make it again with npm run seed -- --finder`,
      { cause },
    );
  }
}

/**
 * Sightings of characters, the surest first, those that look like print marked; boxes in the picture's pixels. Small characters are
 * seen best at one size: what is seen first tells from how near the picture is to be looked at. `closer`: a larger picture of the same photo.
 */
export async function findCharacters(
  picture: Picture,
  closer?: () => Promise<Picture | null>,
): Promise<readonly Sighting[]> {
  let seen = await look(picture, FAR);
  let scale = scaleIn(picture, FAR);
  if (scale < 1 && !handsOf(seen).some(isSure)) {
    const near = await look(picture, NEAR);
    // One or two that are only seen from near are specks more often than writing.
    if (near.filter(isSure).length < SEVERAL) return seen;
    [seen, scale] = [withLarge(picture, seen, near), scaleIn(picture, NEAR)];
  }
  const sure = handsOf(seen.filter(isSure));
  const size = middleSize(sure);
  const { small, best } = isWord(sure) ? FOR.word : FOR.text;
  if (size === 0 || size * scale >= small) return seen;
  const wanted = Math.min(best / size, LARGEST);
  const close = wanted > 1 ? ((await closer?.()) ?? picture) : picture;
  const times = close.width / picture.width;
  const nearer = Math.min(times, wanted);
  if (nearer < 1.1 * scale) return seen;
  const again = await look(close, roomOf(close, nearer / times));
  return withLarge(
    picture,
    seen,
    again.map((each) => ({ ...each, box: smaller(each.box, times) })),
  );
}

/** Those of a hand; where there are none, all: a neat hand looks like print from far away. */
function handsOf(seen: readonly Sighting[]): readonly Sighting[] {
  const own = seen.filter(({ print }) => print === undefined);
  return own.some(isSure) ? own : seen;
}

/** A few of about one size. */
function isWord(sure: readonly Sighting[]): boolean {
  const sizes = sure.map(({ box }) => sizeOf(box));
  return sure.length >= SEVERAL && sure.length <= A_WORD && Math.max(...sizes) <= ALIKE * Math.min(...sizes);
}

const isSure = ({ sureness }: Sighting): boolean => sureness >= SURE;

function middleSize(seen: readonly Sighting[]): number {
  const sizes = seen.map(({ box }) => sizeOf(box)).sort((a, b) => a - b);
  return sizes[sizes.length >> 1] ?? 0;
}

/** What was seen from nearer, and from before what is too large to be seen whole there. */
function withLarge(picture: Picture, before: readonly Sighting[], nearer: readonly Sighting[]): readonly Sighting[] {
  const large = LARGE * Math.max(picture.width, picture.height);
  return withoutTwice([...before.filter(({ box }) => sizeOf(box) > large), ...nearer]);
}

const smaller = ({ x, y, width, height }: Place, times: number): Place => ({
  x: x / times,
  y: y / times,
  width: width / times,
  height: height / times,
});

/** How many printed characters there are, about: who found no writing may say why. */
export async function countPrinted(picture: Picture): Promise<number> {
  return (await look(picture, NEAR, PRINTED)).filter(({ print }) => print === true).length;
}

/** Sightings of at least this sureness in the picture made so small (smaller pictures are taken as they are). */
export async function look(picture: Picture, room: Room, least: number = LEAST): Promise<readonly Sighting[]> {
  const small = shrunk(picture, room);
  const [columns, rows] = [small.width, small.height].map((side) => Math.ceil(side / MULTIPLE) * MULTIPLE);
  if (columns === undefined || rows === undefined) return [];
  const network = await openFinder();
  const glyph = new Tensor('float32', inputOf(small, columns, rows), [1, 1, rows, columns]);
  const { logits } = await network.run({ glyph });
  const scale = picture.width / small.width;
  const found = withPrintMarked(boxesIn(logits?.data as Float32Array, columns / STEP, rows / STEP, least));
  return found.flatMap(({ box, ...rest }) => {
    const [x, y] = [Math.max(0, box.x), Math.max(0, box.y)];
    const width = Math.min(small.width, box.x + box.width) - x;
    const height = Math.min(small.height, box.y + box.height) - y;
    if (width < 2 || height < 2) return [];
    return [{ ...rest, box: { x: x * scale, y: y * scale, width: width * scale, height: height * scale } }];
  });
}

interface Room {
  readonly longer: number;
  readonly shorter: number;
}

const roomOf = ({ width, height }: Picture, scale: number): Room => ({
  longer: scale * Math.max(width, height),
  shorter: scale * Math.min(width, height),
});

/** At what share of its size the picture is looked at in the room. */
const scaleIn = (picture: Picture, room: Room): number => Math.min(1, 1 / shrinkage(picture, room));

/** How many times as large as the room the picture is. */
function shrinkage({ width, height }: Picture, { longer, shorter }: Room): number {
  return Math.max(Math.max(width, height) / longer, Math.min(width, height) / shorter);
}

/** The picture made small enough for the room, each pixel the mean of those it stands for. */
export function shrunk(picture: Picture, room: Room): Picture {
  const { width, height, pixels } = picture;
  const scale = shrinkage(picture, room);
  if (scale <= 1) return picture;
  const [wide, high] = [Math.max(1, Math.round(width / scale)), Math.max(1, Math.round(height / scale))];
  const sums = new Float32Array(wide * high);
  const counts = new Float32Array(wide * high);
  const columns = Int32Array.from({ length: width }, (_, x) => Math.min(wide - 1, Math.floor((x * wide) / width)));
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.min(high - 1, Math.floor((y * high) / height)) * wide;
    for (let x = 0; x < width; x++, i++) {
      const at = row + (columns[x] ?? 0);
      sums[at] = (sums[at] ?? 0) + (pixels[i] ?? 0);
      counts[at] = (counts[at] ?? 0) + 1;
    }
  }
  const small = new Uint8Array(wide * high);
  for (let i = 0; i < small.length; i++) small[i] = (sums[i] ?? 0) / Math.max(1, counts[i] ?? 1) + 0.5;
  return { width: wide, height: high, pixels: small };
}
