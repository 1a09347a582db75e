// Labels to offer while somebody types one: by the character itself first, then by its name.
import type { Alphabet } from '../alphabet/alphabet.ts';
import type { Chat, Person } from './chat.ts';
import type { Recognition } from './recognition.ts';

export interface Suggestion {
  readonly name: string;
  readonly value: string;
}

const MOST = 25;

/** Pure: the labels whose text, identity or name begins with (then: contains) what was typed; all of them for nothing typed. */
export function suggestLabels(alphabet: Alphabet, typed: string): readonly Suggestion[] {
  const wanted = typed.trim().normalize('NFC').toLowerCase();
  const rank = ({ text, name, identity }: Alphabet['labels'][number]): number => {
    if (wanted === '' || text === typed.trim()) return 0;
    if (identity.toLowerCase().startsWith(wanted) || text.toLowerCase().startsWith(wanted)) return 1;
    if (name.toLowerCase().startsWith(wanted)) return 2;
    return name.toLowerCase().includes(wanted) ? 3 : Infinity;
  };
  return alphabet.labels
    .map((label) => ({ label, rank: rank(label) }))
    .filter((each) => each.rank < Infinity)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ label: { text, name } }) => ({ name: name === text ? text : `${text} – ${name}`, value: text }));
}

export function makeSuggest(recognition: Recognition, alphabet: (id: string) => Alphabet | undefined) {
  return (typed: string, person: Person, chat: Chat): readonly Suggestion[] => {
    const found = alphabet(recognition.alphabetOf(person, chat));
    return found === undefined ? [] : suggestLabels(found, typed);
  };
}
