// Fetches an attachment: from Discord's own hosts only.
import type { Log } from '../../src/log.ts';
import type { Download, DownloadRefusal } from '../shared/download.ts';

export type FetchAttachment = (url: string) => Promise<Uint8Array | DownloadRefusal>;

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

/** Another attempt would only meet it again: the address stays the same. */
export const isFinal = (status: number): boolean => status < 500 && status !== 429;

/** The address is used at once and kept nowhere: it is signed, and forgotten by Discord within a day. */
export function makeFetchAttachment(deps: {
  readonly hosts: readonly string[];
  readonly apiUrl: string;
  readonly download: Download;
  readonly log: Log;
}): FetchAttachment {
  return async (url) => {
    if (mayFetch(url, deps.hosts, deps.apiUrl)) return deps.download(() => Promise.resolve(url));
    deps.log.warn('an attachment on a host that DISCORD_CDN_HOSTS does not list was not fetched');
    return 'photo-not-fetched';
  };
}
