// The words of this room: a raster goes in, glyphs come out, or the reason why not.

/** Side of a glyph in pixels; chosen by measurement (docs/architecture.md). */
export const GLYPH_SIZE = 40;

/** Grey pixels, row by row from the top left, 0 black … 255 white. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Left top corner and size, in pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One character cut out of a photo. */
export interface Glyph {
  /** GLYPH_SIZE × GLYPH_SIZE, row by row, 0 paper … 255 ink. */
  readonly pixels: Uint8Array;
  /** Where it was found, in pixels of the upright photo. */
  readonly box: Box;
  /** Which of the photo's lines of text it stands in, from 0. */
  readonly line: number;
}

/** Why a photo is no good; each has a sentence in src/words that says what to do about it. */
export type Unreadable =
  | 'empty-file'
  | 'not-an-image'
  | 'unsupported-format'
  | 'animated'
  | 'damaged'
  | 'file-too-large'
  | 'too-many-pixels'
  | 'too-costly'
  | 'too-small'
  | 'blank'
  | 'too-faint'
  | 'all-ink'
  | 'too-blurred'
  | 'too-dark'
  /** Printed characters alone; a picture of something else. */
  | 'print'
  | 'scene'
  /** Perhaps writing, of which a model can make out hardly anything. */
  | 'hardly-read'
  /** Taken of a screen, whose dots hide what is on it. */
  | 'screen'
  | 'several-characters'
  /** A practice sheet of which a part is missing, whose code is of another version, or cannot be read. */
  | 'sheet-half'
  | 'sheet-old'
  | 'sheet-code'
  /** A PDF that asks for a password, has too many pages, or is no stack of practice sheets. */
  | 'pdf-locked'
  | 'pdf-too-long'
  | 'pdf-no-sheets';

/** What may be the matter with one character that is hard to read: it runs out of the picture, has too few pixels, lies in the dark, or on a screen. */
export type Hint = 'cut-off' | 'tiny' | 'dark' | 'screen';

/** A cell of a practice sheet: what was to be written there, and whether it was. */
export type SheetCell = {
  readonly labelId: number;
  /** Around the cell, in pixels of the upright photo. */
  readonly box: Box;
} & (
  | { readonly state: 'filled'; readonly pixels: Uint8Array }
  /** Hidden: its printed frame is not seen where it should be. */
  | { readonly state: 'empty' | 'crossed' | 'hidden' }
);

/** So many characters of a photo are cut out at most. */
export const MOST_GLYPHS = 100;

export type Reading =
  | {
      readonly outcome: 'glyphs';
      readonly width: number;
      readonly height: number;
      /** In reading order: line by line, and in each as people read it. */
      readonly glyphs: readonly [Glyph, ...Glyph[]];
      /** Place of the one that the photo is about where other, small writing stands beside it. */
      readonly main?: number;
      /** The photo shows more than MOST_GLYPHS; these are the surest. */
      readonly more?: true;
      /** Of one character alone. */
      readonly hint?: Hint;
    }
  | {
      readonly outcome: 'sheet';
      /** Its id, as the sheet's code has it. */
      readonly alphabet: string;
      readonly page: number;
      readonly pages: number;
      readonly width: number;
      readonly height: number;
      /** As they were printed, row by row. */
      readonly cells: readonly SheetCell[];
    }
  | { readonly outcome: Unreadable };

/** The one character that a photo is about; undefined where it is about several, or none. */
export function theOne(reading: Reading): Glyph | undefined {
  if (reading.outcome !== 'glyphs') return undefined;
  const { glyphs, main } = reading;
  return glyphs.length === 1 ? glyphs[0] : main === undefined ? undefined : glyphs[main];
}
