// Two opinions on one photo: the rules say which ink is the character, the finder says how many there are and where. Rules cut exactly, so
// what they found stays wherever the finder sees one character there too; where the two differ, this file decides.
import { commonArea, type Sighting } from '../find/boxes.ts';
import { longer, overlapOf } from './crop.ts';
import type { Box, Reading, Unreadable } from './glyph.ts';
import { middleOf } from './piece.ts';

type CutDecision =
  | { readonly kind: 'as-ruled' }
  | { readonly kind: 'refused'; readonly outcome: Unreadable }
  /** Cut these out; where there is no ink, what the rules said stands, or this. */
  | { readonly kind: 'cut'; readonly sightings: readonly Sighting[]; readonly otherwise: Unreadable | null };

export const LIMITS = {
  /** A sighting this sure counts, */
  sure: 0.35,
  /** and in a photo of several one this sure, unless it is smaller than this share of the middle one, or larger by as much. */
  among: 0.22,
  like: 0.3,
  /** or less sure than this share of what the sure ones are: beside clear writing frames and grain are no characters. */
  beside: 0.45,
  /** Where none is as sure as this there is no character. */
  nothing: 0.35,
  /** Characters side by side are of about one size. */
  size: 0.5,
  /** Two in what the rules took for one character are as sure as this, or both smaller than this share of it. */
  own: 0.75,
  part: 0.4,
  /** A piece of one character (い, ハ, Ы, 二) is a bar for the most part: one of the two is narrower than this share of its length. */
  bar: 0.45,
  /** Boxes that overlap by this IoU are of the same character. */
  same: 0.45,
  /** The finder's boxes are rough: where it sees one character, what the rules cut out stays if it overlaps by this, */
  alike: 0.2,
  /** unless it is so certain: then the rules cut out a frame around it, or a part of it. */
  certain: 0.8,
  /** or the rules' box is so many times as large, and the finder this sure. */
  loaded: 0.6,
  larger: 2,
};

/** All that the finder sees in a photo of several, the surest first; null where it sees less than three for sure. */
export function severalIn(sightings: readonly Sighting[], limits: typeof LIMITS = LIMITS): readonly Sighting[] | null {
  const sure = sightings.filter(({ sureness }) => sureness >= limits.sure);
  return sure.length > 2 ? withTheirLike(sure, sightings, limits) : null;
}

/** The sure ones, and those less sure that are of about their size. */
function withTheirLike(
  sure: readonly Sighting[],
  sightings: readonly Sighting[],
  limits: typeof LIMITS,
): readonly Sighting[] {
  const middle = middleOf(sure.map(({ box }) => longer(box)));
  const least = Math.max(limits.among, limits.beside * middleOf(sure.map(({ sureness }) => sureness)));
  return sightings.filter((each) => {
    const size = longer(each.box);
    const like = size >= limits.like * middle && size * limits.like <= middle;
    return each.sureness >= limits.sure || (like && each.sureness >= least);
  });
}

/** `sightings`: the surest first. */
export function decideCuts(
  ruled: Reading,
  sightings: readonly Sighting[],
  limits: typeof LIMITS = LIMITS,
): CutDecision {
  const sure = sightings.filter(({ sureness }) => sureness >= limits.sure);
  const [best, second] = sure;
  const doubts = sightings.filter((each) => !sure.includes(each) && each.sureness >= limits.among);
  const all = (): CutDecision => ({ kind: 'cut', sightings: withTheirLike(sure, sightings, limits), otherwise: null });
  if (ruled.outcome === 'several-characters') {
    if (second !== undefined || doubts.length > 0) return best === undefined ? { kind: 'as-ruled' } : all();
    return best === undefined
      ? { kind: 'as-ruled' }
      : { kind: 'cut', sightings: [best], otherwise: 'several-characters' };
  }
  if (ruled.outcome !== 'glyphs') return best === undefined ? { kind: 'as-ruled' } : all();
  const [{ box }] = ruled.glyphs;
  if (best === undefined) {
    return (sightings[0]?.sureness ?? 0) < limits.nothing
      ? { kind: 'refused', outcome: 'blank' }
      : { kind: 'as-ruled' };
  }
  const isInside = (each: Sighting): boolean => shareInside(each.box, box) > 0.7;
  if (second !== undefined) {
    // What the rules took for one may be one of two pieces (い, ハ), so two there must be surer than three, or small in a large box.
    const pieces =
      sure.every(isInside) &&
      second.sureness < limits.own &&
      [best, second].some(
        ({ box: { width, height } }) => Math.min(width, height) < limits.bar * Math.max(width, height),
      ) &&
      Math.max(longer(best.box), longer(second.box)) >= limits.part * longer(box);
    return pieces ? { kind: 'as-ruled' } : all();
  }
  // So much larger than what a sure finder saw, it has more than the character in it: a desk's edge, a pen.
  const loaded =
    best.sureness >= limits.loaded && box.width * box.height > limits.larger * best.box.width * best.box.height;
  const same = overlapOf(best.box, box) > limits.same && !loaded;
  // Less sure, but beside the one and of about its size.
  const beside = doubts.some(
    (each) => longer(each.box) >= limits.size * longer(best.box) && shareInside(each.box, box) < 0.3,
  );
  if (same) return beside ? all() : { kind: 'as-ruled' };
  const doubted = doubts.some((each) => overlapOf(each.box, box) > limits.alike);
  const rough = best.sureness < limits.certain && !loaded && overlapOf(best.box, box) > limits.alike;
  // A character that is larger than what the rules found may be one that they cut in two; a smaller one stands in a frame.
  return doubted || rough ? { kind: 'as-ruled' } : { kind: 'cut', sightings: [best], otherwise: null };
}

/** How much of `inner` lies in `outer`. */
function shareInside(inner: Box, outer: Box): number {
  return commonArea(inner, outer) / Math.max(1, inner.width * inner.height);
}
