// /log: what operators did, the newest first.
import { ACTS_A_PAGE, type Moderate } from '../../recognition/moderate.ts';
import { pageArgument, reply, type Command } from '../command.ts';
import { minuteOf, pageOf } from '../pages.ts';

export const logCommand = ({ moderate }: { readonly moderate: Moderate }): Command => ({
  name: 'log',
  operatorsOnly: true,
  argument: pageArgument,
  run({ say }, rest) {
    const page = pageOf(rest);
    const acts = moderate.log(page);
    if (acts.length === 0) return reply(say('log-none'));
    const lines = acts.map(({ at, ...act }) => say('log-line', { ...act, at: minuteOf(at) }));
    const more = acts.length < ACTS_A_PAGE ? [] : [say('log-next', { page: page + 1 })];
    return reply([...lines, ...more].join('\n'));
  },
});
