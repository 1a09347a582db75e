// What a drawn picture shows people's photos in: said beside it, so that nobody turns its colours.
import { kindOfGlyph } from '../glyph/kind.ts';

export const photosIn = (glyphs: readonly Uint8Array[]): { readonly photos?: true } =>
  glyphs.some((glyph) => kindOfGlyph(glyph).image(glyph) !== null) ? { photos: true } : {};
