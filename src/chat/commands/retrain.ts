// /retrain: a run is asked for, and its message follows it to its end.
import type { Alphabet } from '../../alphabet/alphabet.ts';
import type { ReplyAddress } from '../../records/address.ts';
import { signatureOf } from '../../recognition/moderate.ts';
import type { People } from '../../recognition/people.ts';
import type { Desk } from '../../runs/desk.ts';
import type { Store } from '../../store/store.ts';
import { withDuel } from '../../words/duel-text.ts';
import { runText } from '../../words/run-text.ts';
import type { Say } from '../../words/words.ts';
import { reply, type Command } from '../command.ts';
import type { Message } from '../event.ts';
import type { Live } from '../live.ts';
import type { Pictures } from '../pictures.ts';
import { aboutAlphabet, type AboutAlphabet } from './about-alphabet.ts';

interface Deps extends AboutAlphabet {
  readonly store: Pick<Store, 'askers' | 'duels'>;
  readonly people: Pick<People, 'keyHash'>;
  readonly training: Pick<Desk, 'start' | 'watch'>;
  readonly live: Live;
  readonly pictures: Pick<Pictures, 'proofCard'>;
}

export const retrainCommand = (deps: Deps): Command =>
  aboutAlphabet(deps, 'retrain', ({ event, speaker, say, language }, alphabet) => {
    const requestedBy = signatureOf(deps.people, speaker);
    const started = deps.training.start({ alphabet: alphabet.id, requestedBy });
    if (started.outcome === 'nothing-to-learn') {
      return reply(say('retrain-refused-no-samples', { alphabet: alphabet.title }));
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
  });

/** The run's states as messages; the last has the proof card. */
async function* progress(
  { live, training, pictures, store }: Deps,
  run: number,
  address: ReplyAddress,
  alphabet: Alphabet,
  say: Say,
): AsyncGenerator<Message> {
  for await (const state of live.follow(run, address, training.watch(run))) {
    const card = state.finishedAt === null ? null : await pictures.proofCard(state, alphabet, say);
    const text = withDuel(runText(state, alphabet, say), store.duels.of(state.versionId ?? ''), say);
    yield { text, ...(card === null ? {} : { pictures: [card] }) };
  }
}
