// Who is calling, as far as a request's socket and headers can be believed. Pure: every rule can be read and tested alone.
// An address says whom limits count together. It never gives anybody a right: operators.ts does that.
import { BlockList, isIP, SocketAddress } from 'node:net';

export interface RequestFacts {
  /** The other end of the socket. */
  readonly remoteAddress: string;
  readonly header: (name: string) => string | undefined;
  readonly isProxy: IsProxy;
}

/** Whether an address is one of the proxies that TRUST_PROXY names. */
type IsProxy = (address: string) => boolean;

/** `networks` as the configuration gives them: addresses, with or without the length of a prefix. */
export function proxiesAt(networks: readonly string[]): IsProxy {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', length] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (length === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(length), family);
  }
  return (address) => {
    const family = isIP(address);
    return family !== 0 && list.check(address, family === 6 ? 'ipv6' : 'ipv4');
  };
}

/**
 * The caller's address, each always spelt the same: the socket's, or where that is a named proxy the one it saw. Each proxy
 * appends what it saw, so we walk from the right, past further named proxies, to the first address that is not one: whatever
 * stands before it may be made up.
 */
export function clientAddress({ remoteAddress, header, isProxy }: RequestFacts): string {
  let address = spelt(remoteAddress);
  const seen = (header('x-forwarded-for') ?? '').split(',').map((each) => spelt(each));
  while (isProxy(address)) {
    const before = seen.pop();
    if (before === undefined || isIP(before) === 0) break;
    address = before;
  }
  return address;
}

/** Whether a proxy seems to have passed it on that TRUST_PROXY does not name: a hint for the owner, and no more. */
export function isFromUnnamedProxy({ remoteAddress, header, isProxy }: RequestFacts): boolean {
  return header('x-forwarded-for') !== undefined && !isProxy(spelt(remoteAddress));
}

/** One subscriber: an IPv4 address; in IPv6 the /64, in which one household has as many addresses as it likes. */
export function householdOf(address: string): string {
  return isIP(address) === 6 ? `${groupsOf(address).slice(0, 4).join(':')}::/64` : address;
}

/** Addresses that one sender easily has together: the /24 in IPv4, the /64 in IPv6. */
export function neighbourhoodOf(address: string): string {
  return isIP(address) === 4 ? address.replace(/\d+$/, '0/24') : householdOf(address);
}

/** Without brackets, port and zone; IPv4 as such even where it came over an IPv6 socket. */
function spelt(text: string): string {
  const bare = text
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, '$1')
    .replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1')
    .replace(/%.*$/, '');
  if (isIP(bare) !== 6) return bare;
  return new SocketAddress({ address: bare, family: 'ipv6' }).address.replace(/^::ffff:(?=\d+\.)/, '');
}

function groupsOf(address: string): readonly string[] {
  const [head = '', tail] = address.split('::');
  const before = head.split(':').filter((each) => each !== '');
  const after = (tail ?? '').split(':').filter((each) => each !== '');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  return [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
}

/** What the browser asked the outermost proxy for; a header that only a named proxy's socket may set. */
function forwarded({ remoteAddress, header, isProxy }: RequestFacts, name: string): string | undefined {
  return isProxy(spelt(remoteAddress)) ? header(name)?.split(',')[0]?.trim() : undefined;
}

/** Whether the browser reached us over https, so that cookies may be marked secure. */
export function isSecure(facts: RequestFacts): boolean {
  return forwarded(facts, 'x-forwarded-proto') === 'https';
}

/** The host that the browser asked for. */
export function hostOf(facts: RequestFacts): string | undefined {
  return forwarded(facts, 'x-forwarded-host') ?? facts.header('host');
}

/** Whether another site's page sent it. Programs that are no browser say nothing about their origin and pass. */
export function isForeign(facts: RequestFacts): boolean {
  const { header } = facts;
  const site = header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  const origin = header('origin');
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== hostOf(facts);
}
