import { describe, expect, test } from 'vitest';
import {
  clientAddress,
  householdOf,
  isForeign,
  isSecure,
  neighbourhoodOf,
  proxiesAt,
  type RequestFacts,
} from '../../../bots/web/caller.ts';
import { wishes } from '../../../bots/web/context.ts';

const nobody = proxiesAt([]);
const here = proxiesAt(['127.0.0.0/8', '::1']);

function facts(headers: Record<string, string> = {}, more: Partial<RequestFacts> = {}): RequestFacts {
  return { remoteAddress: '127.0.0.1', isProxy: nobody, header: (name) => headers[name], ...more };
}

describe('the caller’s address', () => {
  const through = (seen: string, isProxy = here, remoteAddress = '127.0.0.1') =>
    clientAddress(facts({ 'x-forwarded-for': seen }, { isProxy, remoteAddress }));

  test.each(['127.0.0.1', '::1', '9.9.9.9', 'localhost', ''])(
    'without a named proxy is the socket’s: not %s',
    (claimed) => {
      const headers = { 'x-forwarded-for': claimed, forwarded: `for=${claimed}`, 'x-real-ip': claimed };
      expect(clientAddress(facts(headers, { remoteAddress: '::ffff:10.0.0.7' }))).toBe('10.0.0.7');
      expect(clientAddress(facts(headers, { remoteAddress: '10.0.0.7', isProxy: here }))).toBe('10.0.0.7');
    },
  );
  test('behind a named proxy is what that proxy saw, not what the caller put before it', () => {
    expect(through('1.2.3.4, 203.0.113.9')).toBe('203.0.113.9');
    expect(through('127.0.0.1, 203.0.113.9')).toBe('203.0.113.9');
    expect(through('1.2.3.4,203.0.113.9', here, '::ffff:127.0.0.1')).toBe('203.0.113.9');
  });
  test('behind several is what the outermost named one saw', () => {
    const both = proxiesAt(['127.0.0.1', '10.0.0.0/8']);
    expect(through('1.2.3.4, 203.0.113.9, 10.1.2.3', both)).toBe('203.0.113.9');
    expect(through('1.2.3.4, 203.0.113.9, 192.168.0.1', both)).toBe('192.168.0.1');
    expect(through('10.1.2.3', both)).toBe('10.1.2.3');
  });
  test('is the proxy’s where it says nothing that is an address', () => {
    for (const seen of ['', 'unknown', '_hidden', '203.0.113.9, unknown']) expect(through(seen)).toBe('127.0.0.1');
  });
  test('is always spelt the same, whatever stands around it', () => {
    const of = (remoteAddress: string) => clientAddress(facts({}, { remoteAddress }));
    expect(of('2001:0DB8:0001:2::0001')).toBe('2001:db8:1:2::1');
    expect(of('fe80::1%eth0')).toBe('fe80::1');
    expect(of('::ffff:cb00:7109')).toBe('203.0.113.9');
    expect(through('203.0.113.9:4711')).toBe('203.0.113.9');
    expect(through('[2001:db8::1]:4711')).toBe('2001:db8::1');
  });
});

test('limits count one subscriber as one: in IPv6 all of a /64', () => {
  expect(householdOf('203.0.113.9')).toBe('203.0.113.9');
  expect(householdOf('2001:db8:1:2:aaaa:bbbb:cccc:dddd')).toBe('2001:db8:1:2::/64');
  expect(householdOf('2001:db8::1')).toBe('2001:db8:0:0::/64');
});

test('or a whole neighbourhood: in IPv4 a /24', () => {
  expect(neighbourhoodOf('203.0.113.9')).toBe('203.0.113.0/24');
  expect(neighbourhoodOf('2001:db8::1')).toBe('2001:db8:0:0::/64');
  expect(neighbourhoodOf('')).toBe('');
});

describe('another site’s page', () => {
  const host = 'ink.example';
  test.each([
    ['says so itself', { host, 'sec-fetch-site': 'cross-site' }],
    ['is of the same site but another origin', { host, 'sec-fetch-site': 'same-site' }],
    ['has another origin', { host, origin: 'https://evil.example' }],
    ['has another port', { host: 'localhost:8080', origin: 'http://localhost:3000' }],
    ['hides its origin', { host, origin: 'null' }],
  ])('%s', (_, headers) => {
    expect(isForeign(facts(headers))).toBe(true);
  });
  test.each([
    ['our page', { host, origin: 'https://ink.example', 'sec-fetch-site': 'same-origin' }],
    ['our page in an old browser', { host, origin: 'http://ink.example' }],
    ['a program', { host }],
  ])('is not %s', (_, headers) => {
    expect(isForeign(facts(headers))).toBe(false);
  });
  test('is judged by the name the trusted proxy was called by', () => {
    const headers = { host: 'inside:8080', 'x-forwarded-host': host, origin: `https://${host}` };
    expect(isForeign(facts(headers, { isProxy: here }))).toBe(false);
    expect(isForeign(facts(headers))).toBe(true);
  });
});

test('cookies are marked secure where a trusted proxy ends TLS', () => {
  expect(isSecure(facts({ 'x-forwarded-proto': 'https' }, { isProxy: here }))).toBe(true);
  expect(isSecure(facts({ 'x-forwarded-proto': 'https' }))).toBe(false);
});

test('Accept-Language is read by weight', () => {
  expect(wishes('en;q=0.5, uk-UA, ja;q=0.9, *;q=0.1, de;q=0')).toEqual(['uk-UA', 'ja', 'en']);
  expect(wishes('')).toEqual([]);
});
