// The processes that open photos: bounded, replaced when they die or hang, and what one photo does to them is no other's matter.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isDear } from '../../src/glyph/cost.ts';
import { makePhotoReaders, type PhotoReaderOptions, type PhotoReaders } from '../../src/glyph/pool.ts';
import { readPhoto } from '../../src/glyph/read.ts';
import { makeLog } from '../../src/log.ts';
import { interlaced, untruthful } from '../support/bombs.ts';
import { drawSeven } from '../support/pictures.ts';

const PATIENCE = 120_000;

function open(options: Partial<PhotoReaderOptions> = {}): PhotoReaders {
  const entry = fileURLToPath(new URL('faulty-reader.cjs', import.meta.url));
  const readers = makePhotoReaders({ log: makeLog('silent'), entry, ...options });
  onTestFinished(() => readers.close());
  return readers;
}

const seven = drawSeven({ width: 640, height: 480, x: 200, y: 60, size: 300 });
const photo = (): Promise<Buffer> =>
  sharp(seven.pixels, { raw: { width: 640, height: 480, channels: 1 } })
    .jpeg()
    .toBuffer();
/** What stands behind the end of a JPEG is ignored by decoders. */
const photoThat = async (word: string): Promise<Buffer> => Buffer.concat([await photo(), Buffer.from(`|${word}|`)]);

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'inkloop-readers-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('photos opened in other processes', { timeout: PATIENCE }, () => {
  it('are read as they are here', async () => {
    const readers = open();
    const here = await readPhoto(await photo());
    expect(here.outcome).toBe('glyphs');
    const there = await Promise.all(Array.from({ length: 12 }, async () => readers.read(await photo())));
    for (const reading of there) expect(reading).toEqual(here);
    expect(await readers.read(Buffer.from('hello'))).toEqual({ outcome: 'not-an-image' });
  });

  it('a reader that is killed in the middle is replaced, and its photo read after all', async () => {
    const readers = open({ readers: 1 });
    const readings = await Promise.all([
      readers.read(await photo()),
      readers.read(await photoThat(`die once ${join(scratch(), 'died')}`)),
      readers.read(await photo()),
    ]);
    expect(readings.map(({ outcome }) => outcome)).toEqual(['glyphs', 'glyphs', 'glyphs']);
  });

  it('a photo that kills every reader costs that photo alone', async () => {
    const readers = open({ readers: 1 });
    const readings = await Promise.all([
      readers.read(await photo()),
      readers.read(await photoThat('die')),
      readers.read(await photo()),
    ]);
    expect(readings.map(({ outcome }) => outcome)).toEqual(['glyphs', 'damaged', 'glyphs']);
  });

  it('a photo that hangs its reader is given up at the deadline, and others are read meanwhile and after', async () => {
    // Long enough for a reader to start on a busy machine.
    const readers = open({ readers: 2, deadlineMs: 12_000 });
    let over = false;
    const hanging = readers.read(await photoThat('hang')).finally(() => (over = true));
    expect((await readers.read(await photo())).outcome).toBe('glyphs');
    expect(over).toBe(false);
    expect((await hanging).outcome).toBe('too-costly');
    const after = await Promise.all([readers.read(await photo()), readers.read(await photo())]);
    expect(after.map(({ outcome }) => outcome)).toEqual(['glyphs', 'glyphs']);
  });

  it.each(['grow', 'compute'])('a decoder that does not stop to %s is ended, at once', async (what) => {
    const readers = open({ readers: 1, deadlineMs: 60_000 });
    const readings = await Promise.all([readers.read(await photoThat(what)), readers.read(await photo())]);
    expect(readings.map(({ outcome }) => outcome)).toEqual(['too-costly', 'glyphs']);
  });

  it('a file that lies about its size costs itself alone', async () => {
    const readers = open({ readers: 1 });
    const bomb = await untruthful();
    expect(['too-costly', 'damaged']).toContain((await readers.read(bomb)).outcome);
    expect((await readers.read(await photo())).outcome).toBe('glyphs');
  });

  it('photos that take long are opened one at a time, and ordinary ones pass them', async () => {
    const readers = open({ readers: 2 });
    const dear = await interlaced(3000, 2400);
    expect(isDear(dear)).toBe(true);
    const order: string[] = [];
    const note = async (name: string, bytes: Buffer): Promise<void> => {
      await readers.read(bytes);
      order.push(name);
    };
    const ordinary = await Promise.all(Array.from({ length: 3 }, photo));
    // Both readers have started.
    await Promise.all([readers.read(await photo()), readers.read(await photo())]);
    await Promise.all([
      ...Array.from({ length: 8 }, () => note('dear', dear)),
      ...ordinary.map((bytes) => note('ordinary', bytes)),
    ]);
    expect(order.lastIndexOf('ordinary')).toBeLessThan(order.lastIndexOf('dear'));
  });

  it('a photo that is given up before its turn is dropped, and no other', async () => {
    const readers = open({ readers: 1 });
    const leaving = new AbortController();
    const first = readers.read(await photo());
    const dropped = readers.read(await photo(), leaving.signal);
    const last = readers.read(await photo());
    leaving.abort(new Error('left'));
    await expect(dropped).rejects.toThrow('left');
    await expect(readers.read(await photo(), leaving.signal)).rejects.toThrow('left');
    expect([(await first).outcome, (await last).outcome]).toEqual(['glyphs', 'glyphs']);
  });

  it('one that cannot be started says what to do', async () => {
    const readers = open({ entry: '/nowhere/reader.cjs' });
    await expect(readers.read(await photo())).rejects.toThrow(/npm ci/);
  });

  it('what is in hand when the app stops is told so', async () => {
    const readers = open({ readers: 1 });
    const readings = Promise.allSettled([readers.read(await photo()), readers.read(await photo())]);
    readers.close();
    for (const each of await readings) expect(each.status).toBe('rejected');
    await expect(readers.read(await photo())).rejects.toThrow(/stopping/);
  });
});
