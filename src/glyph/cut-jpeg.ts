// A JPEG that was cut short, as some cameras and downloads leave it: what of it is a whole picture all the same. Source: ITU-T T.81.

const EOI = Buffer.from([0xff, 0xd9]);
const SOS = 0xda;
/** Bits that the lightness of a pixel may lack: nobody sees the last one. */
const LACKING = 1;

/** With the two bytes that end a JPEG. */
export const ended = (bytes: Uint8Array): Buffer => Buffer.concat([bytes, EOI]);

/**
 * Of a JPEG of several scans: as far as its last whole scan, where those before it hold the lightness of every pixel but for its
 * last bit. Undefined where they do not, as in all JPEGs of one scan.
 */
export function wholeScans(view: Buffer): Buffer | undefined {
  // How fine each coefficient of the lightness (the first component) is known: bits that are still missing.
  const missing = Array.from({ length: 64 }, () => Infinity);
  let lightness: number | undefined;
  let end = 0;
  try {
    for (let at = 2; ;) {
      const marker = view.readUInt8(at + 1);
      if (view.readUInt8(at) !== 0xff || marker === 0xd9) break;
      if (marker === 0xff) {
        at += 1;
        continue;
      }
      const content = at + 4;
      at += 2 + view.readUInt16BE(at + 2);
      if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
        lightness = view.readUInt8(content + 6);
      if (marker !== SOS) continue;
      const next = afterScan(view, at);
      // The last one says nothing of its end: it may be the one that was cut.
      if (next === undefined || view[next + 1] === 0xd9) break;
      const components = view.readUInt8(content);
      const ids = Array.from({ length: components }, (_, i) => view.readUInt8(content + 1 + 2 * i));
      const from = content + 1 + 2 * components;
      if (lightness !== undefined && ids.includes(lightness))
        missing.fill(view.readUInt8(from + 2) & 15, view.readUInt8(from), view.readUInt8(from + 1) + 1);
      end = at = next;
    }
  } catch (error) {
    // Cut between two scans.
    if (!(error instanceof RangeError)) throw error;
  }
  return missing.every((bits) => bits <= LACKING) ? ended(view.subarray(0, end)) : undefined;
}

/** Where the marker stands that ends a scan's data; those that only part it are a part of it. */
function afterScan(view: Buffer, from: number): number | undefined {
  for (let at = view.indexOf(0xff, from); at !== -1 && at + 1 < view.length; at = view.indexOf(0xff, at + 1)) {
    const marker = view[at + 1] ?? 0;
    if (marker !== 0 && marker !== 0xff && (marker < 0xd0 || marker > 0xd7)) return at;
  }
  return undefined;
}
