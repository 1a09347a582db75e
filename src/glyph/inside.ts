// Reads the character in a box that the finder drew. The box says which ink may be meant; the ink itself is found as everywhere, by
// threshold and connected pieces, in the box and some room around it.
import { findCharacter } from './character.ts';
import { overlapOf } from './decide.ts';
import type { Box, Raster, Reading } from './glyph.ts';
import { inkOf } from './ink.ts';
import { normaliseInk } from './normalise.ts';

/** So much of the box's longer side is looked at around it. */
const MARGIN = 0.25;
/** What is found there must overlap with the box by this IoU. */
const ALIKE = 0.45;

/** Reads the character in a box that the finder drew; null where the rules find nothing there, or not there. */
export function readInside(raster: Raster, box: Box, size: number): Reading | null {
  const margin = Math.max(4, MARGIN * Math.max(box.width, box.height));
  const x = Math.max(0, Math.floor(box.x - margin));
  const y = Math.max(0, Math.floor(box.y - margin));
  const width = Math.min(raster.width, Math.ceil(box.x + box.width + margin)) - x;
  const height = Math.min(raster.height, Math.ceil(box.y + box.height + margin)) - y;
  const part = cropped(raster, { x, y, width, height });
  const near = 0.3 * margin;
  const within = {
    x: box.x - x - near,
    y: box.y - y - near,
    width: box.width + 2 * near,
    height: box.height + 2 * near,
  };
  const found = findCharacter(part, within);
  if (found.outcome !== 'character') return null;
  const pixels = normaliseInk(inkOf(found), size);
  const own = { ...found.box, x: x + found.x + found.box.x, y: y + found.y + found.box.y };
  if (pixels === null || overlapOf(own, box) < ALIKE) return null;
  return { outcome: 'glyphs', width: raster.width, height: raster.height, glyphs: [{ pixels, box: own }] };
}

function cropped({ width, pixels }: Raster, { x, y, width: wide, height: high }: Box): Raster {
  const part = new Uint8Array(wide * high);
  for (let row = 0; row < high; row++) {
    part.set(pixels.subarray((y + row) * width + x, (y + row) * width + x + wide), row * wide);
  }
  return { width: wide, height: high, pixels: part };
}
