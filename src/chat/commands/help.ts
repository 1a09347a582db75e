// What a newcomer asks: what this is, and what can be said.
import { reply, type Command, type Heard } from '../command.ts';
import type { Alphabet } from '../../alphabet/alphabet.ts';
import { sayOf, type MessageId } from '../../words/words.ts';
import type { Recognition } from '../../recognition/outcomes.ts';

interface Deps {
  readonly recognition: Pick<Recognition, 'alphabetOf'>;
  readonly alphabet: (id: string) => Alphabet | undefined;
}

/** In the words of what the chat reads, with its title. */
function saidOfAlphabet({ recognition, alphabet }: Deps, { event, speaker, say }: Heard, message: MessageId): string {
  const id = recognition.alphabetOf(speaker.platform, event.chat);
  const found = alphabet(id);
  return sayOf(say, found?.kind ?? 'ink')(message, { alphabet: found?.title ?? id });
}

/** What can be said on that platform alone, a line each. */
const alsoLines = ({ event, say }: Heard): readonly string[] => {
  if (event.kind !== 'command') return [];
  const also = (event.also ?? []).map((each) => say('help-command', each));
  return event.more === undefined ? also : [event.more, ...also];
};

export const startCommand = (deps: Deps): Command => ({
  name: 'start',
  operatorsOnly: false,
  personal: true,
  run: (heard) => reply([saidOfAlphabet(deps, heard, 'start'), ...alsoLines(heard)].join('\n')),
});

export const helpCommand = (deps: Deps, all: () => readonly Command[]): Command => ({
  name: 'help',
  operatorsOnly: false,
  personal: true,
  run(heard) {
    const { say, speaker } = heard;
    const mine = all().filter(({ operatorsOnly }) => !operatorsOnly || speaker.isOperator);
    const lines = mine.map(({ name }) => say('help-command', { name, description: say(`command-${name}`) }));
    return reply([saidOfAlphabet(deps, heard, 'help'), '', ...alsoLines(heard), ...lines].join('\n'));
  },
});
