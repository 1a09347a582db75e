// Two opinions on one photo: the rules say which ink is the character, the finder says how many characters there are and where. Rules cut
// exactly, so what they found stays wherever the finder sees a character there too; where they disagree, this file decides.
import type { Sighting } from '../find/boxes.ts';
import type { Box, Raster, Reading, Unreadable } from './glyph.ts';

export type Decision =
  | { readonly kind: 'as-ruled' }
  | { readonly kind: 'refused'; readonly outcome: Unreadable }
  /** Look into this box; where nothing is found there, what the rules said stands, or this. */
  | { readonly kind: 'look'; readonly box: Box; readonly otherwise: Unreadable | null };

export const LIMITS = {
  /** A sighting this sure counts. */
  sure: 0.5,
  /** One as sure as this makes several of what the rules read. */
  fellow: 0.6,
  /** One below this is not even a doubt. */
  doubt: 0.2,
  /** Where none is as sure as this there is no character. */
  nothing: 0.1,
  /** Characters side by side are of about one size; beside a larger one, small writing does not count. */
  size: 0.5,
  /** Parts of a box that are characters of their own. */
  part: 0.3,
  /** Boxes that overlap by this IoU are of the same character. */
  same: 0.45,
  /** The finder's boxes are rough: where it sees one character, what the rules cut out stays if it overlaps by this. */
  alike: 0.2,
};

/** `sightings`: the surest first. */
export function decide(
  ruled: Reading,
  sightings: readonly Sighting[],
  raster: Raster,
  limits: typeof LIMITS = LIMITS,
): Decision {
  const sure = sightings.filter(({ sureness }) => sureness >= limits.sure);
  const [best, ...more] = sure;
  if (ruled.outcome === 'several-characters') {
    const lone = sightings.filter(({ sureness }) => sureness >= limits.doubt).length === 1;
    return best !== undefined && lone
      ? { kind: 'look', box: best.box, otherwise: 'several-characters' }
      : { kind: 'as-ruled' };
  }
  if (ruled.outcome !== 'glyphs') {
    if (best === undefined) return { kind: 'as-ruled' };
    if (hasFellows(best.box, more, limits)) return { kind: 'refused', outcome: 'several-characters' };
    return { kind: 'look', box: best.box, otherwise: null };
  }
  const [{ box }] = ruled.glyphs;
  if (best === undefined) {
    return (sightings[0]?.sureness ?? 0) < limits.nothing
      ? { kind: 'refused', outcome: 'blank' }
      : { kind: 'as-ruled' };
  }
  const same = sure.find((each) => overlapOf(each.box, box) > limits.same);
  if (same !== undefined) {
    const others = sure.filter((each) => each !== same && shareInside(each.box, box) < 0.5);
    return hasFellows(box, others, limits) ? { kind: 'refused', outcome: 'several-characters' } : { kind: 'as-ruled' };
  }
  const largest = [...sure].sort((a, b) => longer(b.box) - longer(a.box))[0] ?? best;
  const others = sure.filter((each) => each !== largest);
  if (hasFellows(largest.box, others, limits)) return { kind: 'refused', outcome: 'several-characters' };
  const parts = sure.filter((each) => shareInside(each.box, box) > 0.7 && longer(each.box) > limits.part * longer(box));
  if (parts.length > 1) return { kind: 'refused', outcome: 'several-characters' };
  if (overlapOf(largest.box, box) > limits.alike) return { kind: 'as-ruled' };
  // A character that is larger than what the rules found may be one that they cut in two; a smaller one stands in a frame.
  return { kind: 'look', box: clipped(largest.box, raster), otherwise: null };
}

const longer = ({ width, height }: Box): number => Math.max(width, height);

function hasFellows(box: Box, others: readonly Sighting[], limits: typeof LIMITS): boolean {
  return others.some(
    (each) =>
      each.sureness >= limits.fellow &&
      longer(each.box) >= limits.size * longer(box) &&
      shareInside(each.box, box) < 0.5,
  );
}

/** How much of `inner` lies in `outer`. */
function shareInside(inner: Box, outer: Box): number {
  return commonArea(inner, outer) / Math.max(1, inner.width * inner.height);
}

/** Their intersection over their union. */
export function overlapOf(a: Box, b: Box): number {
  const common = commonArea(a, b);
  return common / Math.max(1, a.width * a.height + b.width * b.height - common);
}

function commonArea(a: Box, b: Box): number {
  const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return Math.max(0, wide) * Math.max(0, high);
}

function clipped({ x, y, width, height }: Box, raster: Raster): Box {
  const [left, top] = [Math.max(0, x), Math.max(0, y)];
  return {
    x: left,
    y: top,
    width: Math.min(raster.width, x + width) - left,
    height: Math.min(raster.height, y + height) - top,
  };
}
