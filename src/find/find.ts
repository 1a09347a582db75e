// Where characters are in a picture, by the small network in models/finder/. The picture is looked at from far away first, which is quick
// and shows large characters whole; where what is seen there is small, again from near.
import { readFile } from 'node:fs/promises';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { inputOf, MULTIPLE, STEP } from './answer.ts';
import { boxesIn, withoutTwice, type Sighting } from './boxes.ts';

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Grey, row by row, 0 black … 255 white. */
  readonly pixels: Uint8Array;
}

/** Longer side of the picture, from far and from near. */
const FAR = 192;
const NEAR = 512;
/** What is smaller than this from far (pixels) is looked at from near. */
const SMALL = 22;
/** Less sure sightings are none. */
const LEAST = 0.2;

const MODEL = new URL('../../models/finder/model.onnx', import.meta.url);
let session: Promise<InferenceSession> | undefined;

/** One session a process: half a megabyte of weights, one thread. */
function open(): Promise<InferenceSession> {
  return (session ??= readFile(MODEL).then((bytes) =>
    InferenceSession.create(bytes, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      logSeverityLevel: 3,
      enableCpuMemArena: false,
    }),
  ));
}

/** Sightings of handwritten characters, the surest first; boxes in the picture's pixels. */
export async function findCharacters(picture: Picture): Promise<readonly Sighting[]> {
  const far = await look(picture, FAR);
  const scale = Math.min(1, FAR / Math.max(picture.width, picture.height));
  const sizes = far.map(({ box }) => scale * Math.max(box.width, box.height)).sort((a, b) => a - b);
  const middle = sizes[sizes.length >> 1] ?? 0;
  if (middle >= SMALL || scale === 1) return far;
  const near = await look(picture, NEAR);
  // Large ones are seen whole from far only.
  const large = far.filter(({ box }) => scale * Math.max(box.width, box.height) > FAR / 3);
  return withoutTwice([...large, ...near]);
}

/** Sightings at one size of the picture's longer side (smaller pictures are taken as they are). */
export async function look(picture: Picture, longer: number): Promise<readonly Sighting[]> {
  const small = shrunk(picture, longer);
  const [columns, rows] = [small.width, small.height].map((side) => Math.ceil(side / MULTIPLE) * MULTIPLE);
  if (columns === undefined || rows === undefined) return [];
  const network = await open();
  const glyph = new Tensor('float32', inputOf(small, columns, rows), [1, 1, rows, columns]);
  const { logits } = await network.run({ glyph });
  const scale = picture.width / small.width;
  const found = boxesIn(logits?.data as Float32Array, columns / STEP, rows / STEP, LEAST);
  return found.flatMap(({ box, sureness }) => {
    const [x, y] = [Math.max(0, box.x), Math.max(0, box.y)];
    const width = Math.min(small.width, box.x + box.width) - x;
    const height = Math.min(small.height, box.y + box.height) - y;
    if (width < 2 || height < 2) return [];
    return [{ box: { x: x * scale, y: y * scale, width: width * scale, height: height * scale }, sureness }];
  });
}

/** The picture with its longer side at most so long, each pixel the mean of those it stands for. */
export function shrunk({ width, height, pixels }: Picture, longer: number): Picture {
  const scale = Math.max(width, height) / longer;
  if (scale <= 1) return { width, height, pixels };
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
