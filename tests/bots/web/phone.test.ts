// Which address a phone is given: one that gets through, or none.
import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { proxiesAt } from '../../../bots/web/caller.ts';
import { phoneAddress } from '../../../bots/web/phone.ts';
import { linkCode } from '../../../src/report/link-code.ts';

const at = (address: string, internal = false): NetworkInterfaceInfo[] => [
  { address, internal, family: 'IPv4', netmask: '255.255.255.0', mac: '00:00:00:00:00:00', cidr: null },
];
const home = { lo: at('127.0.0.1', true), docker0: at('172.17.0.1'), wlan0: at('192.168.1.7') };
const from = (headers: Readonly<Record<string, string>>, remoteAddress = '127.0.0.1') => ({
  remoteAddress,
  header: (name: string) => headers[name],
  isProxy: proxiesAt(['127.0.0.1']),
});

describe('a phone is shown', () => {
  it('the machine’s address in its own network, where the server listens there', () => {
    expect(phoneAddress(from({ host: 'localhost:8080' }), '0.0.0.0', home)).toBe('http://192.168.1.7:8080/');
    expect(phoneAddress(from({ host: '[::1]:8080' }), '::', { eth0: at('10.1.2.3') })).toBe('http://10.1.2.3:8080/');
  });

  it('the address by which the page was opened, where that is no loopback', () => {
    expect(phoneAddress(from({ host: '192.168.1.7:8080' }), '0.0.0.0', home)).toBe('http://192.168.1.7:8080/');
    const proxied = { host: '127.0.0.1', 'x-forwarded-host': 'ink.example', 'x-forwarded-proto': 'https' };
    expect(phoneAddress(from(proxied), '127.0.0.1', home)).toBe('https://ink.example/');
  });

  it('nothing, where only this machine gets through or the host is none', () => {
    expect(phoneAddress(from({ host: '127.0.0.1:8080' }), '127.0.0.1', home)).toBeUndefined();
    expect(phoneAddress(from({ host: 'localhost:8080' }), '0.0.0.0', { lo: at('127.0.0.1', true) })).toBeUndefined();
    expect(phoneAddress(from({ host: 'a b' }), '0.0.0.0', home)).toBeUndefined();
    expect(phoneAddress(from({}), '0.0.0.0', home)).toBeUndefined();
    // Nobody but a named proxy says that it was another host.
    const made = { host: 'localhost', 'x-forwarded-host': 'evil.example' };
    expect(phoneAddress(from(made, '10.0.0.9'), '127.0.0.1', home)).toBeUndefined();
  });

  it('as a code that can be read', async () => {
    const { default: sharp } = await import('sharp');
    const { decodeQR } = await import('qr/decode.js');
    const svg = Buffer.from(linkCode('http://192.168.1.7:8080/'));
    const { data, info } = await sharp(svg, { density: 1000 })
      .resize(400, 400, { kernel: 'nearest' })
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(decodeQR({ data, width: info.width, height: info.height })).toBe('http://192.168.1.7:8080/');
  });
});
