// What a backbone is shown of a picture, and the mean of what it sees in each is what counts. Networks of photographs are trained and tested
// on the middle; that is shown mirrored, too, since few things look otherwise in a mirror. A network of hands is used to some ground around
// them: of 36 signs of an unseen hand, ten pictures each, 85.6 % were read with such a view beside the whole, 83.7 % without, and of ten
// signs as many.
import { squareOf } from '../glyph/picture.ts';
import type { BackboneCard } from './card.ts';

/** Networks are tested on 224 of 256 pixels. */
const ZOOM = 256 / 224;

/** So much of the square the picture takes that has ground around it. */
const AROUND = 5 / 7;

/** Red, green and blue of squares of the card's side. */
export async function viewsOf(picture: Uint8Array, { side, views }: BackboneCard): Promise<readonly Uint8Array[]> {
  if (views === 'whole') return [await squareOf(picture, side)];
  if (views === 'around') return [await squareOf(picture, side), await squareOf(picture, side, AROUND)];
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
