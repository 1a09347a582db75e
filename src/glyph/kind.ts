// What an alphabet is made of: ink, or pictures. All that differs in what is kept of a photo and how that is shown and told apart stands
// here; how a photo is opened, which brings decoders along, in opener.ts beside it, and how each is learnt in src/learning/way.ts.
// Nothing else asks which of the two it is.
import type { KindId } from '../alphabet/alphabet.ts';
import { cellsOfPicture } from './cells.ts';
import { GLYPH_SIZE } from './glyph.ts';

export interface Kind {
  readonly id: KindId;
  /** What is kept as an image file that anybody can open; null where it is bare pixels, to be drawn. */
  image(glyph: Uint8Array): Uint8Array | null;
  /** How a glyph looks from afar, in a grid of ten cells a side; null where its pixels say so. */
  cells(glyph: Uint8Array): Uint8Array | null;
  /** The share of samples kept for testing. Heads are learnt in parts, each judged by the others, so fewer are kept from them. */
  readonly testShare: number;
  /** Of the file that a glyph is exported as. */
  readonly extension: 'png' | 'jpg';
}

const kinds: Readonly<Record<KindId, Kind>> = {
  ink: { id: 'ink', image: () => null, cells: () => null, testShare: 0.2, extension: 'png' },
  picture: { id: 'picture', image: (glyph) => glyph, cells: cellsOfPicture, testShare: 0.1, extension: 'jpg' },
};

/** What a glyph is of, by itself: a picture is a JPEG, and never has as many bytes as one of ink has pixels. */
export const kindOfGlyph = (glyph: Uint8Array): Kind =>
  kinds[glyph.length !== GLYPH_SIZE ** 2 && glyph[0] === 0xff && glyph[1] === 0xd8 ? 'picture' : 'ink'];
