// Fetches what people sent: never more than a picture may have, never for longer than is waited, never by a redirect. An address
// may hold a secret (a token, a signature): nothing of it reaches the log.
import { messageOf } from '../../src/errors.ts';
import { MAX_BYTES } from '../../src/glyph/inspect.ts';
import type { Log } from '../../src/log.ts';
import { pause } from './pause.ts';

/** The id of the sentence why there are no bytes. */
export type DownloadRefusal = 'photo-not-fetched' | 'unreadable-file-too-large';

/** Asks for the address anew with each attempt. */
export type Download = (
  address: (signal: AbortSignal) => Promise<string | { readonly refusal: DownloadRefusal }>,
) => Promise<Uint8Array | DownloadRefusal>;

const ATTEMPTS = 3;

export function makeDownload(deps: {
  readonly platform: string;
  /** All attempts. */
  readonly withinMs: number;
  /** Before the second attempt, and twice that before the third. */
  readonly retryMs: number;
  /** The statuses that another attempt would only meet again; none. */
  readonly isFinal?: (status: number) => boolean;
  readonly stop: AbortSignal;
  readonly log: Log;
}): Download {
  const { platform, withinMs, retryMs, isFinal = () => false, stop, log } = deps;
  return async (address) => {
    const controller = new AbortController();
    const { signal } = controller;
    const abort = (): void => controller.abort();
    const timer = setTimeout(abort, withinMs);
    stop.addEventListener('abort', abort, { once: true });
    let because = '';
    try {
      for (let attempt = 1; attempt <= ATTEMPTS && !signal.aborted; attempt++) {
        try {
          const at = await address(signal);
          if (typeof at !== 'string') return at.refusal;
          const got = await fetched(at, signal);
          if (typeof got !== 'number') return got;
          because = `status ${got}`;
          if (isFinal(got)) break;
        } catch (error) {
          because = whyFailed(error);
        }
        if (attempt < ATTEMPTS) await pause(retryMs * attempt, signal);
      }
    } finally {
      clearTimeout(timer);
      stop.removeEventListener('abort', abort);
    }
    log.warn(`A photo could not be fetched from ${platform} (${signal.aborted ? 'it took too long' : because})`);
    return 'photo-not-fetched';
  };
}

/** The bytes, or the status that there was instead. */
async function fetched(address: string, signal: AbortSignal): Promise<Uint8Array | number | DownloadRefusal> {
  // A redirect could carry a token elsewhere.
  const response = await fetch(address, { signal, redirect: 'error' });
  if (!response.ok) {
    await response.body?.cancel();
    return response.status;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early cancels the stream.
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_BYTES) return 'unreadable-file-too-large';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** fetch's own messages may hold the address; its cause holds what went wrong. */
function whyFailed(error: unknown): string {
  if (!(error instanceof TypeError)) return messageOf(error);
  const { cause } = error;
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : 'the connection failed';
}
