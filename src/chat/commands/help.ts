// What a newcomer asks: what this is, and what can be said.
import { reply, type Command, type Heard } from '../command.ts';
import type { Alphabet } from '../../alphabet/alphabet.ts';
import type { Recognition } from '../../recognition/outcomes.ts';

interface Deps {
  readonly recognition: Pick<Recognition, 'alphabetOf'>;
  readonly alphabet: (id: string) => Alphabet | undefined;
}

function titleNow({ recognition, alphabet }: Deps, { event, speaker }: Heard): string {
  const id = recognition.alphabetOf(speaker.platform, event.chat);
  return alphabet(id)?.title ?? id;
}

/** What can be said on that platform alone, a line each. */
const alsoLines = ({ event, say }: Heard): readonly string[] =>
  event.kind === 'command' ? (event.also ?? []).map((each) => say('help-command', each)) : [];

export const startCommand = (deps: Deps): Command => ({
  name: 'start',
  operatorsOnly: false,
  personal: true,
  run: (heard) => reply([heard.say('start', { alphabet: titleNow(deps, heard) }), ...alsoLines(heard)].join('\n')),
});

export const helpCommand = (deps: Deps, all: () => readonly Command[]): Command => ({
  name: 'help',
  operatorsOnly: false,
  personal: true,
  run(heard) {
    const { say, speaker } = heard;
    const mine = all().filter(({ operatorsOnly }) => !operatorsOnly || speaker.isOperator);
    const lines = mine.map(({ name }) => say('help-command', { name, description: say(`command-${name}`) }));
    return reply([say('help', { alphabet: titleNow(deps, heard) }), '', ...alsoLines(heard), ...lines].join('\n'));
  },
});
