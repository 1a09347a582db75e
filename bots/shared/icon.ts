// The product's picture, as the page shows it, for platforms that show one of the bot. What draws it is loaded only then.
import { readFile } from 'node:fs/promises';

/** Sides of the drawing, and of what is made of it: platforms make it smaller themselves. */
const UNITS = 32;
const SIDE = 640;

export async function iconJpeg(): Promise<Uint8Array> {
  const [{ jpegOf }, { renderSvgAside }, svg] = await Promise.all([
    import('../../src/glyph/jpeg.ts'),
    import('../../src/report/render.ts'),
    readFile(new URL('../web/page/icon.svg', import.meta.url), 'utf8'),
  ]);
  return jpegOf(await renderSvgAside(svg, SIDE / UNITS));
}
