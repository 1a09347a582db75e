// /withdraw: what a contributor taught is taken back, once an operator has said that they mean it.
import { signatureOf } from '../../recognition/moderate.ts';
import type { People } from '../../recognition/people.ts';
import { encodeButton } from '../buttons.ts';
import { edit, notice, reply, type Command } from '../command.ts';
import { aboutContributor, type AboutContributor } from './about-contributor.ts';

interface Deps extends AboutContributor {
  readonly people: Pick<People, 'keyHash'>;
}

export const withdrawCommand = (deps: Deps): Command => ({
  ...aboutContributor(deps, 'withdraw', ({ say }, { id, key }) => {
    const samples = deps.moderate.count(id);
    if (samples === 0) return reply(say('withdraw-none', { key }));
    const payload = encodeButton({ do: 'choose', what: 'withdraw', value: key });
    const yes = { text: say('withdraw-yes'), role: 'danger', payload } as const;
    return reply(say('withdraw-question', { key, samples }), { keyboard: [[yes]] });
  }),
  buttons: {
    async withdraw({ speaker, say }, key) {
      const found = deps.moderate.find(key);
      if (found === undefined) return notice(say('contributor-unknown', { key }));
      const done = await deps.moderate.withdraw(found.id, signatureOf(deps.people, speaker));
      if (done.outcome === 'nothing') return edit(say('withdraw-none', { key }));
      const learnt = done.learnt.map((version) => say('withdraw-learnt', { version }));
      return edit([say('withdraw-done', { key, samples: done.samples }), ...learnt].join('\n'));
    },
  },
});
