// Which language somebody is spoken to in: chosen by hand, else their client's, else the one their client spoke before.
import type { People, Speaker } from '../recognition/people.ts';
import type { Person } from '../recognition/person.ts';
import { languageFor, sayIn, type Language, type Say } from '../words/words.ts';

export function languageOf(speaker: Speaker): Language {
  try {
    const { language, clientLanguage } = speaker.contributor;
    return languageFor(language, speaker.language, clientLanguage);
  } catch {
    // A disk that is full must not keep us from saying so.
    return languageFor(speaker.language);
  }
}

/** A voice for a person, for what a platform has to say by itself. */
export type SayTo = (person: Person) => Say;

export const makeSayTo =
  (people: Pick<People, 'meet'>): SayTo =>
  (person) =>
    sayIn(languageOf(people.meet(person)));
