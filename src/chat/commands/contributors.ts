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
    return reply([...shown.map((each) => lineOf(each, say)), ...more, say('contributors-hint')].join('\n'));
  },
});

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
