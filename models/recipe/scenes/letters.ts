// Characters for made-up scenes: which font writes which of them, how large each is beside the others, and its ink on the canvas.
import { shippedAlphabets } from '../../../src/alphabet/list.ts';
import type { Bank, BankEntry, BankPart } from '../../../src/dataset/bank.ts';
import type { Random } from '../../../src/random.ts';
import { FIELD_STEP, shapeOf, type FieldShape } from '../../../src/dataset/synth-fields.ts';
import type { Box } from '../../../src/glyph/glyph.ts';
import { grainTile, type Canvas, type Point } from './canvas.ts';

/** A character of a font, ready to be written. */
export interface Letter {
  readonly alphabet: string;
  readonly text: string;
  readonly shape: FieldShape;
  /** Of its ink, in pixels of the rendering. */
  readonly wide: number;
  readonly high: number;
}

export interface Hand {
  readonly alphabet: string;
  /** Its font looks printed. */
  readonly printed: boolean;
  draw(random: Random): Letter | null;
  /** This character, as one of its renderings; null where the font lacks it. */
  of(text: string, random: Random): Letter | null;
}

export interface Letters {
  /** Somebody's characters, of one font. */
  hand(random: Random): Hand;
  /** Likewise in a font that looks printed. */
  print(random: Random): Hand;
}

const PRINTED =
  /^(alegreya|literata|lora|vollkorn|philosopher|eb-garamond|playfair|cormorant|sawarabi|zen-(old|kaku|maru)|shippori|kosugi|balsamiq|comic-(neue|relief))/u;
/** How often each alphabet writes. */
const SHARES: Readonly<Record<string, number>> = { latin: 34, ukrainian: 20, hiragana: 17, katakana: 13, digits: 16 };

/** Letters of one part of the banks: what measures was never trained on. */
export function makeLetters(banks: readonly Bank[], part: BankPart): Letters {
  const fonts = banks.flatMap((bank) => {
    const alphabet = shippedAlphabets.find(({ id }) => id === bank.alphabet);
    const bySource = new Map<number, BankEntry[]>();
    for (const entry of bank.entries) {
      if (bank.sources[entry.source]?.part !== part || entry.label === null) continue;
      bySource.set(entry.source, [...(bySource.get(entry.source) ?? []), entry]);
    }
    return [...bySource].map(([source, entries]) => ({
      alphabet: bank.alphabet,
      printed: PRINTED.test(bank.sources[source]?.name ?? ''),
      entries,
      textOf: (entry: BankEntry) => alphabet?.labels.find(({ id }) => id === entry.label)?.text ?? '',
    }));
  });
  const known = new Map<BankEntry, Letter | null>();
  const letterOf = (entry: BankEntry, alphabet: string, text: string): Letter | null => {
    const before = known.get(entry);
    if (before !== undefined) return before;
    const shape = shapeOf(entry.rendering);
    const letter = shape === null ? null : { alphabet, text, shape, ...sizeOf(entry) };
    known.set(entry, letter);
    return letter;
  };
  const choose = (of: typeof fonts, random: Random): Hand => {
    const ids = [...new Set(of.map(({ alphabet }) => alphabet))];
    let left = random.between(
      0,
      ids.reduce((sum, id) => sum + (SHARES[id] ?? 10), 0),
    );
    const id = ids.find((each) => (left -= SHARES[each] ?? 10) < 0) ?? ids[0];
    const mine = of.filter(({ alphabet }) => alphabet === id);
    const font = mine[random.below(mine.length)];
    const any = (entries: readonly BankEntry[], chance: Random): Letter | null => {
      const entry = entries[chance.below(entries.length)];
      return entry === undefined || font === undefined ? null : letterOf(entry, font.alphabet, font.textOf(entry));
    };
    return {
      alphabet: id ?? '',
      printed: font?.printed ?? false,
      draw: (chance) => any(font?.entries ?? [], chance),
      of: (text, chance) => any(font?.entries.filter((entry) => font.textOf(entry) === text) ?? [], chance),
    };
  };
  const printed = fonts.filter((font) => font.printed);
  return {
    hand: (random) => choose(fonts, random),
    print: (random) => choose(printed.length > 0 ? printed : fonts, random),
  };
}

function sizeOf({ rendering: { side, bits } }: BankEntry): { readonly wide: number; readonly high: number } {
  let [left, right, top, bottom] = [side, 0, side, 0];
  for (let i = 0; i < bits.length; i++) {
    if (bits[i] === 0) continue;
    const [x, y] = [i % side, Math.floor(i / side)];
    left = Math.min(left, x);
    right = Math.max(right, x + 1);
    top = Math.min(top, y);
    bottom = y + 1;
  }
  return { wide: Math.max(1, right - left), high: Math.max(1, bottom - top) };
}

/** How high a character is beside a capital, and how much of that is below the line. */
export function proportionsOf({ alphabet, text }: Letter): { readonly high: number; readonly below: number } {
  if (alphabet === 'hiragana' || alphabet === 'katakana') {
    return /[ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ]/u.test(text)
      ? { high: 0.6, below: 0 }
      : { high: 0.95, below: 0 };
  }
  if (/[gpqyурj]/u.test(text)) return { high: text === 'j' ? 1.15 : 0.9, below: 0.3 };
  if (/[фФ]/u.test(text)) return { high: 1.25, below: 0.25 };
  if (/[цщдЦЩД]/u.test(text))
    return text === text.toLowerCase() ? { high: 0.74, below: 0.12 } : { high: 1.12, below: 0.12 };
  if (/[bdfhkl0-9]/u.test(text) || text !== text.toLowerCase()) return { high: 1, below: 0 };
  if (/[tiіїйґб]/u.test(text)) return { high: 0.86, below: 0 };
  return { high: 0.62, below: 0 };
}

