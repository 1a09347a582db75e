// Whose label is whose, where people wrote down the whole line of a photo: pure. A glyph may have been missed, or found too much;
// then only what is beyond doubt is paired.
import { labelTyped, type Alphabet, type Label } from '../alphabet/alphabet.ts';

export interface Read {
  readonly labelId: number;
  readonly probability: number;
}

/** Less is not evidence against: people know better than the model. */
const FLOOR = 0.002;
/** That the finder missed a character, or saw one too much. */
const MISSED = 0.01;
/** A pair counts that is so probable among all ways to pair them. */
const SURE = 0.9;

/**
 * The labels of a text, each character or the longest label that begins there; what parts words and lines is left out. Undefined
 * where something stands there that is not a label of the alphabet, with what it is.
 */
export function labelsOfText(
  alphabet: Alphabet,
  text: string,
): { readonly labels: readonly Label[] } | { readonly unknown: string } {
  const graphemes = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text.normalize('NFC'))].map(
    ({ segment }) => segment,
  );
  const longest = Math.max(...alphabet.labels.map((label) => [...new Intl.Segmenter().segment(label.text)].length));
  const labels: Label[] = [];
  for (let at = 0; at < graphemes.length;) {
    if (/^[\s\p{P}\p{Default_Ignorable_Code_Point}]+$/u.test(graphemes[at] ?? '') && labelAt(at, 1) === undefined) {
      at += 1;
      continue;
    }
    let length = Math.min(longest, graphemes.length - at);
    while (length > 1 && labelAt(at, length) === undefined) length -= 1;
    const label = labelAt(at, length);
    if (label === undefined) return { unknown: graphemes[at] ?? '' };
    labels.push(label);
    at += length;
  }
  return { labels };

  function labelAt(at: number, length: number): Label | undefined {
    return labelTyped(alphabet, graphemes.slice(at, at + length).join(''));
  }
}

/**
 * For each glyph, in reading order, the label that is its; undefined where that is not beyond doubt. As many labels as glyphs are
 * paired one by one: that is what people mean. `reads`: what the model holds possible for each glyph, best first.
 */
export function align(reads: readonly (readonly Read[])[], labels: readonly number[]): readonly (number | undefined)[] {
  if (reads.length === labels.length) return labels;
  const [n, m] = [reads.length, labels.length];
  const fits = (glyph: number, label: number): number =>
    Math.max(FLOOR, reads[glyph]?.find(({ labelId }) => labelId === labels[label])?.probability ?? 0);
  // Sums over all ways to pair what comes before, and what comes after; scaled by row, so that nothing underflows.
  const before = sums(n, m, fits);
  const after = sums(n, m, (glyph, label) => fits(n - 1 - glyph, m - 1 - label));
  return reads.map((_, glyph) => {
    const weights = labels.map(
      (__, label) => at(before, glyph, label) + Math.log(fits(glyph, label)) + at(after, n - 1 - glyph, m - 1 - label),
    );
    const best = weights.indexOf(Math.max(...weights));
    const share = best === -1 ? 0 : Math.exp((weights[best] ?? 0) - at(before, n, m));
    return share >= SURE ? labels[best] : undefined;
  });
}

const at = (table: readonly Float64Array[], row: number, column: number): number => table[row]?.[column] ?? -Infinity;

/** [i][j]: the logarithm of the sum over all ways to pair the first i glyphs with the first j labels. */
function sums(n: number, m: number, fits: (glyph: number, label: number) => number): readonly Float64Array[] {
  const table = Array.from({ length: n + 1 }, () => new Float64Array(m + 1).fill(-Infinity));
  const gap = Math.log(MISSED);
  for (let i = 0; i <= n; i++) {
    const row = table[i];
    if (row === undefined) continue;
    for (let j = 0; j <= m; j++) {
      if (i === 0 && j === 0) row[0] = 0;
      else {
        row[j] = logSum(
          i > 0 ? at(table, i - 1, j) + gap : -Infinity,
          j > 0 ? at(table, i, j - 1) + gap : -Infinity,
          i > 0 && j > 0 ? at(table, i - 1, j - 1) + Math.log(fits(i - 1, j - 1)) : -Infinity,
        );
      }
    }
  }
  return table;
}

function logSum(...terms: readonly number[]): number {
  const most = Math.max(...terms);
  return most === -Infinity ? most : most + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - most), 0));
}
