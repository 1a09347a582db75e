// /retrain: a run is asked for, and its message follows it to its end.
import type { Alphabet } from '../../alphabet/alphabet.ts';
import type { ReplyAddress } from '../../records/address.ts';
import { signatureOf } from '../../recognition/moderate.ts';
import type { People } from '../../recognition/people.ts';
import type { Desk } from '../../runs/desk.ts';
import type { Store } from '../../store/store.ts';
import { runText } from '../../words/run-text.ts';
import type { Say } from '../../words/words.ts';
import { notice, reply, type Command, type Heard } from '../command.ts';
import type { Message, Reply } from '../event.ts';
import type { Live } from '../live.ts';
import type { Pictures } from '../pictures.ts';
import { aboutAlphabet, type AboutAlphabet } from './about-alphabet.ts';
import { alphabetButtons, othersTaught } from './taught-alphabets.ts';

interface Deps extends AboutAlphabet {
  readonly store: Pick<Store, 'askers' | 'stats'>;
  readonly people: Pick<People, 'keyHash'>;
  readonly training: Pick<Desk, 'start' | 'watch'>;
  readonly live: Live;
  readonly pictures: Pick<Pictures, 'proofCard'>;
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
  deps.store.askers.add(run.id, {
    platform: speaker.platform,
    address: event.address,
    chatKey: event.chat.id,
    language,
    contributorId: speaker.contributor.id,
  });
  const values = { run: String(run.id), alphabet: alphabet.title };
  const text = say(started.outcome === 'busy' ? 'retrain-busy' : 'retrain-started', values);
  return [{ kind: 'message', message: { text }, updates: progress(deps, run.id, event.address, alphabet, say) }];
}

/** The run's states as messages; the last has the proof card. */
async function* progress(
  { live, training, pictures }: Deps,
  run: number,
  address: ReplyAddress,
  alphabet: Alphabet,
  say: Say,
): AsyncGenerator<Message> {
  for await (const state of live.follow(run, address, training.watch(run))) {
    const card = state.finishedAt === null ? null : await pictures.proofCard(state, alphabet, say);
    yield { text: runText(state, alphabet, say), ...(card === null ? {} : { pictures: [card] }) };
  }
}
