// Fetches what people sent, from Telegram's file server or a local Bot API server: streamed, bounded in bytes and time.
// The address holds the bot's token, so nothing of it may reach an error or the log.
import type { Api } from 'grammy';
import { OperationalError } from '../../src/errors.ts';
import { describe } from './failures.ts';
import type { PictureFile } from './incoming.ts';
import { pause } from './pause.ts';
import { forApi } from './signal.ts';
import type { Timing } from './timing.ts';

/** What a bot may fetch, by Telegram's rule. */
export const FILE_LIMIT = 20 * 1024 * 1024;
const ATTEMPTS = 3;

export interface DownloadDeps {
  readonly api: Api;
  readonly apiRoot: string;
  readonly token: string;
  readonly timing: Pick<Timing, 'downloadMs' | 'retryMs'>;
}

/** Bytes of a file. 'too-large' is known without fetching where Telegram tells the size. Throws OperationalError. */
export type Download = (file: PictureFile, signal: AbortSignal) => Promise<Uint8Array | 'too-large'>;

export function makeDownload({ api, apiRoot, token, timing }: DownloadDeps): Download {
  async function fetchFile(id: string, signal: AbortSignal): Promise<Uint8Array | 'too-large' | 'failed'> {
    // The link may have aged between two attempts: it is asked for each time.
    const { file_path: path } = await api.getFile(id, forApi(signal));
    if (path === undefined) return 'failed';
    const address = `${apiRoot}/file/bot${token}/${path.split('/').map(encodeURIComponent).join('/')}`;
    // A redirect could carry the token elsewhere.
    const response = await fetch(address, { signal, redirect: 'error' });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      return 'failed';
    }
    return readBounded(response.body);
  }

  return async (file, stop) => {
    if (file.size !== undefined && file.size > FILE_LIMIT) return 'too-large';
    const controller = new AbortController();
    const abort = (): void => controller.abort();
    const timer = setTimeout(abort, timing.downloadMs);
    stop.addEventListener('abort', abort, { once: true });
    try {
      let because = 'the file server refused it';
      for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
        try {
          const bytes = await fetchFile(file.id, controller.signal);
          if (bytes !== 'failed') return bytes;
        } catch (error) {
          because = describeFetch(error);
          if (/file is too big/i.test(because)) return 'too-large';
        }
        if (attempt < ATTEMPTS) await pause(timing.retryMs * attempt, controller.signal).catch(() => {});
        if (controller.signal.aborted) break;
      }
      throw new OperationalError(
        `A file could not be fetched from Telegram (${controller.signal.aborted ? 'it took too long' : because})`,
      );
    } finally {
      clearTimeout(timer);
      stop.removeEventListener('abort', abort);
    }
  };
}

/** fetch's own messages may hold the address; its cause holds what went wrong. */
function describeFetch(error: unknown): string {
  if (!(error instanceof TypeError)) return describe(error);
  const { cause } = error;
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : 'the connection failed';
}

async function readBounded(body: ReadableStream<Uint8Array>): Promise<Uint8Array | 'too-large'> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early cancels the stream.
  for await (const chunk of body) {
    size += chunk.length;
    if (size > FILE_LIMIT) return 'too-large';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
