// Downloads against a real server: bounded in bytes and time, tried again, and silent about the address.
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { makeDownload } from '../../../bots/shared/download.ts';
import { MAX_BYTES } from '../../../src/glyph/inspect.ts';

async function server(answer: RequestListener) {
  let asked = 0;
  const http = createServer((request, response) => {
    asked += 1;
    answer(request, response);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    http.closeAllConnections();
    http.close();
  });
  const { port } = http.address() as AddressInfo;
  return { asked: () => asked, at: () => Promise.resolve(`http://127.0.0.1:${port}/secret`) };
}

function downloads(more: Partial<Parameters<typeof makeDownload>[0]> = {}) {
  const lines: string[] = [];
  const log = pino({ base: null }, { write: (line: string) => void lines.push(line) });
  const stop = new AbortController();
  const rules = { platform: 'Telegram', withinMs: 2000, retryMs: 1, stop: stop.signal, log };
  return { lines, stop, download: makeDownload({ ...rules, ...more }) };
}

test('a server that fails for a moment is asked again, three times at most', async () => {
  const { asked, at } = await server((_, response) => {
    if (asked() < 3) response.writeHead(500).end();
    else response.end('picture');
  });
  const { download, lines } = downloads();
  expect(Buffer.from(await download(at)).toString()).toBe('picture');
  expect([asked(), lines]).toEqual([3, []]);
});

test('what is refused for good is not asked for again; the log tells the status, never the address', async () => {
  const { asked, at } = await server((_, response) => response.writeHead(403).end());
  const { download, lines } = downloads({ isFinal: (status) => status < 500 });
  expect(await download(at)).toBe('photo-not-fetched');
  expect(asked()).toBe(1);
  expect(lines.join('')).toContain('could not be fetched from Telegram (status 403)');
  expect(lines.join('')).not.toContain('secret');
});

test('exactly as much as a picture may have is taken, and not a byte more', async () => {
  const { at } = await server((_, response) => response.end(Buffer.alloc(MAX_BYTES)));
  expect(await downloads().download(at)).toHaveLength(MAX_BYTES);
  const more = await server((_, response) => response.end(Buffer.alloc(MAX_BYTES + 1)));
  expect(await downloads().download(more.at)).toBe('unreadable-file-too-large');
});

test('one that never comes is given up in time, or at once when the time to stop is over', async () => {
  const { at } = await server(() => {});
  const { download, lines } = downloads({ withinMs: 50 });
  expect(await download(at)).toBe('photo-not-fetched');
  expect(lines.join('')).toContain('it took too long');
  const { download: other, stop } = downloads({ withinMs: 60_000 });
  const going = other(at);
  stop.abort();
  expect(await going).toBe('photo-not-fetched');
});

test('an address that is not to be had refuses; one that nobody understands is not told to the log', async () => {
  const { download, lines } = downloads();
  const refusal = 'unreadable-file-too-large';
  expect(await download(() => Promise.resolve({ refusal }))).toBe(refusal);
  expect(await download(() => Promise.resolve('http://[secret'))).toBe('photo-not-fetched');
  expect(lines.join('')).not.toContain('secret');
});
