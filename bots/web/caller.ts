// Who is calling, as far as a request's socket and headers can be believed. Pure: every rule can be read and tested alone.

export interface RequestFacts {
  /** The other end of the socket. */
  readonly remoteAddress: string;
  readonly header: (name: string) => string | undefined;
  readonly trustProxy: boolean;
}

/** The caller's address: the socket's, or with a trusted proxy the one that proxy saw. IPv6 as its /64, which one household shares. */
export function addressOf({ remoteAddress, header, trustProxy }: RequestFacts): string {
  // Each proxy appends what it saw, so the last entry is the only one that the caller cannot make up.
  const seen = trustProxy ? header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  return household(seen === undefined || seen === '' ? remoteAddress : seen);
}

/** Addresses that one pocket pays for count as one where shares are given: /24 of IPv4, /64 of IPv6. */
export function neighbourhoodOf(facts: RequestFacts): string {
  const address = addressOf(facts);
  return address.includes(':') ? address : `${address.split('.').slice(0, 3).join('.')}.0/24`;
}

function household(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const before = head.split(':').filter((each) => each !== '');
  const after = (tail ?? '').split(':').filter((each) => each !== '');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
  return `${groups
    .slice(0, 4)
    .map((each) => each.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}

/** Whether the browser reached us over https, so that cookies may be marked secure. */
export function isSecure({ header, trustProxy }: RequestFacts): boolean {
  return trustProxy && header('x-forwarded-proto')?.split(',').at(-1)?.trim() === 'https';
}

const localHost = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;
const loopback = /^(127\.|::1$|::ffff:127\.)/i;
const forwarding = ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'forwarded', 'via'];

/** Whether it comes straight from this machine: not through a proxy, and not from a foreign name that resolves to us (DNS rebinding). */
export function isFromThisMachine({ remoteAddress, header, trustProxy }: RequestFacts): boolean {
  return (
    !trustProxy &&
    loopback.test(remoteAddress) &&
    localHost.test(header('host') ?? '') &&
    forwarding.every((name) => header(name) === undefined)
  );
}

/** Whether another site's page sent it. Programs that are no browser say nothing about their origin and pass. */
export function isForeign({ header, trustProxy }: RequestFacts): boolean {
  const site = header('sec-fetch-site');
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true;
  const origin = header('origin');
  if (origin === undefined) return false;
  const host = (trustProxy ? header('x-forwarded-host') : undefined) ?? header('host');
  return !URL.canParse(origin) || new URL(origin).host !== host;
}
