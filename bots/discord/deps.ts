// What the Discord edge is given: the product behind one function, words for its menus, and a little memory.
import type { Log } from '../../src/log.ts';
import type { CommandInfo, HandleEvent } from '../../src/chat/event.ts';
import type { SayTo } from '../../src/chat/language.ts';
import type { Suggest } from '../../src/chat/suggest.ts';
import type { Language } from '../../src/words/words.ts';
import type { DiscordSettings } from './settings.ts';

export interface DiscordDeps {
  readonly config: DiscordSettings;
  readonly handle: HandleEvent;
  readonly commands: (language: Language) => readonly CommandInfo[];
  /** What to offer while somebody types. */
  readonly suggest: Suggest;
  /** How a person is spoken to, for what this edge has to say by itself. */
  readonly sayTo: SayTo;
  /** Small values that outlive the process (which commands are registered). */
  readonly memory: {
    readonly get: (key: string) => string | undefined;
    readonly set: (key: string, value: string) => void;
  };
  readonly log: Log;
  readonly times?: Partial<Times>;
}

/** Waits in milliseconds, shorter in tests. */
export interface Times {
  /** Between two edits of one message. */
  readonly betweenEdits: number;
  /** How long an interaction's token is trusted (Discord forgets it after 15 minutes). */
  readonly token: number;
  /** First and longest wait before connecting anew. */
  readonly firstRetry: number;
  readonly longestRetry: number;
  readonly download: number;
}

export const usualTimes: Times = {
  betweenEdits: 1200,
  token: 14 * 60_000,
  firstRetry: 1000,
  longestRetry: 60_000,
  download: 10_000,
};
