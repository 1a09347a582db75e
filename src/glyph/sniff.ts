// What kind of file some bytes are, by their first bytes: names and content types are only claims, and formats that run code
// (SVG, PDF) or need patented codecs (HEIC) must not reach the decoder.

export type Sniffed = 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'avif' | 'animated' | 'unsupported' | 'unknown';

const PNG = '\x89PNG\r\n\x1a\n';

/** Only the kind of file; whether it is whole is for the decoder to say. Sources: each format's specification. */
export function sniffFormat(bytes: Uint8Array): Sniffed {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).toString('latin1');
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg';
  // An animated PNG says so in an acTL chunk, which has to stand before the pixels.
  if (head.startsWith(PNG))
    return head.includes('acTL') && !head.split('acTL')[0]?.includes('IDAT') ? 'animated' : 'png';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif';
  if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return 'tiff';
  if (head.slice(4, 8) === 'ftyp') return isoFormat(head.slice(8, 12));
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

/** The ISO container holds AVIF, HEIC and video alike; its brand tells which. */
function isoFormat(brand: string): Sniffed {
  if (brand === 'avif') return 'avif';
  if (brand === 'avis') return 'animated';
  return 'unsupported';
}
