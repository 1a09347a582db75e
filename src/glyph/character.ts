// Finds the one character that a picture is about: which polarity the ink has, and which connected piece is no speck, paper's edge,
// table or bit of a neighbour, but the character or the largest part of it.
import { type Component, darkComponents } from './components.ts';
import { cropped } from './crop.ts';
import { framesIn } from './frame.ts';
import type { Box, Raster, Unreadable } from './glyph.ts';
import { boundsOf, groupWith, OWN_PIXEL, piecesWith } from './group.ts';
import { foreignTo, ownedBy, type Within } from './mine.ts';
import { isCrowded, isCutOut, sizeOf, strokeOf } from './piece.ts';
import { isOneOfSeveral } from './several.ts';
import { flatSurface, thresholdSurface } from './threshold.ts';

export type Polarity = 'dark' | 'light';

export interface FoundCharacter {
  readonly outcome: 'character';
  /** Of its ink. */
  readonly polarity: Polarity;
  /** Mean distance of its ink from the threshold, in grey levels. */
  readonly contrast: number;
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

/** Where to look, and for what. */
interface Sought extends Within {
  /** Left out: whichever looks more like a character. */
  readonly polarity: Polarity | undefined;
  /** With one threshold for all. */
  readonly flat: boolean;
}

/** The character, or why there is none to read. With `within`, the one in that box alone. */
export function findCharacter(raster: Raster, within?: Sought): Found {
  const surface = within?.flat === true ? flatSurface(raster, within.box) : thresholdSurface(raster);
  if (surface === null) return { outcome: isDark(raster) ? 'all-ink' : 'blank' };
  const { area } = surface;
  const part = cropped(raster, area);
  const inverted = { ...part, pixels: part.pixels.slice() };
  const invertedLevels = surface.levels.slice();
  for (let i = 0; i < invertedLevels.length; i++) {
    inverted.pixels[i] = 255 - (part.pixels[i] ?? 0);
    invertedLevels[i] = 255 - (surface.levels[i] ?? 0);
  }
  const place = within && movedTo(within, area);
  const of = (polarity: Polarity): Candidate => {
    if (within?.polarity !== undefined && within.polarity !== polarity) return NONE;
    const [picture, levels] = polarity === 'dark' ? [part, surface.levels] : [inverted, invertedLevels];
    return bestOf(picture, levels, surface.noise, raster, place);
  };
  const [dark, light] = [of('dark'), of('light')];
  const best = isCutOut(raster) ? better(dark, light) : preferred(dark, light);
  const { main } = best;
  if (main === undefined || main.contrast < NO_CONTRAST) return { outcome: isDark(raster) ? 'all-ink' : 'blank' };
  if (main.contrast < LEAST_CONTRAST) return { outcome: 'too-faint' };
  const pieces = piecesWith(main, best.list, raster);
  if (within === undefined && !isCutOut(raster) && isOneOfSeveral(main, pieces))
    return { outcome: 'several-characters' };
  const members = groupWith(main, pieces, raster);
  const box = boundsOf(members);
  if (isBlurred(main, box)) return { outcome: 'too-blurred' };
  return {
    outcome: 'character',
    polarity: best === light ? 'light' : 'dark',
    contrast: main.contrast,
    raster: best === light ? inverted : part,
    x: area.x,
    y: area.y,
    levels: best.levels,
    ids: best.ids,
    members: new Set(members.map((each) => each.id)),
    box,
  };
}

function movedTo(within: Within, { x, y }: Box): Within {
  const moved = (box: Box): Box => ({ ...box, x: box.x - x, y: box.y - y });
  return { box: moved(within.box), reach: within.reach, others: within.others.map(moved) };
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

/** A step of the outline is at least this share of the contrast that ink must have. */
const LEAST_STEP = 0.25;

const NONE: Candidate = { score: 0, main: undefined, list: [], ids: new Int32Array(0), levels: new Float32Array(0) };

function bestOf(raster: Raster, levels: Float32Array, noise: number, frame: Raster, within?: Within): Candidate {
  const mine = within && { within, foreign: foreignTo(within, raster) };
  const first = search(raster, levels, noise, noise / 2, frame, mine);
  if (first.main === undefined) return first;
  return search(raster, first.levels, noise, Math.max(noise / 2, OWN_PIXEL * first.main.contrast), frame, mine);
}

interface Mine {
  readonly within: Within;
  readonly foreign: Uint8Array;
}

function search(
  raster: Raster,
  levels: Float32Array,
  noise: number,
  margin: number,
  frame: Raster,
  mine: Mine | undefined,
): Candidate {
  const { ids, list: all } = darkComponents(raster, levels, margin, Math.max(1, noise / 2, LEAST_STEP * margin));
  if (mine !== undefined) {
    const { strange, shared } = ownedBy(mine.within, mine.foreign, all, ids, raster);
    if (shared.size > 0) {
      const parted = levels.map((level, i) => (mine.foreign[i] === 1 && shared.has(ids[i] ?? 0) ? NaN : level));
      return search(raster, parted, noise, margin, frame, mine);
    }
    return bestAmong(all, strange, { raster, levels, ids, noise, frame });
  }
  return bestAmong(all, framesIn(all, ids, raster, frame), { raster, levels, ids, noise, frame });
}

function bestAmong(
  all: readonly Component[],
  strange: ReadonlySet<number>,
  {
    raster,
    levels,
    ids,
    noise,
    frame,
  }: {
    readonly raster: Raster;
    readonly levels: Float32Array;
    readonly ids: Int32Array;
    readonly noise: number;
    readonly frame: Raster;
  },
): Candidate {
  const list = strange.size === 0 ? all : all.filter(({ id }) => !strange.has(id));
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
