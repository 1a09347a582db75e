// Two opinions on one photo: the rules say which ink is the character, the finder says how many there are and where. Rules cut exactly, so
// what they found stays wherever the finder sees one character there too; where the two differ, this file decides.
import { commonArea, type Sighting } from '../find/boxes.ts';
import { longer, overlapOf } from './crop.ts';
import type { Box, Reading, Unreadable } from './glyph.ts';

export type Decision =
  | { readonly kind: 'as-ruled' }
  | { readonly kind: 'refused'; readonly outcome: Unreadable }
  /** Cut these out; where there is no ink, what the rules said stands, or this. */
  | { readonly kind: 'cut'; readonly sightings: readonly Sighting[]; readonly otherwise: Unreadable | null };

export const LIMITS = {
  /** A sighting this sure counts. */
  sure: 0.5,
  /** One as sure as this is a doubt. */
  doubt: 0.3,
  /** Where none is as sure as this there is no character. */
  nothing: 0.1,
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
export function decide(ruled: Reading, sightings: readonly Sighting[], limits: typeof LIMITS = LIMITS): Decision {
  const sure = sightings.filter(({ sureness }) => sureness >= limits.sure);
  const [best, second] = sure;
  const cut = (...chosen: readonly Sighting[]): Decision => ({ kind: 'cut', sightings: chosen, otherwise: null });
  if (ruled.outcome === 'several-characters') {
    const doubts = sightings.filter(({ sureness }) => sureness >= limits.doubt);
    if (second !== undefined) return cut(...sure);
    return best !== undefined && doubts.length === 1
      ? { kind: 'cut', sightings: [best], otherwise: 'several-characters' }
      : { kind: 'as-ruled' };
  }
  if (ruled.outcome !== 'glyphs') return best === undefined ? { kind: 'as-ruled' } : cut(...sure);
  const [{ box }] = ruled.glyphs;
  if (best === undefined) {
    return (sightings[0]?.sureness ?? 0) < limits.nothing
      ? { kind: 'refused', outcome: 'blank' }
      : { kind: 'as-ruled' };
  }
  if (second !== undefined) {
    // What the rules took for one may be one of two pieces (い, ハ), so two there must be surer than three, or small in a large box.
    const inside = sure.filter((each) => shareInside(each.box, box) > 0.7);
    const pieces =
      sure.length === 2 &&
      inside.length === 2 &&
      second.sureness < limits.own &&
      Math.max(longer(best.box), longer(second.box)) >= limits.part * longer(box);
    return pieces ? { kind: 'as-ruled' } : cut(...sure);
  }
  if (overlapOf(best.box, box) > limits.same) return { kind: 'as-ruled' };
  const doubted = sightings.some(
    (each) => each !== best && each.sureness >= limits.doubt && overlapOf(each.box, box) > limits.alike,
  );
  const framed = best.sureness >= limits.certain && isAround(box, best.box, limits.around * longer(box));
  const rough = !framed && overlapOf(best.box, box) > limits.alike;
  // A character that is larger than what the rules found may be one that they cut in two; a smaller one stands in a frame.
  return doubted || rough ? { kind: 'as-ruled' } : cut(best);
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
