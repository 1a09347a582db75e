// The parts of the formats' headers that tell how a picture is stored. Reading past the end throws RangeError, as Buffer does, and
// so does a file of more parts than an honest one has: nobody's event loop walks through millions of them.

/** A JPEG has some twenty segments, a WebP or AVIF file fewer parts. */
const MOST_PARTS = 2000;

function partCounter(): () => void {
  let parts = 0;
  return () => {
    if ((parts += 1) > MOST_PARTS) throw new RangeError('too many parts');
  };
}

/** What a header says; undefined where it points outside of the file. */
export function orNone<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** JPEG: the frame, and whether its first scan holds all of it. Sources: ITU-T T.81, annex B. */
export function jpegFrame(view: Buffer):
  | {
      readonly width: number;
      readonly height: number;
      readonly scans: 'one' | 'several';
      /** Samples a pixel, all components together: 3, or 1.5 where colours are stored at half the size. */
      readonly samples: number;
    }
  | undefined {
  let frame: { width: number; height: number; components: number; samples: number; progressive: boolean } | undefined;
  const count = partCounter();
  for (let at = 2; ;) {
    count();
    if (view.readUInt8(at) !== 0xff) return undefined;
    const marker = view.readUInt8(at + 1);
    // Fill bytes, and markers that stand alone.
    if (marker === 0xff) at += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) at += 2;
    else if (marker === 0xda) {
      if (frame === undefined) return undefined;
      const several = frame.progressive || view.readUInt8(at + 4) < frame.components;
      return { ...frame, scans: several ? 'several' : 'one' };
    } else {
      // Start of frame: 0xc0 … 0xcf but for tables (c4), arithmetic conditioning (cc) and what is reserved (c8).
      if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
        const components = view.readUInt8(at + 9);
        const factors = Array.from({ length: components }, (_, i) => view.readUInt8(at + 11 + 3 * i));
        const across = Math.max(...factors.map((each) => each >> 4));
        const down = Math.max(...factors.map((each) => each & 15));
        frame = {
          height: view.readUInt16BE(at + 5),
          width: view.readUInt16BE(at + 7),
          components,
          samples: factors.reduce((sum, each) => sum + ((each >> 4) * (each & 15)) / (across * down), 0),
          progressive: (marker & 3) === 2,
        };
      }
      at += 2 + view.readUInt16BE(at + 2);
    }
  }
}

/** PNG: how many frames it says it has; an animation says so before its pixels. Source: PNG, third edition. */
export function pngFrames(view: Buffer): number {
  const count = partCounter();
  for (let at = 8; ;) {
    count();
    const name = view.toString('latin1', at + 4, at + 8);
    if (name === 'acTL') return view.readUInt32BE(at + 8);
    if (name === 'IDAT' || name === '') return 1;
    at += 12 + view.readUInt32BE(at);
  }
}

/** RIFF (WebP): each chunk's name and where its content begins. */
export function* chunksOf(view: Buffer): Generator<{ readonly name: string; readonly at: number }> {
  const count = partCounter();
  for (let at = 12; at + 8 <= view.length;) {
    count();
    const size = view.readUInt32LE(at + 4);
    yield { name: view.toString('latin1', at, at + 4), at: at + 8 };
    at += 8 + size + (size % 2);
  }
}

/** ISO base media (AVIF): where the contents of all boxes at this path begin. Source: ISO/IEC 14496-12. */
export function* boxesOf(
  view: Buffer,
  path: readonly string[],
  from = 0,
  to = view.length,
  count = partCounter(),
): Generator<number> {
  const [wanted, ...rest] = path;
  for (let at = from; at + 8 <= to;) {
    count();
    const short = view.readUInt32BE(at);
    const size = short === 1 ? Number(view.readBigUInt64BE(at + 8)) : short === 0 ? to - at : short;
    if (size < 8) return;
    const end = Math.min(to, at + size);
    if (view.toString('latin1', at + 4, at + 8) === wanted) {
      const content = at + (short === 1 ? 16 : 8);
      // `meta` begins with a version and flags.
      if (rest.length === 0) yield content;
      else yield* boxesOf(view, rest, wanted === 'meta' ? content + 4 : content, end, count);
    }
    at += size;
  }
}

/** ISO base media: the brand that comes first, and all of them. */
export function isoBrands(view: Buffer): { readonly major: string; readonly all: readonly string[] } {
  const end = Math.min(view.length, view.readUInt32BE(0), 16 + 4 * MOST_PARTS);
  const brand = (at: number): string => view.toString('latin1', at, at + 4);
  const compatible = Array.from({ length: Math.max(0, Math.floor((end - 16) / 4)) }, (_, i) => brand(16 + 4 * i));
  return { major: brand(8), all: [brand(8), ...compatible] };
}

/** ISO base media: of which kind each item (a picture, its tiles, its thumbnail, its metadata) is. Source: ISO/IEC 14496-12, 8.11.6. */
export function itemTypes(view: Buffer): readonly string[] {
  const [list] = boxesOf(view, ['meta', 'iinf']);
  if (list === undefined) return [];
  const first = list + (view.readUInt8(list) === 0 ? 6 : 8);
  const end = list - 8 + view.readUInt32BE(list - 8);
  return [...boxesOf(view, ['infe'], first, Math.min(end, view.length))].map((at) => {
    // The item's id is of two bytes, or of four in version 3; two bytes of protection follow.
    const type = at + (view.readUInt8(at) === 3 ? 10 : 8);
    return view.toString('latin1', type, type + 4);
  });
}

/** TIFF: the first picture, and the strips or tiles it is stored in. Source: TIFF 6.0. BigTIFF is not read. */
export function tiffFrame(view: Buffer):
  | {
      readonly width: number;
      readonly height: number;
      /** Of a pixel, all channels together. */
      readonly bits: number;
      readonly blockWidth: number;
      readonly blockHeight: number;
    }
  | undefined {
  const little = view.toString('latin1', 0, 2) === 'II';
  const short = (at: number): number => (little ? view.readUInt16LE(at) : view.readUInt16BE(at));
  const long = (at: number): number => (little ? view.readUInt32LE(at) : view.readUInt32BE(at));
  const directory = long(4);
  const tags = new Map<number, number>();
  for (let i = 0; i < short(directory); i++) {
    const at = directory + 2 + 12 * i;
    const [type, count] = [short(at + 2), long(at + 4)];
    // The first value; more than four bytes of them stand elsewhere.
    if (type === 3) tags.set(short(at), short(count > 2 ? long(at + 8) : at + 8));
    else if (type === 4) tags.set(short(at), long(count > 1 ? long(at + 8) : at + 8));
  }
  const [width, height] = [tags.get(256), tags.get(257)];
  if (width === undefined || height === undefined) return undefined;
  return {
    width,
    height,
    bits: (tags.get(258) ?? 1) * (tags.get(277) ?? 1),
    blockWidth: Math.max(1, tags.get(322) ?? width),
    blockHeight: Math.max(1, tags.get(323) ?? Math.min(height, tags.get(278) ?? height)),
  };
}
