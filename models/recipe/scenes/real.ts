// How much is found of real people's characters (public sets) on made-up pages, photographed: what fonts in made-up scenes do not show.
//   npx tsx models/recipe/scenes/real.ts --data DIR [--each 21] [--kinds words,lines] [--tight PIXELS]
// With --tight each picture is cut out so closely around its writing.
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { overlapOf } from '../../../src/glyph/crop.ts';
import { GLYPH_SIZE, MOST_GLYPHS, type Box } from '../../../src/glyph/glyph.ts';
import { matched } from '../../../src/glyph/matched.ts';
import { readPhoto } from '../../../src/glyph/read.ts';
import { makeRandom, type Random } from '../../../src/random.ts';
import { readSet, setsOf } from '../sets.ts';
import { percent } from './found.ts';

const [WIDTH, HEIGHT] = [1280, 960];
const SETS = /^(?:mnist|comnist|omniglot)/u;
/** Characters of a set; ink from this level on is theirs. */
const PER_SET = 800;
const INK = 90;

interface Character {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
}

interface Paper {
  readonly random: Random;
  readonly dark: boolean;
  /** Any of the set's. */
  draw(): Character;
  /** So large its longer side, around a place. */
  put(character: Character, x: number, y: number, size: number): void;
  line(fromX: number, fromY: number, toX: number, toY: number, wide: number): void;
}

/** Puts a line of characters side by side until the end; `gap` in sizes. */
function row(
  { random, draw, put }: Paper,
  from: number,
  until: number,
  y: number,
  size: number,
  gap: () => number,
): void {
  for (let x = from; ;) {
    const character = draw();
    const wide = (character.width * size) / Math.max(character.width, character.height);
    if (x + wide > until) return;
    put(character, x + wide / 2, y, size * random.between(0.88, 1));
    x += wide + size * gap();
  }
}

const lines = (paper: Paper, least: number, most: number, apart: number): void => {
  const size = paper.random.between(least, most);
  for (let y = 1.5 * size; y < HEIGHT - 1.5 * size; y += apart * size)
    row(paper, 80, WIDTH - 80, y, size, () => paper.random.between(0.1, 0.3) + (paper.random.chance(0.15) ? 0.6 : 0));
};

const word = (paper: Paper, least: number, most: number): void => {
  const { random } = paper;
  const [size, x] = [random.between(60, 150), random.between(60, 180)];
  row(paper, x, x + (4 + random.below(4)) * size, random.between(200, 760), size, () => random.between(least, most));
};

const kinds: Readonly<Record<string, (paper: Paper) => void>> = {
  one: ({ random, draw, put }) =>
    put(draw(), random.between(300, 980), random.between(250, 710), random.between(50, 400)),
  few: ({ random, draw, put }) => {
    const [count, size] = [2 + random.below(2), random.between(50, 300)];
    const apart = size * random.between(1.1, Math.min(1.9, 1100 / (count * size)));
    const y = random.between(200, 760);
    for (let k = 0; k < count; k++)
      put(draw(), WIDTH / 2 + (k - (count - 1) / 2) * apart, y, size * random.between(0.85, 1));
  },
  cells: (paper) => {
    const { random, line, draw, put } = paper;
    const [count, side, y, wide] = [
      3 + random.below(5),
      random.between(90, 150),
      random.between(200, 700),
      random.between(2, 5),
    ];
    const left = (WIDTH - count * side) / 2;
    for (let k = 0; k <= count; k++) line(left + k * side, y, left + k * side, y + side, wide);
    for (const down of [0, side]) line(left, y + down, left + count * side, y + down, wide);
    const stray = (): number => random.between(-0.08, 0.08) * side;
    for (let k = 0; k < count; k++)
      put(draw(), left + (k + 0.5) * side + stray(), y + side / 2 + stray(), side * random.between(0.5, 0.75));
  },
  table: ({ random, line, draw, put }) => {
    const [side, wide] = [random.between(330, 480), random.between(2, 6)];
    const [left, top] = [WIDTH, HEIGHT].map((length) => (length - side) / 2 + random.between(-60, 60)) as [
      number,
      number,
    ];
    for (let k = -3; k <= 4; k++) {
      line(left + k * side, 0, left + k * side, HEIGHT, wide);
      line(0, top + k * side, WIDTH, top + k * side, wide);
    }
    for (let u = -2; u <= 2; u++) {
      for (let v = -1; v <= 1; v++) {
        if (u !== 0 || v !== 0 ? random.chance(0.4) : false) continue;
        put(draw(), left + (u + 0.5) * side, top + (v + 0.5) * side, side * random.between(0.45, 0.7));
      }
    }
  },
  words: (paper) => word(paper, 0.08, 0.25),
  touching: (paper) => word(paper, -0.06, 0.02),
  lines: (paper) => lines(paper, 60, 90, 3),
  pages: (paper) => lines(paper, 54, 66, 2.5),
  grid: ({ random, draw, put }) => {
    const [columns, rows] = [3 + random.below(5), 2 + random.below(3)];
    const pitch = Math.min(WIDTH / columns, HEIGHT / rows) * 0.9;
    const at = (length: number, count: number, k: number): number =>
      (length - count * pitch) / 2 + (k + 0.5 + random.between(-0.1, 0.1)) * pitch;
    for (let u = 0; u < columns; u++)
      for (let v = 0; v < rows; v++)
        put(draw(), at(WIDTH, columns, u), at(HEIGHT, rows, v), pitch * random.between(0.35, 0.6));
  },
};

