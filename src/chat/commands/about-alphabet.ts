// The argument of commands about one alphabet: the one that was named, else the chat's.
import type { Alphabet } from '../../alphabet/alphabet.ts';
import type { Recognition } from '../../recognition/outcomes.ts';
import { reply, type Command, type CommandName, type Heard } from '../command.ts';
import type { Reply } from '../event.ts';
import { findAlphabet, unknownAlphabet, type FindableAlphabets } from '../find-alphabet.ts';

export const alphabetArgument = {
  name: 'command-argument-alphabet',
  description: 'command-argument-alphabet-description',
  offers: 'alphabets',
} as const;

export interface AboutAlphabet extends FindableAlphabets {
  readonly recognition: Pick<Recognition, 'alphabetOf'>;
}

/** An operators' command about one alphabet. */
export function aboutAlphabet(
  deps: AboutAlphabet,
  name: CommandName,
  run: (heard: Heard, alphabet: Alphabet) => Promise<readonly Reply[]> | readonly Reply[],
): Command {
  return {
    name,
    operatorsOnly: true,
    argument: alphabetArgument,
    run(heard, rest) {
      const { event, speaker, say } = heard;
      const wanted = rest === '' ? deps.recognition.alphabetOf(speaker.platform, event.chat) : rest;
      const alphabet = findAlphabet(deps, wanted);
      return alphabet === undefined ? reply(unknownAlphabet(deps, wanted, say)) : run(heard, alphabet);
    },
  };
}
