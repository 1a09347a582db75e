// What is said of something that was meant for a label and is none of the alphabet's; and whether it was meant so at all. Pure.
import { labelByText } from '../alphabet/alphabet.ts';
import type { Say } from '../words/words.ts';
import { findAlphabet, type FindableAlphabets } from './find-alphabet.ts';

/** What is wrong with it, and what to do instead. */
export function notALabel(written: string, alphabet: string, deps: FindableAlphabets, say: Say): string {
  const label = written.trim();
  const title = deps.alphabet(alphabet)?.title ?? alphabet;
  const named = findAlphabet(deps, label);
  const isName = named !== undefined && named.id !== alphabet && labelByText(named, label) === undefined;
  return isName ? say('alphabet-for-label', { label, id: named.id }) : say('unknown-label', { label, alphabet: title });
}

/** A single character, or a label of another alphabet: nobody makes conversation with those. */
export function looksLikeLabel(written: string, { alphabets }: Pick<FindableAlphabets, 'alphabets'>): boolean {
  return isCharacter(written) || alphabets().some((each) => labelByText(each, written) !== undefined);
}

/** One letter or digit, as people see it: a smile, a thumb or a question mark is no handwriting. */
function isCharacter(written: string): boolean {
  const [first, ...rest] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(written.trim());
  return first !== undefined && rest.length === 0 && /[\p{L}\p{N}]/u.test(first.segment);
}
