// What the Discord edge is given, and how long it waits.
import type { BotDeps } from '../kind.ts';
import type { DiscordSettings } from './settings.ts';

export interface DiscordDeps extends Omit<BotDeps, 'page' | 'say' | 'operators'> {
  readonly config: DiscordSettings;
  readonly times?: Partial<Times>;
}

/** Waits in milliseconds, shorter in tests. */
export interface Times {
  /** Between two edits in a channel as work goes on. */
  readonly betweenEdits: number;
  /** How long an interaction's token is trusted (Discord forgets it after 15 minutes). */
  readonly token: number;
  /** First and longest wait before connecting anew. */
  readonly firstRetry: number;
  readonly longestRetry: number;
  readonly download: number;
}

export const usualTimes: Times = {
  betweenEdits: 2000,
  token: 14 * 60_000,
  firstRetry: 1000,
  longestRetry: 60_000,
  download: 10_000,
};
