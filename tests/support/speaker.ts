// Who speaks, without a store behind them.
import type { Speaker } from '../../src/recognition/people.ts';
import type { Person } from '../../src/recognition/person.ts';

export function speakerOf(person: Person, language: string | null = null): Speaker {
  const contributor = {
    id: 1,
    keyHash: `${person.platform}:${person.id}`,
    platform: person.platform,
    language,
    clientLanguage: null,
    silenced: false,
    testOnly: null,
    createdAt: 0,
  };
  return { ...person, isOperator: person.operator === true, contributor };
}
