// How a photo becomes what an alphabet's kind keeps of it: characters that are found and cut out, or the picture as a whole.
import type { KindId } from '../alphabet/alphabet.ts';
import type { Raster, Reading } from './glyph.ts';
import { rasterAsPicture, readAsPicture } from './picture.ts';
import { readPhoto, readPicture } from './read.ts';

interface Opener {
  /** A photo's bytes become glyphs; what is no good about them is the outcome. What strangers send is opened in a process of its own. */
  read(bytes: Uint8Array): Promise<Reading>;
  /** The same of what a labelled set holds: grey pixels, or the bytes of an image file. */
  readOfSet(picture: Raster | Uint8Array): Promise<Reading>;
}

const openers: Readonly<Record<KindId, Opener>> = {
  ink: { read: (bytes) => readPhoto(bytes), readOfSet: (picture) => readPicture(picture) },
  picture: {
    read: readAsPicture,
    readOfSet: (picture) => (picture instanceof Uint8Array ? readAsPicture(picture) : rasterAsPicture(picture)),
  },
};

export const openerOf = ({ kind }: { readonly kind: KindId }): Opener => openers[kind];
