// PDFs taken apart into their pages' pictures: as scanner apps make them, and all that is none of those.
import sharp from 'sharp';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makePhotoReaders } from '../../src/glyph/pool.ts';
import { readPhoto } from '../../src/glyph/read.ts';
import { isPdf } from '../../src/glyph/sniff.ts';
import { MOST_PAGES, unstack, type Page } from '../../src/glyph/stack.ts';
import { makeLog } from '../../src/log.ts';
import { filledSheet } from '../support/filled-sheet.ts';
import { pdfBomb, pdfOf } from '../support/pdf.ts';
import { drawSeven, toJpeg } from '../support/pictures.ts';

const seven = drawSeven({ width: 640, height: 480, x: 200, y: 60, size: 300 });
const raw = { raw: { width: 640, height: 480, channels: 1 } } as const;

async function pagesOf(bytes: Uint8Array): Promise<{ how: Awaited<ReturnType<typeof unstack>>; pages: Page[] }> {
  const pages: Page[] = [];
  const how = await unstack(bytes, (page) => void pages.push(page));
  return { how, pages };
}

describe('a PDF', { timeout: 120_000 }, () => {
  it('of JPEGs, of plain pixels, grey and in colours, gives its pages in order', async () => {
    const jpeg = await toJpeg(seven);
    const png = await sharp(seven.pixels, raw).toColourspace('srgb').png().toBuffer();
    const grey = await sharp(seven.pixels, raw).png().toBuffer();
    const bytes = await pdfOf([jpeg, 'Dear parents,', png, grey]);
    expect(isPdf(bytes)).toBe(true);
    const { how, pages } = await pagesOf(bytes);
    expect(how).toEqual({ outcome: 'pages', pages: 4 });
    expect(pages.map((page) => page === null)).toEqual([false, true, false, false]);
    for (const page of pages) if (page !== null) expect((await readPhoto(page)).outcome).toBe('glyphs');
  });

  it('of filled sheets gives pages that are read as sheets', async () => {
    const photos = [await filledSheet(['1', '2'], 1), await filledSheet(['3'], 2)];
    const jpegs = await Promise.all(photos.map((photo) => sharp(photo).jpeg({ quality: 85 }).toBuffer()));
    const { pages } = await pagesOf(await pdfOf(jpegs));
    const readings = await Promise.all(pages.map(async (page) => (page === null ? null : readPhoto(page))));
    expect(readings.map((reading) => reading?.outcome)).toEqual(['sheet', 'sheet']);
  });

  it('that asks for a password, has too many pages or is damaged is told by name', async () => {
    const jpeg = await toJpeg(seven);
    expect((await pagesOf(await pdfOf([jpeg], { password: 'secret' }))).how).toEqual({ outcome: 'pdf-locked' });
    const book = await pdfOf(Array.from({ length: MOST_PAGES + 1 }, () => 'page'));
    expect((await pagesOf(book)).how).toEqual({ outcome: 'pdf-too-long' });
    const whole = await pdfOf([jpeg, jpeg]);
    expect((await pagesOf(Buffer.from('%PDF-1.7\nnothing of it'))).how).toEqual({ outcome: 'damaged' });
    // One whose end is missing is read as far as it goes, as viewers do.
    const { how } = await pagesOf(whole.subarray(0, 0.5 * whole.length));
    expect(['pages', 'damaged']).toContain(how.outcome);
    expect((await pagesOf(new Uint8Array(21 * 2 ** 20))).how).toEqual({ outcome: 'file-too-large' });
  });

  it('is taken apart in a process of its own, and what takes too much costs itself alone', async () => {
    const readers = makePhotoReaders({ log: makeLog('silent') });
    onTestFinished(() => readers.close());
    const jpeg = await toJpeg(seven);
    const stack = await readers.unstack(await pdfOf([jpeg, jpeg]));
    expect(stack).toMatchObject({ outcome: 'pages' });
    if (stack.outcome === 'pages') expect(stack.pages).toHaveLength(2);
    const photo = readers.read(jpeg);
    expect(await readers.unstack(pdfBomb())).toMatchObject({ outcome: 'too-costly' });
    expect((await photo).outcome).toBe('glyphs');
    expect((await readers.read(jpeg)).outcome).toBe('glyphs');
  });
});
