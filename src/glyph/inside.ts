// Cuts the character in a box that the finder drew. The box says which ink may be meant; the ink itself is found as everywhere, by
// threshold and connected pieces, in the box and some room around it. What lies nearer to another box is that one's.
import { findCharacter, type Polarity } from './character.ts';
import { clipped, cropped, grown, longer, overlapOf } from './crop.ts';
import type { Box, Raster } from './glyph.ts';
import { inkOf } from './ink.ts';
import { normaliseInk } from './normalise.ts';
import { commonArea } from '../find/boxes.ts';

/** So much of the box's longer side is looked at around it, and so many pixels. */
const MARGIN = 0.25;
const LEAST_MARGIN = 4;
/** Ink belongs to the box as far as this share of the margin. */
const NEAR = 0.4;
/** What is found there must overlap with the box by this IoU. */
const ALIKE = 0.35;

export interface Cut {
  readonly pixels: Uint8Array;
  readonly box: Box;
  readonly polarity: Polarity;
  /** Mean distance of its ink from the threshold, in grey levels. */
  readonly contrast: number;
}

/** Null where there is no ink, or not there. `others`: boxes of other characters. */
export function cutInside(
  raster: Raster,
  box: Box,
  others: readonly Box[],
  size: number,
  polarity?: Polarity,
): Cut | null {
  const margin = Math.max(LEAST_MARGIN, MARGIN * longer(box));
  const place = clipped(grown(box, margin), raster);
  const moved = (each: Box): Box => ({ ...each, x: each.x - place.x, y: each.y - place.y });
  const found = findCharacter(cropped(raster, place), {
    box: moved(box),
    reach: NEAR * margin,
    others: others.filter((each) => commonArea(each, place) > 0).map(moved),
    polarity,
  });
  if (found.outcome !== 'character') return null;
  const pixels = normaliseInk(inkOf(found), size);
  const own = { ...found.box, x: place.x + found.x + found.box.x, y: place.y + found.y + found.box.y };
  if (pixels === null || overlapOf(own, box) < ALIKE) return null;
  return { pixels, box: own, polarity: found.polarity, contrast: found.contrast };
}
