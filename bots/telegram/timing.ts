// How long things may take on Telegram. Milliseconds, or seconds where the name says so; tests make them short.

export interface Timing {
  /** One call of the Bot API; longer than a poll is held open. */
  readonly requestSeconds: number;
  /** How long Telegram holds a poll open when there is nothing new. */
  readonly pollSeconds: number;
  /** A picture on its way to Telegram, with all its attempts: then the words go without it. */
  readonly uploadMs: number;
  /** A download with all its attempts. */
  readonly downloadMs: number;
  /** An album of which nothing came for so long is whole: its photos mostly come in one go. */
  readonly albumMs: number;
  /** Who asked where we are a guest, and waits longer, is told that it is being read. */
  readonly guestMs: number;
  /** Before a call is repeated after a dropped connection; doubles. */
  readonly retryMs: number;
  /** Before connecting again; doubles up to `most`. */
  readonly backoff: { readonly first: number; readonly most: number };
}

export const usualTiming: Timing = {
  requestSeconds: 60,
  pollSeconds: 30,
  uploadMs: 20_000,
  downloadMs: 15_000,
  albumMs: 1000,
  guestMs: 3000,
  retryMs: 500,
  backoff: { first: 1000, most: 30_000 },
};
