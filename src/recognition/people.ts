// Who somebody is to us: a keyed hash, never a name; and whether they are an operator. Authority is checked here, in code.
import { createHmac } from 'node:crypto';
import type { Contributor, Contributors } from '../store/contributors.ts';
import type { Operators } from '../store/operators.ts';
import type { Chat, Person } from './person.ts';

/** A person as known to us: decided once an event, at the door. */
export interface Speaker extends Person {
  readonly isOperator: boolean;
  /** The person's row, made at first sight; read when it is first needed, and once. */
  readonly contributor: Contributor;
}

export interface People {
  meet(person: Person): Speaker;
  keyHash(person: Pick<Person, 'platform' | 'id'>): string;
  /** Whether that contributor is this group itself (an admin wrote in its name) and the person one of its admins. */
  speaksFor(person: Pick<Person, 'platform'>, chat: Chat, contributorId: number): Promise<boolean>;
  /** `platform:id` of every operator; `fixed` ones stand in ADMINS and cannot be taken away in a chat. */
  operators(): readonly { readonly who: string; readonly fixed: boolean }[];
  /** False for those who are one already. */
  addOperator(who: string): boolean;
  /** False for those named in ADMINS, and for strangers. */
  removeOperator(who: string): boolean;
}

export function makePeople(deps: {
  /** Secret of this installation; without it nobody can tell from a hash who it was. */
  readonly key: Uint8Array;
  readonly admins: readonly string[];
  readonly contributors: Contributors;
  /** Those who were added in a chat. */
  readonly operators: Operators;
  readonly now: () => number;
}): People {
  const fixed = new Set(deps.admins);
  const nameOf = (person: Pick<Person, 'platform' | 'id'>): string => `${person.platform}:${person.id}`;

  const isOperator = (person: Person): boolean => {
    if (person.operator === true) return true;
    const who = nameOf(person);
    // A browser's cookie is not an operator's id, whatever it says.
    return person.platform !== 'web' && (fixed.has(who) || deps.operators.list().includes(who));
  };
  const keyHash = (person: Pick<Person, 'platform' | 'id'>): string =>
    createHmac('sha256', deps.key).update(nameOf(person)).digest('hex');

  const contributorOf = (person: Person, operator: boolean): Contributor =>
    deps.contributors.getOrCreate({
      keyHash: keyHash(person),
      platform: person.platform,
      operator: operator && person.relayed !== true,
      ...(person.language === undefined ? {} : { clientLanguage: person.language }),
      at: deps.now(),
    });
  return {
    keyHash,
    meet(person) {
      const operator = isOperator(person);
      let row: Contributor | undefined;
      return {
        ...person,
        isOperator: operator,
        get contributor() {
          return (row ??= contributorOf(person, operator));
        },
      };
    },
    async speaksFor({ platform }, chat, contributorId) {
      if (chat.kind !== 'group') return false;
      const group = keyHash({ platform, id: chat.id });
      return deps.contributors.byId(contributorId)?.keyHash === group && chat.isChatAdmin();
    },
    operators: () => [
      ...[...fixed].map((who) => ({ who, fixed: true })),
      ...deps.operators.list().map((who) => ({ who, fixed: false })),
    ],
    addOperator(who) {
      return !fixed.has(who) && deps.operators.add(who);
    },
    removeOperator(who) {
      if (!deps.operators.remove(who)) return false;
      const [platform = '', id = ''] = who.split(':');
      // What they teach is trusted no longer: from now on, and not only when they are heard again.
      const known = deps.contributors.byKeyHash(keyHash({ platform, id }));
      if (known !== undefined) {
        const { keyHash: hash, platform: where } = known;
        deps.contributors.getOrCreate({ keyHash: hash, platform: where, operator: false, at: deps.now() });
      }
      return true;
    },
  };
}
