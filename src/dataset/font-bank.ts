// A bank out of fonts: every character of an alphabet once in each font that has it. What draws is handed in.
import { createHash } from 'node:crypto';
import type { Label } from '../alphabet/alphabet.ts';
import type { Bank, BankEntry, BankPart, Rendering } from './bank.ts';
import type { Font } from './fonts.ts';

/** Ink of a text in a font, 0 paper … 255 ink; null when nothing is drawn. */
export type DrawText = (
  fontFile: string,
  text: string,
) => { readonly width: number; readonly height: number; readonly ink: Uint8Array } | null;

interface FontBank {
  readonly bank: Bank;
  /** Fonts that drew anything. */
  readonly used: number;
  /** Characters that those fonts lacked or drew blank. */
  readonly skipped: number;
  /** Labels that no font has. */
  readonly unsupported: readonly Label[];
}

/** Side of a rendering, as in the shipped banks. */
export const RENDERING_SIDE = 64;
/** Renderings of one bank: what synthesis keeps of them fits into 200 MB. */
const MOST_RENDERINGS = 12_000;
const FEWEST_OF_A_LABEL = 4;
/** With fewer families than this all are for training. */
const FEWEST_FAMILIES = 4;
/** One family in so many is for testing. */
const TEST_EVERY = 6;

/** Renders the labels. The same fonts and labels give the same bank; a family is always in the same part of it. */
export function bankFromFonts(
  alphabet: string,
  labels: readonly Label[],
  fonts: readonly Font[],
  draw: DrawText,
): FontBank {
  const partOf = partsOf(fonts.filter((font) => labels.some(({ text }) => font.covers(text))));
  const most = Math.max(FEWEST_OF_A_LABEL, Math.floor(MOST_RENDERINGS / labels.length));
  const counts = new Map<number, number>();
  const sources: { name: string; licence: string; part: BankPart }[] = [];
  const entries: BankEntry[] = [];
  let skipped = 0;
  for (const font of inTurns(fonts)) {
    const drawn: BankEntry[] = [];
    let lacking = 0;
    for (const { id, text } of labels) {
      if ((counts.get(id) ?? 0) >= most) continue;
      const picture = font.covers(text) ? draw(font.path, text) : null;
      const rendering = picture === null ? null : renderingOf(picture, RENDERING_SIDE);
      if (rendering === null) lacking++;
      else drawn.push({ label: id, source: sources.length, rendering });
    }
    if (drawn.length === 0) continue;
    for (const { label } of drawn) counts.set(label ?? 0, (counts.get(label ?? 0) ?? 0) + 1);
    skipped += lacking;
    // What licence a font has, its owner knows: renderings stay in their installation.
    sources.push({ name: `${font.family} / ${font.name}`, licence: 'unknown', part: partOf(font.family) });
    entries.push(...drawn);
  }
  // What only test fonts have could not be learnt: then they teach.
  const taught = new Set(entries.filter(({ source }) => sources[source]?.part === 'train').map(({ label }) => label));
  for (const { label, source } of entries) {
    const from = sources[source];
    if (!taught.has(label) && from !== undefined) from.part = 'train';
  }
  const unsupported = labels.filter(({ id }) => !counts.has(id));
  return { bank: { alphabet, side: RENDERING_SIDE, sources, entries }, used: sources.length, skipped, unsupported };
}

/** Both banks' renderings: those of more labels, or of more fonts. A source in both keeps the part that it had. */
export function joinBanks(old: Bank, more: Bank): Bank {
  const familyOf = (name: string): string => name.split(' / ')[0] ?? name;
  const parts = new Map(old.sources.map(({ name, part }) => [familyOf(name), part]));
  const sources = [...old.sources];
  const placeOf = more.sources.map((source) => {
    const there = sources.findIndex(({ name }) => name === source.name);
    if (there !== -1) return there;
    return sources.push({ ...source, part: parts.get(familyOf(source.name)) ?? source.part }) - 1;
  });
  const known = new Set(old.entries.map(({ label, source }) => `${label}/${source}`));
  const added = more.entries
    .map((entry) => ({ ...entry, source: placeOf[entry.source] ?? 0 }))
    .filter(({ label, source }) => !known.has(`${label}/${source}`));
  return { ...old, sources, entries: [...old.entries, ...added] };
}

/** Families by their hash, so that neither other fonts beside them nor their order changes what tests. */
function partsOf(fonts: readonly Font[]): (family: string) => BankPart {
  const families = new Set(fonts.map(({ family }) => family));
  const byHash = [...families].map((family) => ({
    family,
    hash: createHash('sha256').update(family).digest().readUInt32BE(0),
  }));
  const tests = new Set(byHash.filter(({ hash }) => hash % TEST_EVERY === 0).map(({ family }) => family));
  const trained = families.size - tests.size;
  return (family) => (families.size >= FEWEST_FAMILIES && trained > 1 && tests.has(family) ? 'test' : 'train');
}

/** One font of each family, then the second of each, …: where not all are rendered, all families are. */
function inTurns(fonts: readonly Font[]): readonly Font[] {
  const before = new Map<string, number>();
  const turns = fonts.map((font) => {
    const turn = before.get(font.family) ?? 0;
    before.set(font.family, turn + 1);
    return { font, turn };
  });
  return turns.sort((a, b) => a.turn - b.turn).map(({ font }) => font);
}

/** Ink in a pixel of the rendering, as a share of its area, that makes it ink. */
const INKED = 0.45;

/** The ink scaled into side × side, the longer side as long as the picture; null where there is none. */
export function renderingOf(
  picture: { readonly width: number; readonly height: number; readonly ink: Uint8Array },
  side: number,
): Rendering | null {
  const { width, height, ink } = picture;
  let [left, right, top, bottom] = [width, -1, height, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((ink[y * width + x] ?? 0) < 128) continue;
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
    }
  }
  if (right < 0) return null;
  const step = Math.max(right - left + 1, bottom - top + 1) / side;
  const fromX = (left + right + 1) / 2 - (side / 2) * step;
  const fromY = (top + bottom + 1) / 2 - (side / 2) * step;
  const bits = new Uint8Array(side * side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) {
      const share = inkIn(picture, fromX + column * step, fromY + row * step, step);
      bits[row * side + column] = share >= INKED ? 1 : 0;
    }
  }
  return { side, bits };
}

/** Share of ink in a square of the picture; pixels at its edge count by how much of them lies in it. */
function inkIn(
  { width, height, ink }: { readonly width: number; readonly height: number; readonly ink: Uint8Array },
  x: number,
  y: number,
  step: number,
): number {
  let sum = 0;
  for (let row = Math.max(0, Math.floor(y)); row < Math.min(height, y + step); row++) {
    const high = Math.min(row + 1, y + step) - Math.max(row, y);
    for (let column = Math.max(0, Math.floor(x)); column < Math.min(width, x + step); column++) {
      const wide = Math.min(column + 1, x + step) - Math.max(column, x);
      sum += ((ink[row * width + column] ?? 0) / 255) * wide * high;
    }
  }
  return sum / (step * step);
}
