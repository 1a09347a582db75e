// Finds the one character that a picture is about: which polarity the ink has, which connected pieces are ink of the character,
// and which are specks, paper edges, table or bits of a neighbour.
import { type Component, darkComponents } from './components.ts';
import type { Box, Raster, Unreadable } from './glyph.ts';
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
  const best = light.score > dark.score ? light : dark;
  const { main } = best;
  if (main === undefined || main.contrast < NO_CONTRAST) return { outcome: isDark(raster) ? 'all-ink' : 'blank' };
  if (main.contrast < LEAST_CONTRAST) return { outcome: 'too-faint' };
  const members = groupWith(main, best.list, raster);
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
function scoreOf(component: Component, part: Raster, noise: number, { width, height }: Raster): number {
  const wide = component.right - component.left;
  const high = component.bottom - component.top;
  const size = Math.hypot(wide, high) / Math.hypot(width, height);
  if (size < 0.03 || component.contrast < noise / 2) return 0;
  // A character shows outline all round; table, paper edges and neighbours lie along the border with much of theirs.
  const open = component.onBorder + component.open;
  const border = open / (open + component.outline);
  const inside = Math.max(0.01, 1 - 3 * border);
  // A sheet of paper fills its box, and its box the picture.
  const solid = component.area / (wide * high);
  const sheet = solid > 0.75 && Math.min(wide / width, high / height) > 0.3 ? 0.1 : 1;
  // Shadows and shading are soft.
  const sharp = Math.min(1, component.edge / Math.max(1, component.contrast) / 0.2) ** 2;
  // Strokes are long and thin: much outline for their area. The gaps between them are not.
  const stroke = Math.min(1, component.outline ** 2 / component.area / 100) ** 1.5;
  // What runs from one side of the picture to the other, and only that way, is a line or an edge rather than a character.
  const acrossX = component.left === 0 && component.right === part.width;
  const acrossY = component.top === 0 && component.bottom === part.height;
  // In a picture that is cut out already a character may well touch two sides.
  const across = acrossX !== acrossY && Math.min(width, height) > SMALL;
  return Math.sqrt(size) * inside * sheet * sharp * stroke * component.contrast * (across ? 0.3 : 1);
}

/** Pieces belong to the character within this share of its size from the main one, and from other pieces of it. */
const REACH = 0.8;
const REACH_ON = 0.5;

/** The main component with those that belong to it: dots, dakuten and strokes beside it. */
function groupWith(main: Component, list: readonly Component[], frame: Raster): Component[] {
  const size = Math.max(main.right - main.left, main.bottom - main.top);
  const members = [main];
  const others = new Set(list.filter((each) => each !== main && mayBelong(each, main, frame)));
  for (const member of members) {
    const reach = (member === main ? REACH : REACH_ON) * size;
    for (const each of others) {
      if (gap(member, each) > reach) continue;
      others.delete(each);
      members.push(each);
    }
  }
  return members;
}

function mayBelong(each: Component, main: Component, frame: Raster): boolean {
  const own = Math.min(frame.width, frame.height) <= SMALL ? OWN_PIXEL : OWN_INK;
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
    Math.min(frame.width, frame.height) <= SMALL &&
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
