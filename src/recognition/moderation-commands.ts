// Operators' commands about who teaches: who there is, stop somebody, take back what somebody taught, and what operators did.
import { encodeButton } from './buttons.ts';
import { reply, type Command, type Heard } from './command.ts';
import { ACTS_A_PAGE, CONTRIBUTORS_A_PAGE, signatureOf, type ContributorShown, type Moderate } from './moderate.ts';
import type { Reply } from './chat.ts';
import type { People } from './people.ts';
import type { Say } from '../words/words.ts';

interface Deps {
  readonly people: People;
  readonly moderate: Moderate;
}

const aPage = { name: 'command-argument-page', description: 'command-argument-page-description' };
const aContributor = { name: 'command-argument-contributor', description: 'command-argument-contributor-description' };

export function moderationCommands({ people, moderate }: Deps): readonly Command[] {
  /** A command about the contributor whose key was written behind it. */
  const about =
    (name: string, run: (heard: Heard, who: { readonly id: number; readonly key: string }) => readonly Reply[]) =>
    (heard: Heard, rest: string): readonly Reply[] => {
      if (rest === '') return reply(heard.say('contributor-usage', { command: name }));
      const found = moderate.find(rest);
      if (found === undefined) return reply(heard.say('contributor-unknown', { key: rest }));
      return run(heard, { id: found.id, key: rest.toLowerCase() });
    };
  const blocking = (name: 'block' | 'unblock'): Command => ({
    name,
    operatorsOnly: true,
    argument: aContributor,
    run: about(name, ({ event, say }, { id, key }) => {
      const changed = moderate.setBlocked(id, name === 'block', signatureOf(people, event.person));
      return reply(say(`${name}-${changed ? 'done' : 'already'}`, { key }));
    }),
  });
  return [
    {
      name: 'contributors',
      operatorsOnly: true,
      argument: aPage,
      async run({ say }, rest) {
        const page = pageOf(rest);
        const shown = await moderate.list(page);
        if (shown.length === 0) return reply(say('contributors-none'));
        const last = say('contributors-hint');
        const more = shown.length < CONTRIBUTORS_A_PAGE ? [] : [say('contributors-next', { page: page + 1 })];
        return reply([...shown.map((each) => lineOf(each, say)), ...more, last].join('\n'));
      },
    },
    blocking('block'),
    blocking('unblock'),
    {
      name: 'withdraw',
      operatorsOnly: true,
      argument: aContributor,
      run: about('withdraw', ({ say }, { id, key }) => {
        const samples = moderate.count(id);
        if (samples === 0) return reply(say('withdraw-none', { key }));
        const payload = encodeButton({ do: 'choose', what: 'withdraw', value: key });
        return reply(say('withdraw-question', { key, samples }), {
          keyboard: [[{ text: say('withdraw-yes'), role: 'danger', payload }]],
        });
      }),
    },
    {
      name: 'log',
      operatorsOnly: true,
      argument: aPage,
      run({ say }, rest) {
        const page = pageOf(rest);
        const acts = moderate.log(page);
        if (acts.length === 0) return reply(say('log-none'));
        const lines = acts.map(({ at, ...act }) => say('log-line', { ...act, at: minuteOf(at) }));
        return reply(
          [...lines, ...(acts.length < ACTS_A_PAGE ? [] : [say('log-next', { page: page + 1 })])].join('\n'),
        );
      },
    },
  ];
}

/** "Yes, take it back". */
export function makeWithdrawChoice({ people, moderate }: Deps) {
  return async ({ event, say }: Heard, key: string): Promise<readonly Reply[]> => {
    if (!people.isOperator(event.person)) return [{ kind: 'notice', text: say('operators-only') }];
    const found = moderate.find(key);
    if (found === undefined) return [{ kind: 'notice', text: say('contributor-unknown', { key }) }];
    const done = await moderate.withdraw(found.id, signatureOf(people, event.person));
    if (done.outcome === 'nothing') return [{ kind: 'edit', message: { text: say('withdraw-none', { key }) } }];
    const lines = [
      say('withdraw-done', { key, samples: done.samples }),
      ...done.learnt.map((version) => say('withdraw-learnt', { version })),
    ];
    return [{ kind: 'edit', message: { text: lines.join('\n') } }];
  };
}

function lineOf(each: ContributorShown, say: Say): string {
  return say('contributors-line', {
    key: each.key,
    platform: each.platform,
    since: minuteOf(each.firstSeen).slice(0, 10),
    state: each.blockedAt === null ? (each.trusted ? 'trusted' : 'free') : 'blocked',
    samples: each.samples,
    recent: each.recent,
    confirmed: each.confirmed,
    answered: each.confirmed + each.corrected + each.rejected,
    agreed: each.agreed,
    looked: each.looked,
  });
}

/** UTC, to the minute. */
const minuteOf = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

/** What is not a page is the first. */
const pageOf = (rest: string): number => (/^[1-9]\d{0,5}$/.test(rest) ? Number(rest) : 1);
