// What to offer while somebody types: labels by the character itself first, then by its name; alphabets by title or id.
import type { Alphabet } from '../alphabet/alphabet.ts';
import type { Chat, Person } from '../recognition/person.ts';
import type { Store } from '../store/store.ts';
import { isLong } from './keyboards.ts';
import { findAlphabet, type FindableAlphabets } from './find-alphabet.ts';
import type { Recognition } from '../recognition/outcomes.ts';

interface Suggestion {
  readonly name: string;
  readonly value: string;
}

const MOST = 25;

/** Pure: the labels whose text, identity or name begins with (then: contains) what was typed; all of them for nothing typed. */
function suggestLabels(alphabet: Alphabet, typed: string): readonly Suggestion[] {
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

/** Pure: the alphabets whose title or id begins with (then: contains) what was typed. */
function suggestAlphabets(alphabets: readonly Alphabet[], typed: string): readonly Suggestion[] {
  const wanted = typed.trim().toLowerCase();
  const rank = ({ id, title }: Alphabet): number => {
    const names = [id, title.toLowerCase()];
    if (names.some((name) => name.startsWith(wanted))) return 0;
    return names.some((name) => name.includes(wanted)) ? 1 : Infinity;
  };
  return alphabets
    .map((alphabet) => ({ alphabet, rank: rank(alphabet) }))
    .filter((each) => each.rank < Infinity)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ alphabet: { id, title } }) => ({ name: `${title} (${id})`, value: id }));
}

/** Answers at once and writes nothing. */
export interface Suggest {
  /** Labels of the alphabet that was named, else of what this person was asked about last here, else of the chat's. */
  labels(typed: string, person: Person, chat: Chat, alphabet?: string): readonly Suggestion[];
  alphabets(typed: string): readonly Suggestion[];
  /** Whether a label of this prediction's alphabet is written sooner than found among all of them. */
  inWriting(prediction: string): boolean;
}

export function makeSuggest(
  deps: FindableAlphabets & {
    readonly recognition: Pick<Recognition, 'alphabetOf'>;
    /** The alphabet of the last photo of a person in a chat. */
    readonly store: Pick<Store, 'predictions'>;
    readonly lastAlphabet: (person: Person, chat: Chat) => string | undefined;
  },
): Suggest {
  return {
    labels(typed, person, chat, named) {
      const wanted = named ?? deps.lastAlphabet(person, chat) ?? deps.recognition.alphabetOf(person.platform, chat);
      const found = findAlphabet(deps, wanted);
      return found === undefined ? [] : suggestLabels(found, typed);
    },
    inWriting(prediction) {
      const found = deps.alphabet(deps.store.predictions.get(prediction)?.alphabet ?? '');
      return found !== undefined && isLong(found);
    },
    alphabets: (typed) => suggestAlphabets(deps.alphabets(), typed),
  };
}
