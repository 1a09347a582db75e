// An alphabet as scripts see it.
import type { Alphabet } from '../alphabet/alphabet.ts';
import { notesOn } from '../alphabet/own.ts';

export function plainAlphabet(alphabet: Alphabet) {
  const { id, kind, title, labels, direction } = alphabet;
  return { id, kind, title, labels: labels.map(({ text }) => text), direction, notes: notesOn(alphabet) };
}
