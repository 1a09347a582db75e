// Fetches an attachment: from Discord's own hosts only, never more than 20 MB, never for longer than ten seconds.
import { messageOf } from '../../src/errors.ts';
import type { Log } from '../../src/log.ts';

export const PHOTO_LIMIT = 20 * 1024 * 1024;
const ATTEMPTS = 3;

export type Downloaded =
  | { readonly outcome: 'bytes'; readonly bytes: Uint8Array }
  | { readonly outcome: 'too-large' }
  | { readonly outcome: 'failed' };

export type Download = (url: string) => Promise<Downloaded>;

/**
 * Whether an address may be asked. https from a listed host; plain http only where `host:port` is listed and the API is
 * not Discord's own (a stand-in on this machine or a proxy).
 */
export function mayFetch(url: string, hosts: readonly string[], apiUrl: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, port, username } = new URL(url);
  if (username !== '' || !hosts.includes(host)) return false;
  const standIn = new URL(apiUrl).hostname !== 'discord.com';
  return protocol === 'https:' || (protocol === 'http:' && port !== '' && standIn);
}

/** The address is used at once and kept nowhere: it is signed, and forgotten by Discord within a day. */
export function makeDownload(deps: {
  readonly hosts: readonly string[];
  readonly apiUrl: string;
  readonly timeoutMs: number;
  readonly log: Log;
}): Download {
  async function attempt(url: string, signal: AbortSignal): Promise<Downloaded | 'again'> {
    const response = await fetch(url, { redirect: 'error', signal });
    if (!response.ok) {
      await response.body?.cancel();
      deps.log.warn({ host: new URL(url).host, status: response.status }, 'an attachment could not be fetched');
      return response.status >= 500 || response.status === 429 ? 'again' : { outcome: 'failed' };
    }
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      // Leaving the loop cancels the stream.
      if (size > PHOTO_LIMIT) return { outcome: 'too-large' };
      chunks.push(chunk);
    }
    return { outcome: 'bytes', bytes: Buffer.concat(chunks) };
  }

  async function download(url: string): Promise<Downloaded> {
    const signal = AbortSignal.timeout(deps.timeoutMs);
    for (let left = ATTEMPTS; left > 0; left -= 1) {
      try {
        const result = await attempt(url, signal);
        if (result !== 'again') return result;
      } catch (error) {
        deps.log.warn({ host: new URL(url).host, because: messageOf(error) }, 'an attachment could not be fetched');
        if (signal.aborted) break;
      }
    }
    return { outcome: 'failed' };
  }

  return async (url) => {
    if (!mayFetch(url, deps.hosts, deps.apiUrl)) {
      deps.log.warn('an attachment on a host that DISCORD_CDN_HOSTS does not list was not fetched');
      return { outcome: 'failed' };
    }
    return download(url);
  };
}
