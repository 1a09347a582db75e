// /me: what somebody taught, alphabet by alphabet.
import type { Alphabet } from '../../alphabet/alphabet.ts';
import type { Store } from '../../store/store.ts';
import { reply, type Command } from '../command.ts';

export const meCommand = (deps: {
  readonly store: Pick<Store, 'contributors'>;
  readonly alphabet: (id: string) => Alphabet | undefined;
}): Command => ({
  name: 'me',
  operatorsOnly: false,
  personal: true,
  run({ speaker, say }) {
    const taught = deps.store.contributors
      .stats(speaker.contributor.id)
      .filter((each) => each.samples + each.confirmed + each.corrected + each.rejected > 0);
    if (taught.length === 0) return reply(say('me-nothing'));
    const lines = taught.map((each) => {
      const answered = each.confirmed + each.corrected + each.rejected;
      return say('me-alphabet', {
        alphabet: deps.alphabet(each.alphabet)?.title ?? each.alphabet,
        samples: each.samples,
        answered,
        percent: answered === 0 ? 0 : Math.round((100 * each.confirmed) / answered),
      });
    });
    return reply(lines.join('\n'));
  },
});
