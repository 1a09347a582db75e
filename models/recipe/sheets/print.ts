// A page of a practice sheet as a picture, as a printer would put it on paper: drawn from the same shapes as the PDF.
import sharp from 'sharp';
import type { Alphabet } from '../../../src/alphabet/alphabet.ts';
import { FONT_FAMILY, renderSvgAside } from '../../../src/report/render.ts';
import { shapesOf, type SheetMark } from '../../../src/report/sheet-page.ts';
import { textWidth, write } from '../../../src/report/svg.ts';
import { papers, type Sheet } from '../../../src/sheet/layout.ts';
import type { Canvas } from '../scenes/canvas.ts';

/** Pixels for each millimetre: 200 dots an inch. */
export const PRINTED = 8;

const words = {
  title: 'Practice sheet',
  how: ['Write one character in each cell.', 'Cross out what went wrong.', 'Take a photo of the whole sheet.'],
  page: '1 / 1',
};

export async function printed(sheet: Sheet, alphabet: Alphabet): Promise<Canvas> {
  const { width, height } = papers[sheet.paper];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${shapesOf(sheet, alphabet, words).map(svgOf).join('')}</svg>`;
  const { data, info } = await sharp(await renderSvgAside(svg, PRINTED))
    .toColourspace('b-w')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const grey = Float32Array.from({ length: info.width * info.height }, (_, i) => (data[i * info.channels] ?? 0) / 255);
  return { width: info.width, height: info.height, grey, ink: new Float32Array(grey.length) };
}

function svgOf(shape: SheetMark): string {
  const level = Math.round(255 * shape.grey);
  const colour = `rgb(${level},${level},${level})`;
  switch (shape.kind) {
    case 'box':
      return `<rect x="${shape.x}" y="${shape.y}" width="${shape.width}" height="${shape.height}" fill="${colour}"/>`;
    case 'frame':
      return `<rect x="${shape.x}" y="${shape.y}" width="${shape.width}" height="${shape.height}" fill="none" stroke="${colour}" stroke-width="${shape.line}"/>`;
    case 'disc':
      return `<circle cx="${shape.x}" cy="${shape.y}" r="${shape.radius}" fill="${colour}"/>`;
    case 'text': {
      const size = Math.min(shape.size, (shape.size * shape.most) / textWidth(shape.text, shape.size));
      return write(
        shape.text,
        { ...shape, size },
        `font-family="${FONT_FAMILY}" text-anchor="${shape.ends ? 'end' : 'start'}" fill="${colour}"`,
      );
    }
  }
}
