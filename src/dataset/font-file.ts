// What must be known of a font before it draws: its family, and whether it has a character at all. Read from the two tables
// that say so (OpenType 1.9: cmap, name), since a renderer draws an empty box for what it lacks.

export interface FontFile {
  /** The name that its weights and slants share. */
  readonly family: string;
  /** Whether it has all of this text's characters, as they are or taken apart into base and marks. */
  covers(text: string): boolean;
}

/** Reads TrueType and OpenType (of a collection the first font); null for anything else, and for damaged tables. */
export function readFontFile(bytes: Uint8Array): FontFile | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const tables = tablesOf(view);
    const cmap = tables.get('cmap');
    const glyphOf = cmap === undefined ? null : mappingOf(view, cmap);
    if (glyphOf === null) return null;
    const has = (text: string): boolean =>
      Array.from(text).every((each) => ignorable.test(each) || glyphOf(each.codePointAt(0) ?? 0) !== 0);
    const name = tables.get('name');
    return {
      family: name === undefined ? '' : familyIn(view, name),
      covers: (text) => has(text.normalize('NFC')) || has(text.normalize('NFD')),
    };
  } catch (error) {
    // A table that points outside the file.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Joiners and variation selectors: they shape others and need no glyph. */
const ignorable = /\p{Default_Ignorable_Code_Point}/u;

const KINDS = new Set([0x00010000, 0x4f54544f, 0x74727565]);
const COLLECTION = 0x74746366;

/** Where each table begins. */
function tablesOf(view: DataView): ReadonlyMap<string, number> {
  const start = view.getUint32(0) === COLLECTION ? view.getUint32(12) : 0;
  const tables = new Map<string, number>();
  if (!KINDS.has(view.getUint32(start))) return tables;
  for (let i = 0; i < view.getUint16(start + 4); i++) {
    const at = start + 12 + 16 * i;
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((place) => view.getUint8(at + place)));
    tables.set(tag, view.getUint32(at + 8));
  }
  return tables;
}

type GlyphOf = (code: number) => number;

/** The glyph of a code point, 0 where there is none, by the largest Unicode mapping; null where there is no such. */
function mappingOf(view: DataView, cmap: number): GlyphOf | null {
  const found = new Map<number, number>();
  for (let i = 0; i < view.getUint16(cmap + 2); i++) {
    const at = cmap + 4 + 8 * i;
    const platform = view.getUint16(at);
    const encoding = view.getUint16(at + 2);
    if (platform !== 0 && !(platform === 3 && (encoding === 1 || encoding === 10))) continue;
    const table = cmap + view.getUint32(at + 4);
    found.set(view.getUint16(table), table);
  }
  const [large, small, dense] = [found.get(12), found.get(4), found.get(6)];
  if (large !== undefined) return (code) => inGroups(view, large, code);
  if (small !== undefined) return (code) => inSegments(view, small, code);
  if (dense === undefined) return null;
  return (code) => {
    const place = code - view.getUint16(dense + 6);
    return place >= 0 && place < view.getUint16(dense + 8) ? view.getUint16(dense + 10 + 2 * place) : 0;
  };
}

/** Format 12: groups of code points whose glyphs follow one another. */
function inGroups(view: DataView, table: number, code: number): number {
  for (let i = 0; i < view.getUint32(table + 12); i++) {
    const at = table + 16 + 12 * i;
    if (code > view.getUint32(at + 4)) continue;
    const first = view.getUint32(at);
    return code < first ? 0 : view.getUint32(at + 8) + code - first;
  }
  return 0;
}

/** Format 4: segments of the first 65,536 code points, each with a shift or a list of glyphs. */
function inSegments(view: DataView, table: number, code: number): number {
  const twice = view.getUint16(table + 6);
  for (let i = 0; i < twice; i += 2) {
    if (code > view.getUint16(table + 14 + i)) continue;
    const first = view.getUint16(table + 16 + twice + i);
    if (code < first) return 0;
    const shift = view.getUint16(table + 16 + 2 * twice + i);
    const rangeAt = table + 16 + 3 * twice + i;
    const range = view.getUint16(rangeAt);
    if (range === 0) return (code + shift) & 0xffff;
    const glyph = view.getUint16(rangeAt + range + 2 * (code - first));
    return glyph === 0 ? 0 : (glyph + shift) & 0xffff;
  }
  return 0;
}

const FAMILY = 1;
const TYPOGRAPHIC_FAMILY = 16;

/** The family's name in UTF-16 (the Windows platform's); empty where it is told in no such form. */
function familyIn(view: DataView, table: number): string {
  const names = new Map<number, string>();
  for (let i = 0; i < view.getUint16(table + 2); i++) {
    const at = table + 6 + 12 * i;
    const kind = view.getUint16(at + 6);
    if (view.getUint16(at) !== 3 || (kind !== FAMILY && kind !== TYPOGRAPHIC_FAMILY) || names.has(kind)) continue;
    const start = table + view.getUint16(table + 4) + view.getUint16(at + 10);
    const units = Array.from({ length: view.getUint16(at + 8) >> 1 }, (_, k) => view.getUint16(start + 2 * k));
    names.set(kind, String.fromCharCode(...units));
  }
  return names.get(TYPOGRAPHIC_FAMILY) ?? names.get(FAMILY) ?? '';
}
