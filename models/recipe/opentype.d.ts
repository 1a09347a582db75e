// The little of opentype.js that the recipe uses. Declared here because the package is installed only when seeds are made,
// and the project's types are checked without it.
declare module 'opentype.js/dist/opentype.mjs' {
  export type PathCommand =
    | { readonly type: 'M' | 'L'; readonly x: number; readonly y: number }
    | { readonly type: 'Q'; readonly x1: number; readonly y1: number; readonly x: number; readonly y: number }
    | {
        readonly type: 'C';
        readonly x1: number;
        readonly y1: number;
        readonly x2: number;
        readonly y2: number;
        readonly x: number;
        readonly y: number;
      }
    | { readonly type: 'Z' };
  export interface Font {
    /** 0 where the font lacks the character. */
    charToGlyphIndex(character: string): number;
    readonly glyphs: { get(index: number): Glyph };
    /** What the file says of itself, for each platform it was written for. */
    readonly names: Readonly<Record<'windows' | 'macintosh', Names | undefined>>;
  }
  export interface Names {
    readonly copyright?: { readonly en?: string };
    readonly license?: { readonly en?: string };
    readonly licenseURL?: { readonly en?: string };
  }
  export interface Glyph {
    /** The outline at this size, y downwards. */
    getPath(x: number, y: number, fontSize: number): { readonly commands: readonly PathCommand[] };
  }
  export function parse(bytes: ArrayBuffer): Font;
}
