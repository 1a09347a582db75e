// How well pages of several characters are read: how many characters are found, how many boxes are of none, whether the order is right,
// and what is read. Pure.
import { labelByText, makeSameShape, type Alphabet } from '../alphabet/alphabet.ts';
import type { Box } from '../glyph/glyph.ts';
import { matched } from '../glyph/matched.ts';

/** One page: what stands there, and what was found, both in reading order. */
export interface ReadPage {
  readonly truth: readonly { readonly box: Box; readonly label: string }[];
  /** `read`: the first candidate's label; null where it was taken for no character. */
  readonly found: readonly { readonly box: Box; readonly read: number | null }[];
}

export interface PageFigures {
  readonly pages: number;
  /** Characters on them. */
  readonly glyphs: number;
  /** Of them: in a box of their own, by an IoU of 0.5. */
  readonly found: number;
  /** Boxes of no character. */
  readonly false: number;
  /** Of neighbours that were both found, the share that was read one right after the other, but for false boxes; null: there are none. */
  readonly ordered: number | null;
  /** Share of the characters of the alphabet that were found and read right; null: there are none. */
  readonly accuracy: number | null;
  /** The same with labels that differ in size alone taken as one. */
  readonly confusableAccuracy: number | null;
  /** Characters that the alphabet lacks: they count as found, and not in the accuracy. */
  readonly outOfAlphabet: number;
}

export function pageFigures(pages: readonly ReadPage[], alphabet: Alphabet): PageFigures {
  const same = makeSameShape(alphabet.confusable);
  const sum = { glyphs: 0, found: 0, false: 0, pairs: 0, ordered: 0, known: 0, right: 0, alike: 0 };
  for (const { truth, found } of pages) {
    const places = matched(
      truth.map(({ box }) => box),
      found.map(({ box }) => box),
    );
    const own = places.filter((place) => place !== undefined).sort((a, b) => a - b);
    const rank = new Map(own.map((place, at) => [place, at]));
    sum.glyphs += truth.length;
    sum.found += own.length;
    sum.false += found.length - own.length;
    let before: number | undefined;
    for (const [at, { label }] of truth.entries()) {
      const place = places[at];
      const here = place === undefined ? undefined : rank.get(place);
      if (here !== undefined && before !== undefined) {
        sum.pairs++;
        if (here === before + 1) sum.ordered++;
      }
      before = here;
      const id = labelByText(alphabet, label)?.id;
      if (id === undefined) continue;
      sum.known++;
      const read = place === undefined ? null : (found[place]?.read ?? null);
      if (read === id) sum.right++;
      if (read !== null && same(read, id)) sum.alike++;
    }
  }
  const share = (part: number, of: number): number | null => (of === 0 ? null : part / of);
  return {
    pages: pages.length,
    glyphs: sum.glyphs,
    found: sum.found,
    false: sum.false,
    ordered: share(sum.ordered, sum.pairs),
    accuracy: share(sum.right, sum.known),
    confusableAccuracy: share(sum.alike, sum.known),
    outOfAlphabet: sum.glyphs - sum.known,
  };
}
