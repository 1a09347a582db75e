import { describe, expect, test } from 'vitest';
import { addressOf, isForeign, isFromThisMachine, isSecure, type RequestFacts } from '../../../bots/web/caller.ts';
import { wishes } from '../../../bots/web/context.ts';

function facts(headers: Record<string, string> = {}, more: Partial<RequestFacts> = {}): RequestFacts {
  return { remoteAddress: '127.0.0.1', trustProxy: false, header: (name) => headers[name], ...more };
}

describe('the caller’s address', () => {
  test('is the socket’s, whatever a header claims', () => {
    expect(addressOf(facts({ 'x-forwarded-for': '9.9.9.9' }, { remoteAddress: '::ffff:10.0.0.7' }))).toBe('10.0.0.7');
  });
  test('behind a trusted proxy is what that proxy saw, not what the caller put before it', () => {
    const headers = { 'x-forwarded-for': '1.2.3.4, 203.0.113.9' };
    expect(addressOf(facts(headers, { trustProxy: true }))).toBe('203.0.113.9');
  });
  test('in IPv6 is the household’s /64, however it is written', () => {
    const of = (remoteAddress: string) => addressOf(facts({}, { remoteAddress }));
    expect(of('2001:db8:1:2:aaaa:bbbb:cccc:dddd')).toBe('2001:db8:1:2::/64');
    expect(of('2001:0DB8:1:2::1')).toBe('2001:db8:1:2::/64');
    expect(of('2001:db8::1')).toBe('2001:db8:0:0::/64');
    expect(of('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
  });
});

describe('straight from this machine', () => {
  test.each(['localhost:8080', '127.0.0.1:8080', '[::1]:8080', 'localhost'])('by the name %s', (host) => {
    expect(isFromThisMachine(facts({ host }))).toBe(true);
  });
  test.each([
    ['a foreign name that resolves to us', facts({ host: 'evil.example:8080' })],
    ['a name that only begins like ours', facts({ host: 'localhost.evil.example' })],
    ['no name at all', facts({})],
    ['another machine', facts({ host: 'localhost' }, { remoteAddress: '192.168.1.5' })],
    ['a proxy on this machine', facts({ host: 'localhost', 'x-forwarded-for': '203.0.113.9' })],
    ['a proxy that says Forwarded', facts({ host: 'localhost', forwarded: 'for=203.0.113.9' })],
    ['wherever a proxy is expected', facts({ host: 'localhost' }, { trustProxy: true })],
  ])('is not %s', (_, request) => {
    expect(isFromThisMachine(request)).toBe(false);
  });
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
    expect(isForeign(facts(headers, { trustProxy: true }))).toBe(false);
    expect(isForeign(facts(headers))).toBe(true);
  });
});

test('cookies are marked secure where a trusted proxy ends TLS', () => {
  expect(isSecure(facts({ 'x-forwarded-proto': 'https' }, { trustProxy: true }))).toBe(true);
  expect(isSecure(facts({ 'x-forwarded-proto': 'https' }))).toBe(false);
});

test('Accept-Language is read by weight', () => {
  expect(wishes('en;q=0.5, uk-UA, ja;q=0.9, *;q=0.1, de;q=0')).toEqual(['uk-UA', 'ja', 'en']);
  expect(wishes('')).toEqual([]);
});
