// /contributors: who teaches, the newest first, with what speaks for and against them.
import { CONTRIBUTORS_A_PAGE, type ContributorShown, type Moderate } from '../../recognition/moderate.ts';
import type { Say } from '../../words/words.ts';
import { pageArgument, reply, type Command } from '../command.ts';
import { minuteOf, pageOf } from '../pages.ts';

export const contributorsCommand = ({ moderate }: { readonly moderate: Moderate }): Command => ({
  name: 'contributors',
  operatorsOnly: true,
  argument: pageArgument,
  async run({ say }, rest) {
    const page = pageOf(rest);
    const shown = await moderate.list(page);
    if (shown.length === 0) return reply(say('contributors-none'));
    const more = shown.length < CONTRIBUTORS_A_PAGE ? [] : [say('contributors-next', { page: page + 1 })];
    const beneath = [...more, say('contributors-hint')];
    return reply([...shown.map((each) => lineOf(each, say)), ...beneath].join('\n'), {
      table: {
        title: say('contributors-title'),
        head: [say('contributors-who'), say('axis-samples'), say('contributors-right'), say('contributors-agreed')],
        rows: shown.map((each) => rowOf(each, say)),
        beneath: beneath.join('\n'),
      },
    });
  },
});

const answeredOf = ({ confirmed, corrected, rejected }: ContributorShown): number => confirmed + corrected + rejected;
const stateOf = ({ blockedAt, trusted }: ContributorShown): 'blocked' | 'trusted' | 'free' =>
  blockedAt === null ? (trusted ? 'trusted' : 'free') : 'blocked';

/** The same in columns; what says nothing of most people stands beside the key. */
function rowOf(each: ContributorShown, say: Say): readonly string[] {
  const state = stateOf(each);
  return [
    [each.key, each.platform, ...(state === 'free' ? [] : [say('contributors-state', { state })])].join(', '),
    String(each.samples),
    `${each.confirmed} / ${answeredOf(each)}`,
    `${each.agreed} / ${each.looked}`,
  ];
}

function lineOf(each: ContributorShown, say: Say): string {
  return say('contributors-line', {
    key: each.key,
    platform: each.platform,
    since: minuteOf(each.firstSeen).slice(0, 10),
    state: stateOf(each),
    samples: each.samples,
    recent: each.recent,
    confirmed: each.confirmed,
    answered: answeredOf(each),
    agreed: each.agreed,
    looked: each.looked,
  });
}
