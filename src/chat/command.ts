// What a command is: a name, who may use it, what it replies, and what the buttons do that it puts under its replies.
import type { Speaker } from '../recognition/people.ts';
import type { Language, MessageId, Say } from '../words/words.ts';
import type { ChooseWhat } from './buttons.ts';
import type { ChatEvent, CommandInfo, Message, Reply } from './event.ts';

/** An event, who said it as we know them, and the voice to answer in. */
export interface Heard<Event extends ChatEvent = ChatEvent> {
  readonly event: Event;
  readonly speaker: Speaker;
  readonly say: Say;
  readonly language: Language;
}

type Replies = Promise<readonly Reply[]> | readonly Reply[];

/** What has a description in every language. */
export type CommandName = DescribedBy<MessageId>;
type DescribedBy<Id extends string> = Id extends `command-argument-${string}`
  ? never
  : Id extends `command-${infer Name}`
    ? Name
    : never;

export interface Command {
  readonly name: CommandName;
  /** Checked once, before the command or any of its buttons runs. */
  readonly operatorsOnly: boolean;
  /** It concerns only the person who asks: nobody else need see the answer, where a platform can whisper. */
  readonly personal?: true;
  /** The message ids of its argument's name and description, where it has one. */
  readonly argument?: NonNullable<CommandInfo['argument']> & {
    readonly name: MessageId;
    readonly description: MessageId;
  };
  /** `rest` is what was written behind the name, trimmed. */
  run(heard: Heard, rest: string): Replies;
  /** What its buttons do, by what they choose. */
  readonly buttons?: Partial<Record<ChooseWhat, (heard: Heard, value: string) => Replies>>;
}

export const textArgument = {
  name: 'command-argument-text',
  description: 'command-argument-text-description',
} as const;
export const pageArgument = {
  name: 'command-argument-page',
  description: 'command-argument-page-description',
} as const;

/** The commands as a platform's menu shows them. */
export function commandInfos(commands: readonly Command[], say: Say): readonly CommandInfo[] {
  return commands.map(({ name, operatorsOnly, personal, argument }) => ({
    name,
    operatorsOnly,
    ...(personal && { personal }),
    description: say(`command-${name}`),
    ...(argument === undefined
      ? {}
      : { argument: { ...argument, name: say(argument.name), description: say(argument.description) } }),
  }));
}

/** One new message. */
export function reply(text: string, more: Omit<Message, 'text'> = {}): readonly Reply[] {
  return [{ kind: 'message', message: { text, ...more } }];
}

/** The message of the pressed button says this from now on. */
export const edit = (text: string): readonly Reply[] => [{ kind: 'edit', message: { text } }];

/** A word to the person who pressed. */
export const notice = (text: string): readonly Reply[] => [{ kind: 'notice', text }];
