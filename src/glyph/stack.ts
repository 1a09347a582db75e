// A PDF as scanner apps make them: a stack of pages, each of them one picture. It is taken apart here, page by page, into photos that are
// read like all others. Text and drawings in it are not looked at, and nothing in it runs.
import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';
import type { Unreadable } from './glyph.ts';
import { MAX_BYTES } from './inspect.ts';
import { jpegOf, type Coloured } from './picture.ts';
import { SHEET_SIDE } from './sheet/read.ts';

/** A class's sheets; what has more pages is a book. */
export const MOST_PAGES = 50;
/** A4 at 400 dots an inch. */
const MOST_PIXELS = 16e6;
/** A picture of a page covers it, but for margins: smaller ones are logos. */
const LEAST_SIDE = 400;

/** A page's picture as a JPEG, or null where it has none. */
export type Page = Uint8Array | null;

export type Unstacked =
  | { readonly outcome: 'pages'; readonly pages: number }
  | { readonly outcome: Extract<Unreadable, 'damaged' | 'file-too-large' | 'pdf-locked' | 'pdf-too-long'> };

/** Hands out page after page, and waits for each to be taken; resolves to how many there were. Never throws on bad bytes. */
export async function unstack(bytes: Uint8Array, take: (page: Page) => void | Promise<void>): Promise<Unstacked> {
  if (bytes.length > MAX_BYTES) return { outcome: 'file-too-large' };
  const opened = await opening(bytes);
  if (typeof opened === 'string') return { outcome: opened };
  try {
    const { numPages: pages } = opened;
    if (pages > MOST_PAGES) return { outcome: 'pdf-too-long' };
    for (let number = 1; number <= pages; number++) {
      const picture = await pictureOf(opened, number).catch(() => null);
      await take(picture && (await jpegOf(picture, SHEET_SIDE)));
    }
    return { outcome: 'pages', pages };
  } finally {
    await opened.loadingTask.destroy();
  }
}

type Opened = Awaited<ReturnType<typeof getDocumentProxy>>;

async function opening(bytes: Uint8Array): Promise<Opened | 'damaged' | 'pdf-locked'> {
  try {
    // What is handed over is gone afterwards; a Buffer is refused.
    return await getDocumentProxy(Uint8Array.from(bytes), {
      maxImageSize: MOST_PIXELS,
      isEvalSupported: false,
      stopAtErrors: false,
      verbosity: 0,
    });
  } catch (error) {
    return error instanceof Error && error.name === 'PasswordException' ? 'pdf-locked' : 'damaged';
  }
}

/** What pdf.js hands out: one bit a pixel, three bytes, or four. */
interface Decoded {
  readonly width: number;
  readonly height: number;
  readonly data?: Uint8Array | Uint8ClampedArray | null;
}

/** The largest picture of a page. */
async function pictureOf(document: Opened, number: number): Promise<Coloured | null> {
  const page = await document.getPage(number);
  const { OPS } = await getResolvedPDFJS();
  const { fnArray, argsArray } = await page.getOperatorList();
  let largest: Decoded | null = null;
  for (const [at, operator] of fnArray.entries()) {
    const [first] = (argsArray[at] ?? []) as readonly unknown[];
    const found =
      operator === OPS.paintInlineImageXObject
        ? (first as Decoded)
        : operator === OPS.paintImageXObject && typeof first === 'string'
          ? await objectOf(page, first)
          : null;
    if (found?.data && found.width * found.height > (largest?.width ?? 0) * (largest?.height ?? 0)) largest = found;
  }
  page.cleanup();
  if (largest?.data == null || Math.max(largest.width, largest.height) < LEAST_SIDE) return null;
  const { width, height, data } = largest;
  if (width * height > MOST_PIXELS) return null;
  const channels = data.length / (width * height);
  if (channels === 1 || channels === 3 || channels === 4) return { width, height, channels, pixels: data };
  return data.length === Math.ceil(width / 8) * height
    ? { width, height, channels: 1, pixels: spread(data, width, height) }
    : null;
}

/** Pictures that several pages share are kept in another place. */
function objectOf(page: Awaited<ReturnType<Opened['getPage']>>, name: string): Promise<Decoded | null> {
  const objects = name.startsWith('g_') ? page.commonObjs : page.objs;
  return new Promise(
    (resolve) => void objects.get(name, (found: unknown) => resolve((found ?? null) as Decoded | null)),
  );
}

/** From bits to bytes. */
function spread(bits: ArrayLike<number>, width: number, height: number): Uint8Array {
  const stride = Math.ceil(width / 8);
  const pixels = new Uint8Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      pixels[i] = ((bits[y * stride + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1 ? 255 : 0;
    }
  }
  return pixels;
}
