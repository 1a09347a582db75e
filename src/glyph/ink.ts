// The found character's pixels as soft ink: 0 where the paper is as light as around it, 255 where the ink is as dark as this
// pen writes. Soft edges keep what a hard threshold would throw away when the glyph is made small.
import type { FoundCharacter } from './character.ts';
import type { InkPatch } from './normalise.ts';

/** Soft ink of the character's box with a small margin; other components and far paper are 0. */
export function inkOf({
  raster,
  levels,
  ids,
  members,
  box,
}: Pick<FoundCharacter, 'raster' | 'levels' | 'ids' | 'members' | 'box'>): InkPatch {
  const soft = Math.max(1, Math.round(Math.max(box.width, box.height) / 40));
  const left = Math.max(0, box.x - soft);
  const top = Math.max(0, box.y - soft);
  const right = Math.min(raster.width, box.x + box.width + soft);
  const bottom = Math.min(raster.height, box.y + box.height + soft);
  const width = right - left;
  const height = bottom - top;
  const mine = new Uint8Array(width * height);
  let contrast = 0;
  let area = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (top + y) * raster.width + left + x;
      if (!members.has(ids[at] ?? 0)) continue;
      mine[y * width + x] = 1;
      contrast += (levels[at] ?? 0) - (raster.pixels[at] ?? 0);
      area++;
    }
  }
  // The threshold lies half way, so ink is as far below it as paper is above.
  const half = Math.max(1, contrast / area);
  const near = dilate(mine, width, height, soft);
  const ink = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const at = (top + y) * raster.width + left + x;
      if (near[i] === 0 || (ids[at] !== 0 && mine[i] === 0)) continue;
      const depth = (levels[at] ?? NaN) - (raster.pixels[at] ?? 0);
      if (Number.isNaN(depth)) continue;
      ink[i] = Math.max(0, Math.min(255, 127.5 + (127.5 * depth) / half));
    }
  }
  return { width, height, ink };
}

/** Pixels within `radius` (in rows and columns) of a set pixel. */
function dilate(mask: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  const across = new Uint8Array(mask.length);
  for (let y = 0; y < height; y++) spreadLine(mask, across, y * width, 1, width, radius);
  const result = new Uint8Array(mask.length);
  for (let x = 0; x < width; x++) spreadLine(across, result, x, width, height, radius);
  return result;
}

function spreadLine(
  from: Uint8Array,
  to: Uint8Array,
  start: number,
  step: number,
  length: number,
  radius: number,
): void {
  let until = -1;
  for (let i = 0; i < Math.min(radius, length); i++) if (from[start + i * step] === 1) until = i + radius;
  for (let i = 0; i < length; i++) {
    if (i + radius < length && from[start + (i + radius) * step] === 1) until = i + 2 * radius;
    if (i <= until) to[start + i * step] = 1;
  }
}
