// The shipped alphabets: one line each. A new alphabet is a file beside this one and a line here.
import type { Alphabet } from './alphabet.ts';
import { digits } from './digits.ts';
import { hiragana } from './hiragana.ts';
import { katakana } from './katakana.ts';
import { latin } from './latin.ts';
import { ukrainian } from './ukrainian.ts';

export const shippedAlphabets: readonly Alphabet[] = [digits, latin, hiragana, katakana, ukrainian];
