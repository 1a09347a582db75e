// The alphabet that somebody means by what they wrote: its id, its title, or one of its characters.
import { labelByText, labelText, type Alphabet } from '../alphabet/alphabet.ts';
import type { Say } from '../words/words.ts';

export interface FindableAlphabets {
  readonly alphabet: (id: string) => Alphabet | undefined;
  readonly alphabets: () => readonly Alphabet[];
}

export function findAlphabet({ alphabet, alphabets }: FindableAlphabets, written: string): Alphabet | undefined {
  const wanted = labelText(written);
  const sameTitle = ({ title }: Alphabet): boolean => labelText(title).toLowerCase() === wanted.toLowerCase();
  return (
    alphabet(wanted.toLowerCase()) ??
    alphabets().find(sameTitle) ??
    alphabets().find((each) => labelByText(each, wanted) !== undefined)
  );
}

/** The sentence where nobody knows what was written. */
export function unknownAlphabet({ alphabets }: FindableAlphabets, written: string, say: Say): string {
  const known = alphabets().map(({ id }) => id);
  return say('alphabet-unknown', { alphabet: written, known: known.join(', ') });
}
