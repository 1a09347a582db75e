// The few kinds of failure that somebody can do something about. Everything else is a bug and crashes.

/** Wrong use: bad configuration, bad arguments, something named that does not exist. `message` says what to do next. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something outside us failed (disk, network, a damaged file). `message` says what to do next; `cause` is for the log. */
export class OperationalError extends Error {
  override readonly name = 'OperationalError';
}

/** The message of anything thrown, for a log line or a chain of causes. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
