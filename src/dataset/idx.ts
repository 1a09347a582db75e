// The IDX format of MNIST: four big-endian 32-bit numbers (magic 0x803, count, height, width), then a byte a pixel, picture
// after picture, row by row. Source: yann.lecun.com/exdb/mnist.
import { UsageError } from '../errors.ts';
import type { Raster } from '../glyph/glyph.ts';
import { findBytes } from './lines.ts';

const NAME = 'images.idx3-ubyte';
const MAGIC = 0x803;
const HEADER = 16;

/** The pictures of images.idx3-ubyte(.gz), as views of one buffer. Throws UsageError where the file breaks the format. */
export async function readIdxImages(folder: string): Promise<readonly Raster[]> {
  const bytes = await findBytes(folder, NAME);
  const refuse = (why: string): never => {
    throw new UsageError(`${folder}/${NAME} ${why}`);
  };
  if (bytes === null) return refuse('is missing.');
  if (bytes.length < HEADER || bytes.readUInt32BE(0) !== MAGIC)
    return refuse('is no IDX file of pictures (magic number 0x00000803).');
  const count = bytes.readUInt32BE(4);
  const height = bytes.readUInt32BE(8);
  const width = bytes.readUInt32BE(12);
  if (count === 0 || width === 0 || height === 0)
    return refuse(`holds no pictures (${count} of ${width} × ${height}).`);
  const expected = HEADER + count * height * width;
  if (bytes.length !== expected) return refuse(`has ${bytes.length} bytes where its header promises ${expected}.`);
  const area = width * height;
  return Array.from({ length: count }, (_, index) => ({
    width,
    height,
    pixels: new Uint8Array(bytes.buffer, bytes.byteOffset + HEADER + index * area, area),
  }));
}