/** Draws a character in ink around a place; where its ink is, or null where some of it lies beyond the page. */
function write(
  grey: Float32Array,
  { pixels, width, height }: Character,
  at: { readonly x: number; readonly y: number; readonly size: number },
  ink: number,
): Box | null {
  const scale = at.size / Math.max(width, height);
  const [left, top] = [at.x - (width * scale) / 2, at.y - (height * scale) / 2];
  const level = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : (pixels[y * width + x] ?? 0) / 255;
  let [fromX, fromY, toX, toY, isWhole] = [WIDTH, HEIGHT, -1, -1, true];
  for (let y = Math.floor(top); y < top + height * scale; y++) {
    for (let x = Math.floor(left); x < left + width * scale; x++) {
      const [u, v] = [(x - left) / scale - 0.5, (y - top) / scale - 0.5];
      const [column, line] = [Math.floor(u), Math.floor(v)];
      const [p, q] = [u - column, v - line];
      const upper = (1 - p) * level(column, line) + p * level(column + 1, line);
      const lower = (1 - p) * level(column, line + 1) + p * level(column + 1, line + 1);
      const cover = Math.min(1, Math.max(0, 2 * ((1 - q) * upper + q * lower - 0.25)));
      if (cover === 0) continue;
      if (x < 0 || y < 0 || x >= WIDTH || y >= HEIGHT) {
        isWhole &&= cover <= 0.5;
        continue;
      }
      if (cover > 0.5)
        [fromX, fromY, toX, toY] = [Math.min(fromX, x), Math.min(fromY, y), Math.max(toX, x), Math.max(toY, y)];
      const place = y * WIDTH + x;
      grey[place] = (grey[place] ?? 0) * (1 - cover) + ink * cover;
    }
  }
  return isWhole && toX > fromX ? { x: fromX, y: fromY, width: toX - fromX + 1, height: toY - fromY + 1 } : null;
}

/** A photo of the page, and where its characters are; those that its borders cut off are none. */
async function photograph(
  kind: (paper: Paper) => void,
  set: readonly Character[],
  random: Random,
): Promise<{ readonly jpeg: Buffer; readonly boxes: readonly Box[] }> {
  const dark = random.chance(0.2);
  const level = dark ? random.between(30, 70) : random.between(150, 240);
  const ink = dark ? random.between(180, 240) : level * random.between(0.1, 0.55);
  const [slopeX, slopeY] = [random.between(-0.25, 0.25), random.between(-0.25, 0.25)];
  const grey = Float32Array.from({ length: WIDTH * HEIGHT }, (_, i) => {
    return level * (1 + slopeX * ((i % WIDTH) / WIDTH - 0.5) + slopeY * (Math.floor(i / WIDTH) / HEIGHT - 0.5));
  });
  const boxes: Box[] = [];
  const shade = dark ? 1.5 : random.between(0.3, 0.85);
  kind({
    random,
    dark,
    draw: () => set[random.below(set.length)] ?? { pixels: new Uint8Array(), width: 1, height: 1 },
    put(character, x, y, size) {
      const box = write(grey, character, { x, y, size }, ink);
      if (box !== null) boxes.push(box);
    },
    line(fromX, fromY, toX, toY, wide) {
      const [right, down] = fromX === toX ? [wide, toY - fromY] : [toX - fromX, wide];
      for (let y = Math.max(0, Math.round(fromY)); y < Math.min(HEIGHT, Math.round(fromY + down)); y++)
        for (let x = Math.max(0, Math.round(fromX)); x < Math.min(WIDTH, Math.round(fromX + right)); x++)
          grey[y * WIDTH + x] = shade * (grey[y * WIDTH + x] ?? 0);
    },
  });
  const grain = random.between(2, 9);
  const pixels = Uint8Array.from(grey, (each) => Math.max(0, Math.min(255, each + grain * random.normal())));
  const jpeg = await sharp(pixels, { raw: { width: WIDTH, height: HEIGHT, channels: 1 } })
    .blur(random.between(0.5, 1.5))
    .jpeg({ quality: 80 })
    .toBuffer();
  return { jpeg, boxes };
}

