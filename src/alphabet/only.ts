// An alphabet with letters and digits may be read as letters alone, or as digits alone: з is not 3 where nobody writes digits. Pure.
import type { Alphabet } from './alphabet.ts';

export const onlys = ['letters', 'digits'] as const;
export type Only = (typeof onlys)[number];

const isDigit = (text: string): boolean => /^\p{Nd}+$/u.test(text);

/** Whether an alphabet has both, so that there is something to leave out. */
export function hasBoth({ labels }: Alphabet): boolean {
  return labels.some(({ text }) => isDigit(text)) && labels.some(({ text }) => !isDigit(text));
}

/** Ids of the labels that are read; null: all of them, also where the alphabet has but one of the two. */
export function labelsOf(alphabet: Alphabet, only: Only | null): ReadonlySet<number> | null {
  if (only === null || !hasBoth(alphabet)) return null;
  return new Set(alphabet.labels.flatMap(({ id, text }) => (isDigit(text) === (only === 'digits') ? [id] : [])));
}
