// People who agreed to teach before the test begins: what a test is about is seldom that they are asked.
import { CONSENT_TEXT } from '../../src/recognition/consent.ts';
import type { People, Speaker } from '../../src/recognition/people.ts';
import type { Person } from '../../src/recognition/person.ts';
import type { Store } from '../../src/store/store.ts';

/** The person as a speaker who has agreed. */
export function agreed(app: { readonly people: Pick<People, 'meet'>; readonly store: Store }, person: Person): Speaker {
  const speaker = app.people.meet(person);
  app.store.consents.agree(speaker.contributor.id, { text: CONSENT_TEXT, at: 1 });
  return speaker;
}

/** Whoever is met has agreed. */
export const allAgreed = (people: People, store: Store): People => ({
  ...people,
  meet: (person) => agreed({ people, store }, person),
});
