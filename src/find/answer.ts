// What the finder's network takes and gives, in numbers that its training and its reading share.

/** An answer for each so many pixels, in both directions. */
export const STEP = 4;
/** Sides of pictures are multiples of this; what is missing is filled up with the picture's mean. */
export const MULTIPLE = 64;
/** Distances to a box's sides are told in this many pixels. */
export const UNIT = 8;
/** Grey levels that make 1 of what goes in, from the picture's mean. */
export const CONTRAST = 64;

/** Grey pixels as the network takes them, on a sheet of `columns` × `rows`. */
export function inputOf(
  { width, height, pixels }: { readonly width: number; readonly height: number; readonly pixels: Uint8Array },
  columns: number,
  rows: number,
  to: Float32Array = new Float32Array(columns * rows),
): Float32Array {
  let sum = 0;
  for (let i = 0; i < pixels.length; i++) sum += pixels[i] ?? 0;
  const mean = sum / Math.max(1, pixels.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) to[y * columns + x] = ((pixels[y * width + x] ?? 0) - mean) / CONTRAST;
  }
  return to;
}
