// Finds the one character that a picture is about: which polarity the ink has, which connected pieces are ink of the character,
// and which are specks, paper edges, table or bits of a neighbour.
import { type Component, darkComponents } from './components.ts';
import type { Box, Raster, Unreadable } from './glyph.ts';
import { isOneOfSeveral } from './several.ts';
import { SMALL, thresholdSurface } from './threshold.ts';

export interface FoundCharacter {
  readonly outcome: 'character';
  /** The part of the picture that matters, with dark ink: inverted where it was light on dark. */
  readonly raster: Raster;
  /** The left top corner of that part in the picture. */
  readonly x: number;
  readonly y: number;
  readonly levels: Float32Array;
  readonly ids: Int32Array;
  /** Ids of the components that are the character's. */
  readonly members: ReadonlySet<number>;
  /** In pixels of that part. */
  readonly box: Box;
}

export type Found = FoundCharacter | { readonly outcome: Unreadable };

/** Ink must differ from the threshold by this many grey levels on average (so from paper by twice that). */
const LEAST_CONTRAST = 4;
/** Below it, pictures count as blank rather than as faint. */
const NO_CONTRAST = 2;
/** The widest passage from paper to ink, as a share of the character's size. */
const MOST_RAMP = 0.3;

/** The character, or why there is none to read. */
export function findCharacter(raster: Raster): Found {
  const surface = thresholdSurface(raster);
  if (surface === null) return { outcome: isDark(raster) ? 'all-ink' : 'blank' };
  const { area } = surface;
  const part = crop(raster, area);
  const inverted = { ...part, pixels: part.pixels.slice() };
  const invertedLevels = surface.levels.slice();
  for (let i = 0; i < invertedLevels.length; i++) {
    inverted.pixels[i] = 255 - (part.pixels[i] ?? 0);
    invertedLevels[i] = 255 - (surface.levels[i] ?? 0);
  }
  const dark = bestOf(part, surface.levels, surface.noise, raster);
  const light = bestOf(inverted, invertedLevels, surface.noise, raster);
  const best = isCutOut(raster) ? better(dark, light) : preferred(dark, light);
  const { main } = best;
  if (main === undefined || main.contrast < NO_CONTRAST) return { outcome: isDark(raster) ? 'all-ink' : 'blank' };
  if (main.contrast < LEAST_CONTRAST) return { outcome: 'too-faint' };
  const pieces = piecesWith(main, best.list, raster);
  if (!isCutOut(raster) && isOneOfSeveral(main, pieces)) return { outcome: 'several-characters' };
  const members = groupWith(main, pieces, raster);
  const box = boundsOf(members);
  if (isBlurred(main, box)) return { outcome: 'too-blurred' };
  return {
    outcome: 'character',
    raster: best === light ? inverted : part,
    x: area.x,
    y: area.y,
    levels: best.levels,
    ids: best.ids,
    members: new Set(members.map((each) => each.id)),
    box,
  };
}

/** The better one; but paper seen as ink is not preferred to what is written on it. */
function preferred(dark: Candidate, light: Candidate): Candidate {
  const first = better(dark, light);
  const other = first === dark ? light : dark;
  return isWrittenOn(other.main, first.main) ? other : first;
}

function better(dark: Candidate, light: Candidate): Candidate {
  return light.score > dark.score ? light : dark;
}

/** Small pictures are cut out already: no other writing, no paper's edge, and the character may touch two sides. */
function isCutOut({ width, height }: Raster): boolean {
  return Math.min(width, height) <= SMALL;
}

/** What fills its box to this share may be paper. */
const PAPER_FILL = 0.5;
/** What is written is long and thin to this measure, of these shares of the paper's size, and has this share of its contrast; holes in letters are not. */
const WRITTEN = { stroke: 0.3, least: 0.08, most: 0.75, contrast: 0.5 };

function isWrittenOn(main: Component | undefined, paper: Component | undefined): boolean {
  if (main === undefined || paper === undefined) return false;
  const inside =
    main.left >= paper.left && main.right <= paper.right && main.top >= paper.top && main.bottom <= paper.bottom;
  const wide = paper.right - paper.left;
  const high = paper.bottom - paper.top;
  return (
    inside &&
    paper.area > PAPER_FILL * wide * high &&
    strokeOf(main) > WRITTEN.stroke &&
    sizeOf(main) > WRITTEN.least * Math.max(wide, high) &&
    Math.max((main.right - main.left) / wide, (main.bottom - main.top) / high) < WRITTEN.most &&
    main.contrast > WRITTEN.contrast * paper.contrast
  );
}

/** Strokes are long and thin: much outline for their area, 1. The gaps between them are not, towards 0. */
function strokeOf({ outline, area }: Component): number {
  return Math.min(1, outline ** 2 / area / 100) ** 1.5;
}

/** One piece of many strokes: a word in joined writing, or crossed out. */
function isCrowded(component: Component): boolean {
  return component.outline > 5 * sizeOf(component);
}

function sizeOf({ left, top, right, bottom }: Edges): number {
  return Math.max(right - left, bottom - top);
}

