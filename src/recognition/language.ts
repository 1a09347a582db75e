// Which language somebody is spoken to in: chosen by hand, else their client's, else the one their client spoke before.
import { languageFor, sayIn, type Language, type Say } from '../words/words.ts';
import type { Person } from './chat.ts';
import type { People } from './people.ts';

export type LanguageOf = (person: Person) => Language;

export function makeLanguageOf(people: Pick<People, 'languages'>): LanguageOf {
  return (person) => {
    try {
      return languageFor(...people.languages(person));
    } catch {
      // A disk that is full must not keep us from saying so.
      return languageFor(person.language);
    }
  };
}

/** A voice for a person, for what a platform has to say by itself. */
export type SayTo = (person: Person) => Say;

export const makeSayTo =
  (languageOf: LanguageOf): SayTo =>
  (person) =>
    sayIn(languageOf(person));
