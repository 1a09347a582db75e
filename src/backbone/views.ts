// What a backbone is shown of a picture: all of it, or, as networks of photographs are trained and tested, its middle; and that mirrored,
// too, since few things look otherwise in a mirror.
import { squareOf } from '../glyph/picture.ts';
import type { BackboneCard } from './card.ts';

/** Networks are tested on 224 of 256 pixels. */
const ZOOM = 256 / 224;

/** Red, green and blue of squares of the card's side. */
export async function viewsOf(picture: Uint8Array, { side, views }: BackboneCard): Promise<readonly Uint8Array[]> {
  if (views === 'whole') return [await squareOf(picture, side)];
  const middle = await squareOf(picture, side, ZOOM);
  return [middle, mirrored(middle, side)];
}

function mirrored(square: Uint8Array, side: number): Uint8Array {
  const turned = new Uint8Array(square.length);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) {
      const [to, from] = [3 * (y * side + x), 3 * (y * side + side - 1 - x)];
      for (let colour = 0; colour < 3; colour++) turned[to + colour] = square[from + colour] ?? 0;
    }
  return turned;
}
