// /retrain: a run is asked for, and its message follows it to its end.
import { signatureOf } from '../../recognition/moderate.ts';
import type { People } from '../../recognition/people.ts';
import type { Desk } from '../../runs/desk.ts';
import type { Store } from '../../store/store.ts';
import { runText } from '../../words/run-text.ts';
import { reply, type Command } from '../command.ts';
import type { RunMessages } from '../run-messages.ts';
import { aboutAlphabet, type AboutAlphabet } from './about-alphabet.ts';

interface Deps extends AboutAlphabet {
  readonly store: Pick<Store, 'askers'>;
  readonly people: Pick<People, 'keyHash'>;
  readonly training: Pick<Desk, 'start'>;
  readonly runMessages: Pick<RunMessages, 'shows'>;
}

export const retrainCommand = (deps: Deps): Command =>
  aboutAlphabet(deps, 'retrain', ({ event, speaker, say, language }, alphabet) => {
    const requestedBy = signatureOf(deps.people, speaker);
    const started = deps.training.start({ alphabet: alphabet.id, requestedBy });
    if (started.outcome === 'nothing-to-learn') {
      return reply(say('retrain-refused-no-samples', { alphabet: alphabet.title }));
    }
    const { run } = started;
    const asker = { platform: speaker.platform, address: event.address, language };
    deps.store.askers.add(run.id, { ...asker, chatKey: event.chat.id, contributorId: speaker.contributor.id });
    const text = runText(run, alphabet, say);
    const busy = say('retrain-busy', { run: String(run.id), alphabet: alphabet.title });
    return [
      {
        kind: 'message',
        message: { text: started.outcome === 'busy' ? `${busy}\n${text}` : text, live: true },
        said: (message) => deps.runMessages.shows(run.id, asker, message, text),
      },
    ];
  });
