// Whether what the finder saw is writing at all. A coat, leaves or a wall show it hundreds of places that are a little like characters;
// writing shows some that are surely one, most of them rather sure, and in each two kinds of grey, ink and paper. Pure.
import type { Sighting } from '../find/boxes.ts';
import { grown, longer } from './crop.ts';
import { LIMITS } from './decide.ts';
import type { Raster } from './glyph.ts';
import { middleOf } from './piece.ts';
import { partedAt } from './threshold.ts';

/** So many of the surest are looked at in the picture, with so much of their size around them. */
const LOOKED_AT = 30;
const AROUND = 0.2;

/**
 * A logistic regression's weights: of the surest sighting (its log odds), of the mean sureness, and of how well ink and paper part.
 * Measured in docs/architecture.md, "A photo that shows no writing".
 */
const WEIGHTS = { surest: 1.75, mean: 12.5, parted: 6, least: 11 };

/** `sightings`: the surest first. One alone is left to whoever reads it. */
export function showsNoWriting(raster: Raster, sightings: readonly Sighting[]): boolean {
  const seen = sightings.filter(({ sureness }) => sureness >= LIMITS.among);
  const [first] = seen;
  if (first === undefined || seen.length < 2) return false;
  const surest = Math.log(first.sureness / Math.max(1e-6, 1 - first.sureness));
  const mean = seen.reduce((sum, { sureness }) => sum + sureness, 0) / seen.length;
  const middle = middleOf(
    seen.slice(0, LOOKED_AT).map(({ box }) => partedAt(raster, grown(box, AROUND * longer(box))).share),
  );
  return WEIGHTS.surest * surest + WEIGHTS.mean * mean + WEIGHTS.parted * middle < WEIGHTS.least;
}
