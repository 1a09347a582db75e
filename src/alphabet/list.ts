// The shipped alphabets: one line each. A new alphabet is a file beside this one and a line here.
import type { Alphabet } from './alphabet.ts';
import { digits } from './digits.ts';

export const shippedAlphabets: readonly Alphabet[] = [digits];
