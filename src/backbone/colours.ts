// How pictures are seen where there is no backbone: small, in colour, and learnt from by a network of the alphabet's own.
import { VIVID_SIDE } from '../model/architectures/vivid.ts';
import type { Sight } from '../model/sight.ts';
import { unopened } from './unopened.ts';

/** Of each picture its middle: red, green and blue, a plane each. */
export async function colourSight(): Promise<Sight> {
  // Pictures are opened only where there are any: the decoder is not small.
  const { packed, squareOf } = await import('../glyph/picture.ts');
  return {
    length: 3 * VIVID_SIDE ** 2,
    pack: packed,
    see: (pictures) =>
      Promise.all(pictures.map(async (each) => planesOf(await squareOf(each, VIVID_SIDE).catch(unopened)))),
  };
}

/** From pixel by pixel to plane by plane. */
function planesOf(pixels: Uint8Array): Uint8Array {
  const area = pixels.length / 3;
  const planes = new Uint8Array(pixels.length);
  for (let i = 0; i < area; i++)
    for (let colour = 0; colour < 3; colour++) planes[colour * area + i] = pixels[3 * i + colour] ?? 0;
  return planes;
}
