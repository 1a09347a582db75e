// Which labels somebody wants on a sheet, from what they wrote; else those that the alphabet has fewest samples of.
import { labelTyped, type Alphabet } from '../alphabet/alphabet.ts';
import { rowsFromText } from '../alphabet/own.ts';

/** So many labels are practised at once, each several times. */
const LEAST_TAUGHT = 16;

type LabelWish =
  | { readonly outcome: 'labels'; readonly ids: readonly number[] }
  | { readonly outcome: 'unknown'; readonly text: string };

/** Labels written one after another, or with spaces; one alone stands for its row. */
export function labelsAsked(alphabet: Alphabet, written: string): LabelWish {
  const texts = rowsFromText(written.replaceAll(/[,;،、，]/gu, ' ')).flat();
  const ids: number[] = [];
  for (const text of texts) {
    const label = labelTyped(alphabet, text);
    if (label === undefined) return { outcome: 'unknown', text };
    ids.push(label.id);
  }
  if (ids.length === 0) return { outcome: 'unknown', text: written.trim() };
  const [only, ...more] = ids;
  const row = more.length > 0 ? undefined : alphabet.rows.find((each) => only !== undefined && each.includes(only));
  return { outcome: 'labels', ids: row ?? ids };
}

/** The labels with the fewest samples, in the alphabet's order among equals. */
export function leastTaught(alphabet: Alphabet, samplesOf: (labelId: number) => number): readonly number[] {
  return alphabet.labels
    .map(({ id }) => ({ id, samples: samplesOf(id) }))
    .sort((a, b) => a.samples - b.samples)
    .slice(0, LEAST_TAUGHT)
    .map(({ id }) => id);
}