export interface Pen {
  /** Grey level of its ink, and how much of it covers. */
  readonly level: number;
  readonly strength: number;
  /** 0 … 1 between the thinnest stroke and the widest that keeps a character's strokes apart. */
  readonly wide: number;
  /** The font's own thick and thin strokes instead of a pen of one width. */
  readonly contrast: boolean;
  /** How patchy its ink is: pencil, chalk, a dry marker. */
  readonly patchy: number;
  readonly patch: number;
  readonly wobble: number;
}

/** Where a character goes: its middle on the canvas, and canvas pixels for each pixel of its rendering, as a matrix. */
export interface Placement {
  readonly middle: Point;
  readonly matrix: readonly [number, number, number, number];
}

/** Writes it; its ink's box on the canvas, or null where too little of it lies on the canvas. `found`: it is to be found. */
export function writeLetter(
  canvas: Canvas,
  letter: Letter,
  placement: Placement,
  pen: Pen,
  random: Random,
  found: boolean,
): Box | null {
  const { width, height, grey, ink } = canvas;
  const { shape } = letter;
  const [a, b, c, d] = placement.matrix;
  const det = a * d - b * c;
  if (Math.abs(det) < 1e-9) return null;
  const [ia, ib, ic, id] = [d / det, -b / det, -c / det, a / det];
  const scale = Math.sqrt(Math.abs(det));
  const pixel = 1 / scale;
  const thinnest = Math.max(0.015 * shape.extent, 0.4 * pixel);
  const radius = thinnest * Math.max(1, shape.widest / thinnest) ** pen.wide;
  const field = pen.contrast ? shape.outline : shape.middle;
  const reach = pen.contrast ? Math.max(radius - shape.halfWidth, -0.5 * shape.halfWidth) : radius;
  const margin = (pen.contrast ? Math.max(0, reach) : reach) + 2 * pixel;
  const [halfWide, halfHigh] = [letter.wide / 2 + margin, letter.high / 2 + margin];
  const spanX = Math.abs(a) * halfWide + Math.abs(b) * halfHigh;
  const spanY = Math.abs(c) * halfWide + Math.abs(d) * halfHigh;
  const { middle } = placement;
  const [left, right] = [Math.floor(middle.x - spanX), Math.ceil(middle.x + spanX)];
  const [top, bottom] = [Math.floor(middle.y - spanY), Math.ceil(middle.y + spanY)];
  const [fromX, toX] = [Math.max(0, left), Math.min(width, right)];
  const [fromY, toY] = [Math.max(0, top), Math.min(height, bottom)];
  const [boxLeft, boxRight, boxTop, boxBottom] = [width, 0, height, 0];
  const bounds = { left: boxLeft, right: boxRight, top: boxTop, bottom: boxBottom };
  const grain = grainTile(pen.patch);
  const bend = pen.wobble * shape.extent;
  const [w1, w2] = [random.between(0.04, 0.12), random.between(0.04, 0.12)];
  const [p1, p2] = [random.between(0, 6.3), random.between(0, 6.3)];
  const [grainX, grainY] = [random.below(256), random.below(256)];
  const centre = shape.side / 2 - 0.5;
  const { side } = shape;
  const last = side - 1.001;
  for (let y = fromY; y < toY; y++) {
    for (let x = fromX; x < toX; x++) {
      const [offX, offY] = [x + 0.5 - middle.x, y + 0.5 - middle.y];
      const u = ia * offX + ib * offY;
      const v = ic * offX + id * offY;
      const sx = centre + u + bend * Math.sin(v * w1 + p1);
      const sy = centre + v + bend * Math.sin(u * w2 + p2);
      if (sx < 0 || sy < 0 || sx > last || sy > last) continue;
      const column = sx | 0;
      const row = sy | 0;
      const at = row * side + column;
      const shareX = sx - column;
      const above = (field[at] ?? 0) + ((field[at + 1] ?? 0) - (field[at] ?? 0)) * shareX;
      const below = (field[at + side] ?? 0) + ((field[at + side + 1] ?? 0) - (field[at + side] ?? 0)) * shareX;
      const depth = (reach - FIELD_STEP * (above + (below - above) * (sy - row))) * scale + 0.5;
      if (depth <= 0) continue;
      const cover = depth < 1 ? depth : 1;
      const i = y * width + x;
      const patch =
        pen.patchy === 0 ? 0 : pen.patchy * (grain[(((y + grainY) & 255) << 8) | ((x + grainX) & 255)] ?? 0);
      const share = cover * Math.min(1, Math.max(0.15, pen.strength - Math.abs(patch)));
      grey[i] = (grey[i] ?? 0) * (1 - share) + pen.level * share;
      if (found && cover > (ink[i] ?? 0)) ink[i] = cover;
      if (cover > 0.4) {
        if (x < bounds.left) bounds.left = x;
        if (x >= bounds.right) bounds.right = x + 1;
        if (y < bounds.top) bounds.top = y;
        bounds.bottom = y + 1;
      }
    }
  }
  const visible = ((toX - fromX) * (toY - fromY)) / ((right - left) * (bottom - top));
  if (bounds.right <= bounds.left || visible < 0.6 || toX <= fromX || toY <= fromY) return null;
  return { x: bounds.left, y: bounds.top, width: bounds.right - bounds.left, height: bounds.bottom - bounds.top };
}