function crop({ width, pixels }: Raster, area: Box): Raster {
  const part = new Uint8Array(area.width * area.height);
  for (let y = 0; y < area.height; y++) {
    const start = (area.y + y) * width + area.x;
    part.set(pixels.subarray(start, start + area.width), y * area.width);
  }
  return { width: area.width, height: area.height, pixels: part };
}

/** From paper to ink takes so much of the character's size that its strokes run into each other. */
function isBlurred(main: Component, { width, height }: Box): boolean {
  const ramp = (2 * main.contrast) / Math.max(1e-6, main.edge);
  return ramp > MOST_RAMP * Math.max(width, height);
}

function isDark({ pixels }: Raster): boolean {
  return pixels.reduce((sum, grey) => sum + grey, 0) < 64 * pixels.length;
}

interface Candidate {
  readonly score: number;
  readonly main: Component | undefined;
  readonly list: readonly Component[];
  readonly ids: Int32Array;
  readonly levels: Float32Array;
}

/** Fainter than this share of the character's own contrast is not its ink: ruled lines, shadows' edges, print shining through. */
const OWN_INK = 0.35;
/** Likewise for each pixel, before the character's pieces are known; and for pieces in pictures that are cut out already. */
const OWN_PIXEL = 0.25;

/** A step of the outline is at least this share of the contrast that ink must have. */
const LEAST_STEP = 0.25;

function bestOf(raster: Raster, levels: Float32Array, noise: number, frame: Raster): Candidate {
  const first = search(raster, levels, noise, noise / 2, frame);
  if (first.main === undefined) return first;
  return search(raster, levels, noise, Math.max(noise / 2, OWN_PIXEL * first.main.contrast), frame);
}

function search(raster: Raster, levels: Float32Array, noise: number, margin: number, frame: Raster): Candidate {
  const { ids, list } = darkComponents(raster, levels, margin, Math.max(1, noise / 2, LEAST_STEP * margin));
  let score = 0;
  let main: Component | undefined;
  for (const component of list) {
    const each = scoreOf(component, raster, noise, frame);
    if (each > score) {
      score = each;
      main = component;
    }
  }
  return { score, main, list, ids, levels };
}

/** How much a component of a part of a picture (the frame) looks like the character it is about; 0 when it cannot be. */
function scoreOf(component: Component, part: Raster, noise: number, frame: Raster): number {
  const { width, height } = frame;
  const wide = component.right - component.left;
  const high = component.bottom - component.top;
  // A crossed-out word is one piece, and no larger a character for its length; a bar is.
  const crowded = !isCutOut(frame) && isCrowded(component);
  const [counted, tall] = crowded ? [Math.min(wide, 1.5 * high), Math.min(high, 1.5 * wide)] : [wide, high];
  const size = Math.hypot(counted, tall) / Math.hypot(width, height);
  if (size < (isCutOut(frame) ? 0.03 : 0.02) || component.contrast < noise / 2) return 0;
  // A character shows outline all round; table, paper edges and neighbours lie along the border with much of theirs.
  const open = component.onBorder + component.open;
  const border = open / (open + component.outline);
  const inside = Math.max(0.01, 1 - 3 * border);
  // A sheet of paper fills its box, and its box the picture.
  const solid = component.area / (wide * high);
  const sheet = solid > 0.75 && Math.min(wide / width, high / height) > 0.3 ? 0.1 : 1;
  // Shadows and shading are soft.
  const sharp = Math.min(1, component.edge / Math.max(1, component.contrast) / 0.2) ** 2;
  // What runs from one side of the picture to the other, and only that way, is a line or an edge rather than a character.
  const acrossX = component.left === 0 && component.right === part.width;
  const acrossY = component.top === 0 && component.bottom === part.height;
  const across = acrossX !== acrossY && !isCutOut(frame);
  return Math.sqrt(size) * inside * sheet * sharp * strokeOf(component) * component.contrast * (across ? 0.3 : 1);
}

/** Pieces belong to the character within this share of its size from the main one, and from other pieces of it. */
const REACH = 0.8;
const REACH_ON = 0.5;

/** Other writing is larger than the character by this factor, or of so many pieces; they are smaller than it, and stand so much nearer together. */
const OTHER = { larger: 1.3, pieces: 5, piece: 0.7, apart: 2 };

/** Pieces that stand together, nearest first joined. */
interface Cluster {
  readonly pieces: Component[];
  box: Edges;
  /** Sum of the gaps that were bridged. */
  bridged: number;
}

type Edges = Pick<Component, 'left' | 'top' | 'right' | 'bottom'>;

/**
 * The main component with those that belong to it: dots, dakuten and strokes beside it. What stands together closer than with it is
 * joined first, so that a line of writing near it stays a line of its own.
 */
