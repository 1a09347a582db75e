// What a command is: a name, who may use it, and what it replies.
import type { Language, Say } from '../words/words.ts';
import type { ChatEvent, CommandInfo, Reply } from './chat.ts';

/** An event with the voice to answer it in. */
export interface Heard {
  readonly event: ChatEvent;
  readonly say: Say;
  readonly language: Language;
}

export interface Command {
  readonly name: string;
  readonly operatorsOnly: boolean;
  /** The message ids of its argument's name and description, where it has one. */
  readonly argument?: NonNullable<CommandInfo['argument']>;
  /** `rest` is what was written behind the name, trimmed. */
  run(heard: Heard, rest: string): Promise<readonly Reply[]> | readonly Reply[];
}

/** The argument of commands about an alphabet. */
export const alphabetArgument = {
  name: 'command-argument-alphabet',
  description: 'command-argument-alphabet-description',
  offers: 'alphabets',
} as const;

/** The commands as a platform's menu shows them. */
export function commandInfos(commands: readonly Command[], say: Say): readonly CommandInfo[] {
  return commands.map(({ name, operatorsOnly, argument }) => ({
    name,
    operatorsOnly,
    description: say(`command-${name}`),
    ...(argument === undefined
      ? {}
      : { argument: { ...argument, name: say(argument.name), description: say(argument.description) } }),
  }));
}

/** One new message. */
export function reply(
  text: string,
  more: Omit<Extract<Reply, { kind: 'message' }>['message'], 'text'> = {},
): readonly Reply[] {
  return [{ kind: 'message', message: { text, ...more } }];
}
