// A photo of a practice sheet → its cells, each with the label that was printed over it. Most photos are none, so the first look is quick:
// the rings in the corners, in the small picture that every photo becomes.
import { cellsOf, type Area } from '../../sheet/layout.ts';
import type { Decoded } from '../decode.ts';
import type { Box, Raster, Reading, SheetCell } from '../glyph.ts';
import { readCell } from './cell.ts';
import type { Homography } from './homography.ts';
import { codeIn, cornersAmong, placeBetween, type Four, type Placed } from './place.ts';
import { CLOSE, findRings, ringAt, SIGHT, type Ring } from './rings.ts';

/** Cells are cut out of a picture so large (longer side, pixels). */
export const SHEET_SIDE = 1920;
type Opened = Extract<Decoded, { readonly outcome: 'raster' }>;

/** So many sets of corners are tried. */
const MOST_SETS = 4;

/** The sheet in a photo, or why it cannot be read; null where there is none. `closer` is the same photo at SHEET_SIDE, asked for only where rings are seen. */
export async function readSheet(
  { raster: small, ...whole }: Opened,
  closer: () => Promise<Decoded>,
  size: number,
): Promise<Reading | null> {
  const seen = findRings(small, SIGHT);
  if (seen.length < 2) return null;
  const opened = await closer();
  if (opened.outcome !== 'raster') return null;
  const large = opened.raster;
  const sets = cornersAmong(closeUp(seen, large, large.width / small.width));
  const tried = sets.slice(0, MOST_SETS);
  const placed = first(tried, (four) => placeBetween(large, four));
  // Without four corners a code tells whether this is part of a sheet, or something with rings.
  if (placed === null) {
    const code = codeIn(large);
    if (code === null) return sets.length === 0 ? null : { outcome: 'sheet-code' };
    return { outcome: code.sheet === 'old' ? 'sheet-old' : sets.length === 0 ? 'sheet-half' : 'sheet-code' };
  }
  return cellsIn(large, placed, whole, size);
}

function first(sets: readonly Four[], place: (four: Four) => Placed | null): Placed | null {
  for (const four of sets) {
    const placed = place(four);
    if (placed !== null) return placed;
  }
  return null;
}

const times = ({ x, y, wide, high }: Ring, by: number): Ring => ({
  x: x * by,
  y: y * by,
  wide: wide * by,
  high: high * by,
});

/** The rings of the large picture, and those that only the small one shows. */
function closeUp(seen: readonly Ring[], large: Raster, scale: number): readonly Ring[] {
  const found = findRings(large, CLOSE);
  const near = seen
    .map((ring) => times(ring, scale))
    .filter((ring) => !found.some((each) => Math.hypot(each.x - ring.x, each.y - ring.y) < 3 * each.wide));
  return [...found, ...near.map((ring) => ringAt(large, ring.x, ring.y, ring.wide, CLOSE) ?? ring)];
}

function cellsIn(
  large: Raster,
  { sheet, lies }: Placed,
  { width, height }: Pick<Opened, 'width' | 'height'>,
  size: number,
): Reading {
  if (sheet === 'old') return { outcome: 'sheet-old' };
  const scale = width / large.width;
  const cells = cellsOf(sheet).map((area, place): SheetCell => {
    const labelId = sheet.labels[place] ?? -1;
    return { labelId, box: boxOf(lies, area, scale), ...readCell(large, lies, area, size) };
  });
  const { alphabet, page, pages } = sheet;
  return { outcome: 'sheet', alphabet, page, pages, width, height, cells };
}

/** The upright box around a cell, in pixels of the whole photo. */
function boxOf(lies: Homography, { x, y, width, height }: Area, scale: number): Box {
  const corners = [lies.at(x, y), lies.at(x + width, y), lies.at(x + width, y + height), lies.at(x, y + height)];
  const [xs, ys] = [corners.map((each) => scale * each.x), corners.map((each) => scale * each.y)];
  const [left, top] = [Math.round(Math.min(...xs)), Math.round(Math.min(...ys))];
  return { x: left, y: top, width: Math.round(Math.max(...xs)) - left, height: Math.round(Math.max(...ys)) - top };
}
