// Kana as KanjiVG's stroke vectors, drawn with a plain pen: a test of shapes that are in no font.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import sharp from 'sharp';
import type { Raster } from '../../src/glyph/glyph.ts';

const SIDE = 109;
const SCALE = 2;

/** Every character of svg.tar.gz in three pens. */
export async function* readStrokes(
  folder: string,
): AsyncGenerator<{ readonly picture: Raster; readonly label: string; readonly writer: null }> {
  for (const { name, content } of untar(gunzipSync(await readFile(path.join(folder, 'svg.tar.gz'))))) {
    const code = /([0-9a-f]{5})\.svg$/u.exec(name)?.[1];
    if (code === undefined) continue;
    const strokes = [...content.toString('utf8').matchAll(/<path[^>]*\sd="([^"]+)"/gu)].map((match) => match[1] ?? '');
    for (const pen of [3, 5, 8]) {
      const drawn = strokes.map((stroke) => `<path d="${stroke}"/>`).join('');
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 -8 ${SIDE + 16} ${SIDE + 16}" width="${SIDE * SCALE}" height="${SIDE * SCALE}"><rect x="-8" y="-8" width="130" height="130" fill="#fff"/><g fill="none" stroke="#000" stroke-width="${pen}" stroke-linecap="round" stroke-linejoin="round">${drawn}</g></svg>`;
      const { data, info } = await sharp(Buffer.from(svg)).greyscale().raw().toBuffer({ resolveWithObject: true });
      const picture = { width: info.width, height: info.height, pixels: new Uint8Array(data) };
      yield { picture, writer: null, label: String.fromCodePoint(Number.parseInt(code, 16)) };
    }
  }
}

/** The files of a tar archive: a header of 512 bytes (name, size in octal), then the content, padded to 512. */
function* untar(archive: Buffer): Generator<{ readonly name: string; readonly content: Buffer }> {
  for (let at = 0; at + 512 <= archive.length && archive[at] !== 0;) {
    const name = archive.toString('utf8', at, at + 100).replace(/\0.*$/su, '');
    const size = Number.parseInt(archive.toString('ascii', at + 124, at + 136), 8);
    yield { name, content: archive.subarray(at + 512, at + 512 + size) };
    at += 512 + 512 * Math.ceil(size / 512);
  }
}
