// What kind of file some bytes are, by their own structure: names and content types are only claims, and formats that run code
// (SVG, PDF) or need patented codecs (HEIC) must not reach the decoder.

import { boxesOf, isoBrands, itemTypes, orNone, pngFrames } from './headers.ts';

export type Sniffed = 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'avif' | 'animated' | 'unsupported' | 'unknown';

const PNG = '\x89PNG\r\n\x1a\n';

/** Only the kind of file; whether it is whole is for the decoder to say. Sources: each format's specification. */
export function sniffFormat(bytes: Uint8Array): Sniffed {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).toString('latin1');
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (head.startsWith(PNG)) return (orNone(() => pngFrames(view)) ?? 1) > 1 ? 'animated' : 'png';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif';
  if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return 'tiff';
  if (head.slice(4, 8) === 'ftyp') return isoFormat(view);
  const text = head.replace(/^\u00ef\u00bb\u00bf/u, '').trimStart();
  if (text.startsWith('%PDF-') || text.startsWith('%!PS')) return 'unsupported';
  if (/^<(?:svg|\?xml|!DOCTYPE svg|!--)/iu.test(text) && /<svg/iu.test(text)) return 'unsupported';
  // Windows bitmaps and icons, Photoshop, JPEG 2000 and XL, OpenEXR, gzip (an SVGZ may hide there).
  const others = [
    'BM',
    '\0\0\x01\0',
    '8BPS',
    '\0\0\0\x0cjP  ',
    '\xff\x4f\xff\x51',
    '\0\0\0\x0cJXL ',
    '\xff\x0a',
    '\x76\x2f\x31\x01',
    '\x1f\x8b',
  ];
  return others.some((magic) => head.startsWith(magic)) ? 'unsupported' : 'unknown';
}

/** Whether it says that it is a PDF: some write a line or two before that. */
export const isPdf = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).includes('%PDF-');

/**
 * The ISO container holds AVIF, HEIC and video alike. What it is says its brands together with what is in it: encoders name any of
 * the brands first, and a still picture may be called a sequence.
 */
function isoFormat(view: Buffer): Sniffed {
  const { major, all } = orNone(() => isoBrands(view)) ?? { major: '', all: [] };
  if (!all.includes('avif') && !all.includes('avis')) return 'unsupported';
  const items = orNone(() => itemTypes(view)) ?? [];
  if (items.length > 0 && !items.includes('av01')) return 'unsupported';
  // Viewers play what calls itself a sequence first of all, and has more than one frame.
  return major === 'avis' && (items.length === 0 || (orNone(() => framesOf(view)) ?? 1) > 1) ? 'animated' : 'avif';
}

/** Frames of the longest track. */
function framesOf(view: Buffer): number {
  const tracks = [...boxesOf(view, ['moov', 'trak', 'mdia', 'minf', 'stbl', 'stsz'])];
  return Math.max(0, ...tracks.map((at) => view.readUInt32BE(at + 8)));
}
