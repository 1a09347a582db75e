// How a picture looks from afar: the mean grey of so many cells a side. It travels in the picture's own file, as its comment, so that
// copies are told without opening a decoder.

const GRID = 10;

/** Means of its cells, 0 black … 255 white, row by row; where they were not written, as if it were all grey. */
export function cellsOfPicture(picture: Uint8Array): Uint8Array {
  // Start of image, then the comment: marker and length, four bytes.
  const isThere = picture[2] === 0xff && picture[3] === 0xfe;
  return isThere ? picture.subarray(6, 6 + GRID ** 2) : new Uint8Array(GRID ** 2).fill(127);
}

/** The JPEG with its cells as its first segment. */
export function withCells(jpeg: Uint8Array, cells: Uint8Array): Uint8Array {
  const length = cells.length + 2;
  const comment = Uint8Array.of(0xff, 0xfe, length >> 8, length & 255, ...cells);
  return new Uint8Array(Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]));
}

/** Of red, green and blue, row by row. */
export function cellsOf(width: number, height: number, colours: Uint8Array): Uint8Array {
  const [sums, counts] = [new Float64Array(GRID ** 2), new Float64Array(GRID ** 2)];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = 3 * (y * width + x);
      const cell = Math.floor((y * GRID) / height) * GRID + Math.floor((x * GRID) / width);
      // The weights of ITU-R BT.601, as JPEG has them.
      const grey = 0.299 * (colours[at] ?? 0) + 0.587 * (colours[at + 1] ?? 0) + 0.114 * (colours[at + 2] ?? 0);
      sums[cell] = (sums[cell] ?? 0) + grey;
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  return Uint8Array.from(sums, (sum, cell) => Math.round(sum / Math.max(1, counts[cell] ?? 1)));
}
