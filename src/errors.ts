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

export const TOO_MANY_FILES =
  'Too many files are open for this process. Allow more, and start again: "ulimit -n 4096" in a shell, LimitNOFILE=4096 in a systemd unit, "--ulimit nofile=4096" with Docker.';

/** Whether the system refused to open one more file. */
export function isOutOfFiles(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && (thrown.code === 'EMFILE' || thrown.code === 'ENFILE');
}
