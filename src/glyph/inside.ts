// Cuts the character in a box that the finder drew. The box says which ink may be meant; the ink itself is found as everywhere, by
// threshold and connected pieces, in the box and some room around it. What lies nearer to another box is that one's.
import { findCharacter, type FoundCharacter, type Polarity } from './character.ts';
import { clipped, cropped, grown, longer, overlapOf } from './crop.ts';
import type { Box, Raster } from './glyph.ts';
import { inkOf } from './ink.ts';
import { normaliseInk } from './normalise.ts';
import { commonArea } from '../find/boxes.ts';

/**
 * So much of the box's longer side is looked at around it, and so many pixels. Where a dark frame near by hides what is fainter, less
 * room shows it; what is as faint as the grain is parted from the paper by one threshold.
 */
const ROOMS = [
  { share: 0.25, flat: false },
  { share: 0.1, flat: false },
  { share: 0.1, flat: true },
] as const;
const LEAST_MARGIN = 4;
/** Ink belongs to the box as far as this share of the longer side. */
const REACH = 0.1;
/** What is found there must overlap with the box by this IoU; with this it is that, and less room is not tried. */
const ALIKE = 0.35;
const SURELY = 0.55;

/** A bar (1, l, |) may fill little of its box: ink so many times as long as wide, as long as this share of the box's longer side, in its middle. */
const BAR = { thin: 3, long: 0.75, middle: 0.2 };

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
  let best: { readonly found: FoundCharacter; readonly box: Box; readonly overlap: number } | null = null;
  for (const { share, flat } of ROOMS) {
    const place = clipped(grown(box, Math.max(LEAST_MARGIN, share * longer(box))), raster);
    const moved = (each: Box): Box => ({ ...each, x: each.x - place.x, y: each.y - place.y });
    const found = findCharacter(cropped(raster, place), {
      box: moved(box),
      reach: Math.max(2, REACH * longer(box)),
      others: others.filter((each) => commonArea(each, place) > 0).map(moved),
      polarity,
      flat,
    });
    if (found.outcome !== 'character') continue;
    const own = { ...found.box, x: place.x + found.x + found.box.x, y: place.y + found.y + found.box.y };
    const overlap = isBarOf(own, box) ? Math.max(1.01 * ALIKE, overlapOf(own, box)) : overlapOf(own, box);
    if (overlap > (best?.overlap ?? ALIKE)) best = { found, box: own, overlap };
    if (overlap >= SURELY) break;
  }
  const pixels = best && normaliseInk(inkOf(best.found), size);
  if (best === null || pixels === null) return null;
  return { pixels, box: best.box, polarity: best.found.polarity, contrast: best.found.contrast };
}

function isBarOf(ink: Box, box: Box): boolean {
  const [across, along] = [Math.min(ink.width, ink.height), Math.max(ink.width, ink.height)];
  const away = Math.max(
    Math.abs(ink.x + ink.width / 2 - box.x - box.width / 2) / box.width,
    Math.abs(ink.y + ink.height / 2 - box.y - box.height / 2) / box.height,
  );
  return along >= BAR.thin * across && along >= BAR.long * longer(box) && away <= BAR.middle;
}
