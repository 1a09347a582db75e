// What a network is shown of glyphs as they are kept. Ink is shown as it is; of a picture, what a backbone makes of it, or a small one in colour. Who
// makes it is somebody else's affair (src/backbone): here stands only what models and learning ask for.
import { GLYPH_SIZE, type Raster } from '../glyph/glyph.ts';

export interface Sight {
  /** Numbers that a network is shown of each glyph. */
  readonly length: number;
  /** Whether the middle of the range stands for nothing; 0 does where it is left out. */
  readonly signed?: boolean;
  /** Each glyph as so many numbers from 0 to 255. Throws OperationalError for a picture that cannot be opened. */
  see(glyphs: readonly Uint8Array[]): Promise<readonly Uint8Array[]>;
  /** Colours (red, green and blue, row by row) as they would be kept; null where no pictures are seen. */
  readonly pack: ((colours: Raster) => Promise<Uint8Array>) | null;
}

/** By the hash of a backbone, or `none` (NO_BACKBONE) for small pictures; null: as they are. Throws OperationalError where the backbone is not here. */
export type SightOf = (backbone: string | null) => Promise<Sight>;

export const plainSight: Sight = { length: GLYPH_SIZE ** 2, see: (glyphs) => Promise.resolve(glyphs), pack: null };

/** Where there are only alphabets of ink. */
export const onlyPlain: SightOf = () => Promise.resolve(plainSight);
