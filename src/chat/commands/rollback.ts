// /rollback: back to the champion before this one, once an operator has said that they mean it.
import { signatureOf } from '../../recognition/moderate.ts';
import type { People } from '../../recognition/people.ts';
import type { Desk } from '../../runs/desk.ts';
import type { Moved } from '../../runs/rollback.ts';
import type { Store } from '../../store/store.ts';
import type { Say } from '../../words/words.ts';
import { encodeButton } from '../buttons.ts';
import { edit, notice, reply, type Command } from '../command.ts';
import { aboutAlphabet, type AboutAlphabet } from './about-alphabet.ts';

interface Deps extends AboutAlphabet {
  readonly store: Pick<Store, 'versions'>;
  readonly people: Pick<People, 'keyHash'>;
  readonly training: Pick<Desk, 'rollback' | 'rollbackTarget'>;
}

export const rollbackCommand = (deps: Deps): Command => ({
  ...aboutAlphabet(deps, 'rollback', ({ say }, alphabet) => {
    const target = deps.training.rollbackTarget(alphabet.id);
    if (target === null) return reply(say('rollback-none', { alphabet: alphabet.title }));
    // The button names the version, so that a second tap cannot go back twice.
    const payload = encodeButton({ do: 'choose', what: 'rollback', value: target.to });
    const yes = { text: say('rollback-yes'), role: 'danger', payload } as const;
    return reply(say('rollback-question', target), { keyboard: [[yes]] });
  }),
  buttons: {
    async rollback({ speaker, say }, to) {
      const version = deps.store.versions.get(to);
      if (version === undefined) return notice(say('unknown-button'));
      const by = signatureOf(deps.people, speaker);
      const done = await deps.training.rollback({ alphabet: version.alphabet, to, by });
      return edit(rollbackText(done, version.alphabet, say));
    },
  },
});

function rollbackText(moved: Moved, alphabet: string, say: Say): string {
  switch (moved.outcome) {
    case 'moved':
      return say('rollback-done', { from: moved.from ?? '–', to: moved.to });
    case 'nothing-before':
    case 'unknown-version':
      return say('rollback-none', { alphabet });
    case 'unusable':
      return say('rollback-refused', { to: moved.version, because: moved.because });
    case 'already':
    case 'overtaken':
      return say('rollback-overtaken');
  }
}
