// Photos in the dark are grainy. Neighbours are averaged until the grain is small: the character is large enough to stay.
import type { Raster } from './glyph.ts';
import { SMALL, noiseOf } from './threshold.ts';

/** Grey levels: the grain of a photo in a lit room is less. */
const GRAINY = 5;

/** The picture, halved as often as its noise asks for and its size allows; the very same picture where the light was good. */
export function denoised(raster: Raster): Raster {
  let calm = raster;
  while (canHalve(calm) && noiseOf(calm) > GRAINY) calm = halved(calm);
  return calm;
}

/** As calmed, for what is too small to be halved: each pixel becomes a mean of the nine around it, a few times at most. */
export function smoothed(raster: Raster): Raster {
  let smooth = raster;
  for (let times = 0; times < 3 && noiseOf(smooth) > GRAINY; times++) {
    smooth = turnedMeans(turnedMeans(smooth));
  }
  return smooth;
}

/** Each pixel with its neighbours in the row (1, 2, 1); rows become columns. */
function turnedMeans({ width, height, pixels }: Raster): Raster {
  const turned = new Uint8Array(pixels.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const [before, after] = [pixels[x > 0 ? at - 1 : at] ?? 0, pixels[x + 1 < width ? at + 1 : at] ?? 0];
      turned[x * height + y] = (before + 2 * (pixels[at] ?? 0) + after + 2) >> 2;
    }
  }
  return { width: height, height: width, pixels: turned };
}

/** Whether half of the picture would still be a photo rather than a cut-out. */
export function canHalve({ width, height }: Raster): boolean {
  return Math.min(width, height) > 2 * SMALL;
}

/** Half as wide and high, each pixel the mean of four. */
export function halved({ width, height, pixels }: Raster): Raster {
  const small = { width: width >> 1, height: height >> 1, pixels: new Uint8Array((width >> 1) * (height >> 1)) };
  for (let y = 0, i = 0; y < small.height; y++) {
    for (let x = 0; x < small.width; x++, i++) {
      const at = 2 * y * width + 2 * x;
      const sum = (pixels[at] ?? 0) + (pixels[at + 1] ?? 0) + (pixels[at + width] ?? 0) + (pixels[at + width + 1] ?? 0);
      small.pixels[i] = (sum + 2) >> 2;
    }
  }
  return small;
}
