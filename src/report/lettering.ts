// A text in one font as a picture, properly shaped: marks on their bases, joined letters, either direction of writing. It
// stands here because the renderer's home is here; what is done with the picture is the data set's affair.
import { Resvg } from '@resvg/resvg-js';
import { write } from './svg.ts';

interface Lettering {
  readonly width: number;
  readonly height: number;
  /** Row by row from the top left, 0 paper … 255 ink. */
  readonly ink: Uint8Array;
}

/** Height of the letters in pixels: a bank's rendering is a third of it. */
const SIZE = 200;

/**
 * The ink of `text` in the font of this file, cropped; null when it draws nothing. What the font lacks is drawn as its
 * empty box: ask the font first.
 */
export function drawText(fontFile: string, text: string): Lettering | null {
  const width = SIZE * (4 + Array.from(text).length);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${5 * SIZE}">${write(text, { x: width / 2, y: 3 * SIZE, size: SIZE }, 'text-anchor="middle"')}</svg>`;
  // The only font there is serves whatever family is asked for.
  const drawing = new Resvg(svg, { font: { fontFiles: [fontFile], loadSystemFonts: false } });
  const box = drawing.getBBox();
  if (box === undefined || !(box.width > 0) || !(box.height > 0)) return null;
  drawing.cropByBBox(box);
  const picture = drawing.render();
  const { pixels } = picture;
  const ink = new Uint8Array(picture.width * picture.height);
  // Black on nothing: how much of it there is says the opacity.
  for (let i = 0; i < ink.length; i++) ink[i] = pixels[4 * i + 3] ?? 0;
  return { width: picture.width, height: picture.height, ink };
}
