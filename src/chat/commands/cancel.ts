// /cancel: stops the run that is under way.
import { signatureOf } from '../../recognition/moderate.ts';
import type { People } from '../../recognition/people.ts';
import type { Desk } from '../../runs/desk.ts';
import { reply, type Command } from '../command.ts';
import { aboutAlphabet, type AboutAlphabet } from './about-alphabet.ts';

interface Deps extends AboutAlphabet {
  readonly people: Pick<People, 'keyHash'>;
  readonly training: Pick<Desk, 'cancel'>;
}

export const cancelCommand = (deps: Deps): Command =>
  aboutAlphabet(deps, 'cancel', ({ speaker, say }, alphabet) => {
    const run = deps.training.cancel(alphabet.id, signatureOf(deps.people, speaker));
    return reply(run === null ? say('cancel-none') : say('cancel-done', { run: String(run.id) }));
  });
