// /retrain: a run is asked for, and its message follows it to its end.
import type { Alphabet } from '../../alphabet/alphabet.ts';
import { signatureOf } from '../../recognition/moderate.ts';
import type { People } from '../../recognition/people.ts';
import type { Desk } from '../../runs/desk.ts';
import type { Store } from '../../store/store.ts';
import { runText } from '../../words/run-text.ts';
import { notice, reply, type Command, type Heard } from '../command.ts';
import type { Reply } from '../event.ts';
import type { RunMessages } from '../run-messages.ts';
import { aboutAlphabet, type AboutAlphabet } from './about-alphabet.ts';
import { alphabetButtons, othersTaught } from './taught-alphabets.ts';

interface Deps extends AboutAlphabet {
  readonly store: Pick<Store, 'askers' | 'stats'>;
  readonly people: Pick<People, 'keyHash'>;
  readonly training: Pick<Desk, 'start'>;
  readonly runMessages: Pick<RunMessages, 'shows'>;
}

export const retrainCommand = (deps: Deps): Command => ({
  ...aboutAlphabet(deps, 'retrain', (heard, alphabet) => start(deps, heard, alphabet)),
  buttons: {
    retrain(heard, id) {
      const alphabet = deps.alphabet(id);
      return alphabet === undefined ? notice(heard.say('unknown-button')) : start(deps, heard, alphabet);
    },
  },
});

function start(deps: Deps, { event, speaker, say, language }: Heard, alphabet: Alphabet): readonly Reply[] {
  const requestedBy = signatureOf(deps.people, speaker);
  const started = deps.training.start({ alphabet: alphabet.id, requestedBy });
  if (started.outcome === 'nothing-to-learn') {
    const others = othersTaught(deps, alphabet);
    const refused = say('retrain-refused-no-samples', { alphabet: alphabet.title });
    if (others.length === 0) return reply(refused);
    return reply(`${refused}\n${say('retrain-elsewhere')}`, { keyboard: alphabetButtons('retrain', others) });
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
}
