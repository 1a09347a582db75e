// /cancel: stops the run that is under way; where another alphabet's is, it asks whether that one is meant.
import type { Alphabet } from '../../alphabet/alphabet.ts';
import { signatureOf } from '../../recognition/moderate.ts';
import type { People } from '../../recognition/people.ts';
import type { Desk } from '../../runs/desk.ts';
import { encodeButton } from '../buttons.ts';
import { edit, reply, type Command, type Heard } from '../command.ts';
import type { Reply } from '../event.ts';
import { aboutAlphabet, type AboutAlphabet } from './about-alphabet.ts';

interface Deps extends AboutAlphabet {
  readonly people: Pick<People, 'keyHash'>;
  readonly training: Pick<Desk, 'cancel' | 'cancelRun' | 'underWay'>;
}

/** Of more than these at once nobody chooses by button. */
const MOST_OFFERED = 5;

export const cancelCommand = (deps: Deps): Command => ({
  ...aboutAlphabet(deps, 'cancel', (heard, alphabet) => {
    const run = deps.training.cancel(alphabet.id, signatureOf(deps.people, heard.speaker));
    return run === null ? elsewhere(deps, heard, alphabet) : reply(heard.say('cancel-done', { run: String(run.id) }));
  }),
  buttons: {
    cancel({ speaker, say }, id) {
      const run = deps.training.cancelRun(Number(id), signatureOf(deps.people, speaker));
      return edit(run === null ? say('cancel-over', { run: id }) : say('cancel-done', { run: String(run.id) }));
    },
  },
});

/** Nothing for this alphabet: what is under way for others. */
function elsewhere(deps: Deps, { say }: Heard, alphabet: Alphabet): readonly Reply[] {
  const others = deps.training.underWay().slice(0, MOST_OFFERED);
  if (others.length === 0) return reply(say('cancel-none'));
  const named = others.map((run) =>
    say('cancel-run', { run: String(run.id), alphabet: deps.alphabet(run.alphabet)?.title ?? run.alphabet }),
  );
  const keyboard = others.map(({ id }) => [
    {
      text: say('cancel-yes', { run: String(id) }),
      role: 'danger' as const,
      payload: encodeButton({ do: 'choose', what: 'cancel', value: String(id) }),
    },
  ]);
  return reply(say('cancel-elsewhere', { alphabet: alphabet.title, runs: named.join(', '), count: others.length }), {
    keyboard,
  });
}