function groupWith(main: Component, pieces: readonly Component[], frame: Raster): Component[] {
  const clusters = pieces.map((piece): Cluster => ({ pieces: [piece], box: piece, bridged: 0 }));
  const of = new Map(clusters.flatMap((each) => each.pieces.map((piece) => [piece, each] as const)));
  const pairs = nearPairs(pieces, main);
  const cutOut = isCutOut(frame);
  const strange = new Set<Cluster>();
  for (const { a, b, apart } of pairs) {
    const [first, second] = [of.get(a), of.get(b)];
    if (first === undefined || second === undefined || first === second) continue;
    const [one, two] = first.pieces.length < second.pieces.length ? [second, first] : [first, second];
    const own = of.get(main);
    const other = one === own ? two : two === own ? one : undefined;
    if (other !== undefined && own !== undefined && !cutOut && (strange.has(other) || isOther(other, own, apart))) {
      strange.add(other);
      continue;
    }
    for (const piece of two.pieces) of.set(piece, one);
    one.pieces.push(...two.pieces);
    one.box = around(one.box, two.box);
    one.bridged += two.bridged + apart;
    if (strange.has(two)) strange.add(one);
  }
  return of.get(main)?.pieces ?? [main];
}

/** Pairs of pieces within reach of each other, the nearest first. */
function nearPairs(
  pieces: readonly Component[],
  main: Component,
): readonly { readonly a: Component; readonly b: Component; readonly apart: number }[] {
  const size = sizeOf(main);
  const pairs: { readonly a: Component; readonly b: Component; readonly apart: number }[] = [];
  const sorted = [...pieces].sort((a, b) => a.left - b.left);
  for (const [index, a] of sorted.entries()) {
    for (let next = index + 1; next < sorted.length; next++) {
      const b = sorted[next];
      if (b === undefined || b.left - a.right > REACH * size) break;
      const apart = gap(a, b);
      if (apart <= (a === main || b === main ? REACH : REACH_ON) * size) pairs.push({ a, b, apart });
    }
  }
  return pairs.sort((one, two) => one.apart - two.apart);
}

/** Whether a cluster is writing of its own rather than parts of a character that far away: smaller than it, piece by piece, and more. */
function isOther({ pieces, box, bridged }: Cluster, own: Cluster, apart: number): boolean {
  const size = sizeOf(own.box);
  const gaps = bridged / Math.max(1, pieces.length - 1);
  const sizes = pieces.map(sizeOf).sort((a, b) => a - b);
  if (pieces.length > 1 && (sizes[pieces.length >> 1] ?? 0) > OTHER.piece * size) return false;
  // One stroke is no line of writing, however long: the character may touch the picture's border with it.
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined && !isCrowded(only)) return false;
  const many = pieces.length >= OTHER.pieces || sizeOf(box) > OTHER.larger * size;
  return many && apart > Math.max(OTHER.apart * gaps, 0.15 * size);
}

function around(a: Edges, b: Edges): Edges {
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  };
}

/** Specks are smaller than this share of the character; so many of them are the paper's: its dots, or its texture. */
const SPECK = 0.12;
const SPECKS = 12;

/** The main component, and what else may be ink of the same pen. */
function piecesWith(main: Component, list: readonly Component[], frame: Raster): readonly Component[] {
  const others = list.filter((each) => each !== main && mayBelong(each, main, frame));
  const large = others.filter((each) => sizeOf(each) >= SPECK * sizeOf(main));
  return [main, ...(others.length - large.length > SPECKS && !isCutOut(frame) ? large : others)];
}

function mayBelong(each: Component, main: Component, frame: Raster): boolean {
  const own = isCutOut(frame) ? OWN_PIXEL : OWN_INK;
  if (each.contrast < own * main.contrast || each.area < 0.006 * main.area) return false;
  if (each.open > 0.5 * each.outline) return false;
  if (each.onBorder > 0 && !isMark(each, main, frame)) {
    if (each.area < 0.35 * main.area || each.onBorder > 0.2 * each.outline) return false;
  }
  // What the character stands on: flat, and wider than itself.
  const wide = each.right - each.left;
  if (wide > 8 * (each.bottom - each.top) && wide > 1.15 * (main.right - main.left)) return false;
  return wide < 0.9 * frame.width || each.bottom - each.top < 0.9 * frame.height;
}

/** A tight cut often touches the mark on top of a character (й, ї, が); a neighbour's bits stand beside it. */
function isMark(each: Component, main: Component, frame: Raster): boolean {
  const wide = main.right - main.left;
  return (
    isCutOut(frame) &&
    each.bottom < main.top + 0.3 * (main.bottom - main.top) &&
    each.left >= main.left - 0.1 * wide &&
    each.right <= main.right + 0.4 * wide &&
    each.onBorder <= 0.5 * each.outline
  );
}

function gap(a: Component, b: Component): number {
  const x = Math.max(0, a.left - b.right, b.left - a.right);
  const y = Math.max(0, a.top - b.bottom, b.top - a.bottom);
  return Math.hypot(x, y);
}

function boundsOf(members: readonly Component[]): Box {
  const x = Math.min(...members.map((each) => each.left));
  const y = Math.min(...members.map((each) => each.top));
  const right = Math.max(...members.map((each) => each.right));
  const bottom = Math.max(...members.map((each) => each.bottom));
  return { x, y, width: right - x, height: bottom - y };
}
