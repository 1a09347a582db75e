// The alphabet that somebody means by what they wrote: its id, its title, or one of its characters.
import { labelByText, labelText, type Alphabet } from '../alphabet/alphabet.ts';

export interface Alphabets {
  readonly alphabet: (id: string) => Alphabet | undefined;
  readonly alphabets: () => readonly Alphabet[];
}

export function findAlphabet({ alphabet, alphabets }: Alphabets, written: string): Alphabet | undefined {
  const wanted = labelText(written);
  const sameTitle = ({ title }: Alphabet): boolean => labelText(title).toLowerCase() === wanted.toLowerCase();
  return (
    alphabet(wanted.toLowerCase()) ??
    alphabets().find(sameTitle) ??
    alphabets().find((each) => labelByText(each, wanted) !== undefined)
  );
}
