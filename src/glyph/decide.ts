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
  /** One as sure as this is a doubt. */
  doubt: 0.3,
  /** Where none is as sure as this there is no character. */
  nothing: 0.1,
  /** Characters side by side are of about one size; beside a larger one, small writing does not count. */
  size: 0.5,
  /** Two in what the rules took for one character are as sure as this, or both smaller than this share of it. */
  own: 0.75,
  part: 0.4,
  /** Boxes that overlap by this IoU are of the same character. */
  same: 0.45,
  /** The finder's boxes are rough: where it sees one character, what the rules cut out stays if it overlaps by this, */
  alike: 0.2,
  /** unless it is so certain, and all around its box there is so much more in the rules' box (of its longer side): a frame. */
  certain: 0.8,
  around: 0.14,
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
    if (fellowsOf(best.box, more, limits).length > 0) return { kind: 'refused', outcome: 'several-characters' };
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
    const others = sure.filter((each) => each !== same);
    return fellowsOf(box, others, limits).length > 0
      ? { kind: 'refused', outcome: 'several-characters' }
      : { kind: 'as-ruled' };
  }
  const largest = [...sure].sort((a, b) => longer(b.box) - longer(a.box))[0] ?? best;
  const fellows = fellowsOf(largest.box, sure, limits);
  const isInside = (each: Sighting): boolean => shareInside(each.box, box) > 0.7;
  const [second, ...third] = isInside(largest) ? fellows.filter(isInside) : [];
  // What the rules took for one may be one of two pieces (い, ハ), so two there must be surer than three, or small in a large box.
  const two =
    second !== undefined &&
    (Math.min(largest.sureness, second.sureness) >= limits.own || longer(largest.box) < limits.part * longer(box));
  const beside = fellows.length > third.length + (second === undefined ? 0 : 1);
  if (beside || two || third.length > 0) return { kind: 'refused', outcome: 'several-characters' };
  const doubted = sightings.some(
    (each) => each !== largest && each.sureness >= limits.doubt && overlapOf(each.box, box) > limits.alike,
  );
  const framed = largest.sureness >= limits.certain && isAround(box, largest.box, limits.around * longer(box));
  const rough = !framed && overlapOf(largest.box, box) > limits.alike;
  if (doubted || second !== undefined || rough) return { kind: 'as-ruled' };
  // A character that is larger than what the rules found may be one that they cut in two; a smaller one stands in a frame.
  return { kind: 'look', box: clipped(largest.box, raster), otherwise: null };
}

const longer = ({ width, height }: Box): number => Math.max(width, height);

/** Characters of about the size of the one in the box, beside it. */
function fellowsOf(box: Box, others: readonly Sighting[], limits: typeof LIMITS): readonly Sighting[] {
  return others.filter(
    (each) =>
      each.sureness >= limits.fellow &&
      longer(each.box) >= limits.size * longer(box) &&
      shareInside(each.box, box) < 0.5,
  );
}

function isAround(outer: Box, inner: Box, margin: number): boolean {
  return (
    inner.x - outer.x > margin &&
    inner.y - outer.y > margin &&
    outer.x + outer.width - inner.x - inner.width > margin &&
    outer.y + outer.height - inner.y - inner.height > margin
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
