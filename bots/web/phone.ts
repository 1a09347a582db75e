// Under which address a phone in the same network opens the page. Pure.
import type { NetworkInterfaceInfo } from 'node:os';
import { hostOf, isSecure, type RequestFacts } from './caller.ts';

type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>;

/** `listensAt`: what HOST says. Undefined where nobody but this machine gets through. */
export function phoneAddress(facts: RequestFacts, listensAt: string, interfaces: Interfaces): string | undefined {
  const host = hostOf(facts) ?? '';
  if (!URL.canParse(`http://${host}`)) return undefined;
  const { hostname, port } = new URL(`http://${host}`);
  if (!isLoopback(hostname)) return `${isSecure(facts) ? 'https' : 'http'}://${host}/`;
  if (listensAt !== '0.0.0.0' && listensAt !== '::') return undefined;
  const outward = Object.values(interfaces)
    .flatMap((each) => each ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);
  // A home's network before whatever else a machine has (containers, tunnels).
  const found = outward.find((address) => address.startsWith('192.168.')) ?? outward[0];
  return found && `http://${found}${port === '' ? '' : `:${port}`}/`;
}

const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname.endsWith('.localhost') || hostname.startsWith('127.') || hostname === '[::1]';