/** The picture so closely around its writing, and the boxes in it. */
async function tightly(jpeg: Buffer, boxes: readonly Box[], margin: number): ReturnType<typeof photograph> {
  const [left, top] = [
    Math.max(0, Math.min(...boxes.map(({ x }) => x)) - margin),
    Math.max(0, Math.min(...boxes.map(({ y }) => y)) - margin),
  ];
  const [right, bottom] = [
    Math.min(WIDTH, Math.max(...boxes.map(({ x, width }) => x + width)) + margin),
    Math.min(HEIGHT, Math.max(...boxes.map(({ y, height }) => y + height)) + margin),
  ];
  const part = await sharp(jpeg)
    .extract({ left, top, width: right - left, height: bottom - top })
    .jpeg({ quality: 85 })
    .toBuffer();
  return { jpeg: part, boxes: boxes.map((box) => ({ ...box, x: box.x - left, y: box.y - top })) };
}

/** The glyph's ink alone; null where there is hardly any. */
function trimmed(glyph: Uint8Array): Character | null {
  const places = [...glyph.keys()].filter((place) => (glyph[place] ?? 0) > INK);
  const [columns, rows] = [
    places.map((place) => place % GLYPH_SIZE),
    places.map((place) => Math.floor(place / GLYPH_SIZE)),
  ];
  const [left, top] = [Math.min(...columns), Math.min(...rows)];
  const [width, height] = [Math.max(...columns) - left + 1, Math.max(...rows) - top + 1];
  if (places.length === 0 || width < 2 || height < 2) return null;
  const pixels = Uint8Array.from({ length: width * height }, (_, i) => {
    return glyph[(top + Math.floor(i / width)) * GLYPH_SIZE + left + (i % width)] ?? 0;
  });
  return { pixels, width, height };
}

async function readSets(folder: string): Promise<readonly (readonly Character[])[]> {
  const uses = new Map(
    Object.values(setsOf).flatMap((list) =>
      list.flatMap((use) => (SETS.test(use.name) ? [[use.name, use] as const] : [])),
    ),
  );
  const sets: Character[][] = [];
  for (const [place, use] of [...uses.values()].entries()) {
    const samples = await readSet(folder, use, GLYPH_SIZE);
    const random = makeRandom(5, place);
    const some = samples.filter(() => random.chance(PER_SET / samples.length));
    sets.push(some.flatMap(({ glyph }) => (glyph === null ? [] : (trimmed(glyph) ?? []))));
  }
  return sets;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      each: { type: 'string', default: '21' },
      kinds: { type: 'string', default: Object.keys(kinds).join(',') },
      tight: { type: 'string' },
    },
  });
  if (values.data === undefined) throw new RangeError('--data DIR: the folder of the public sets');
  const sets = await readSets(values.data);
  const table: Record<string, Record<string, number | string>> = {};
  for (const [number, [name, kind]] of Object.entries(kinds).entries()) {
    if (!values.kinds.split(',').includes(name)) continue;
    const sum = { characters: 0, found: 0, read: 0, right: 0, whole: 0 };
    for (let i = 0; i < Number(values.each); i++) {
      const page = await photograph(kind, sets[i % sets.length] ?? [], makeRandom(77, number, i));
      // Of more only the first lines are read.
      if (page.boxes.length > MOST_GLYPHS) continue;
      const { jpeg, boxes } =
        values.tight === undefined ? page : await tightly(page.jpeg, page.boxes, Number(values.tight));
      const reading = await readPhoto(new Uint8Array(jpeg));
      const glyphs = reading.outcome === 'glyphs' ? reading.glyphs : [];
      const places = matched(
        boxes,
        glyphs.map(({ box }) => box),
      );
      const found = places.filter((place, at) => {
        const [own, box] = [glyphs[place ?? -1]?.box, boxes[at]];
        return own !== undefined && box !== undefined && overlapOf(own, box) >= 0.6;
      }).length;
      sum.characters += boxes.length;
      sum.found += found;
      sum.read += glyphs.length;
      sum.right += places.filter((place) => place !== undefined).length;
      sum.whole += Number(found === boxes.length && glyphs.length === found);
    }
    table[name] = {
      characters: sum.characters,
      'found 0.6, %': percent(sum.found, sum.characters),
      'true boxes, %': percent(sum.right, sum.read),
      'pictures all right': sum.whole,
    };
  }
  console.table(table);
}

await main();
