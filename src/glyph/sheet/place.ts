// How a practice sheet lies in a photo: which four rings are its corners, which way up it is, and what its code says.
import { decodeQR, type FinderPoints } from 'qr/decode.js';
import { sheetOf, type SheetCode } from '../../sheet/code.ts';
import { codesOf, RING_PART, ringsOf, type Area } from '../../sheet/layout.ts';
import { grown } from '../crop.ts';
import type { Raster } from '../glyph.ts';
import { homographyOf, type Homography } from './homography.ts';
import type { Ring } from './rings.ts';

export type Four = readonly [Ring, Ring, Ring, Ring];

/** By which factor (as a logarithm) a ring may look larger or smaller than where it lies would make it. */
const MISMATCH = 0.35;
/** A page in a photo is no smaller than this, in parts of its rings: rings of one code, or of a pattern, stand closer. */
const LEAST_SIDE = 30;

/** Sets of four rings that may be a sheet's corners, clockwise, the likeliest first; the first of them is the left top one or the one after. */
export function cornersAmong(rings: readonly Ring[]): readonly Four[] {
  const found: { readonly four: Four; readonly mismatch: number }[] = [];
  for (const [i, a] of rings.entries()) {
    for (const [j, b] of rings.entries()) {
      for (const [k, c] of j > i ? rings.entries() : []) {
        for (const d of k > j ? rings.slice(k + 1) : []) {
          const ordered = clockwise([a, b, c, d]);
          for (const four of ordered === null ? [] : [ordered, turned(ordered, 1)]) {
            const mismatch = mismatchOf(four);
            if (mismatch < MISMATCH) found.push({ four, mismatch });
          }
        }
      }
    }
  }
  return found.sort((one, two) => one.mismatch - two.mismatch).map(({ four }) => four);
}

/** Clockwise around their middle; null where they are no convex four. */
function clockwise(four: Four): Four | null {
  const [x, y] = [
    0.25 * four.reduce((sum, each) => sum + each.x, 0),
    0.25 * four.reduce((sum, each) => sum + each.y, 0),
  ];
  const angle = (ring: Ring): number => Math.atan2(ring.y - y, ring.x - x);
  const [a, b, c, d] = [...four].sort((one, two) => angle(one) - angle(two));
  if (a === undefined || b === undefined || c === undefined || d === undefined) return null;
  const turns = (p: Ring, q: Ring, r: Ring): boolean => (q.x - p.x) * (r.y - q.y) > (q.y - p.y) * (r.x - q.x);
  return turns(a, b, c) && turns(b, c, d) && turns(c, d, a) && turns(d, a, b) ? [a, b, c, d] : null;
}

const turned = ([a, b, c, d]: Four, by: 1 | 2): Four => (by === 1 ? [b, c, d, a] : [c, d, a, b]);

/** How differently large the rings look from what their places say; as a logarithm. */
function mismatchOf(four: Four): number {
  const corners = ringsOf('A4');
  const lies = homographyOf(corners, four);
  if (lies === null) return Infinity;
  const side = Math.min(
    ...four.map(
      (each, k) => Math.hypot(each.x - (four[(k + 1) % 4]?.x ?? 0), each.y - (four[(k + 1) % 4]?.y ?? 0)) / each.wide,
    ),
  );
  if (side < LEAST_SIDE) return Infinity;
  return Math.max(
    ...corners.map(({ x, y }, k) => {
      const [a, b, c, d] = lies.slopeAt(x, y);
      const det = Math.abs(a * d - b * c);
      // Millimetres of the sheet for each pixel along a row, and along a column.
      const [wide, high] = [RING_PART / (Math.hypot(d, c) / det), RING_PART / (Math.hypot(b, a) / det)];
      const ring = four[k];
      return ring === undefined
        ? Infinity
        : Math.max(Math.abs(Math.log(wide / ring.wide)), Math.abs(Math.log(high / ring.high)));
    }),
  );
}

export interface Placed {
  readonly sheet: SheetCode;
  /** From millimetres of the sheet to pixels. */
  readonly lies: Homography;
}

/** The sheet between these corners, either way up; null where no code can be read. */
export function placeBetween(raster: Raster, four: Four): Placed | null {
  for (const corners of [four, turned(four, 2)]) {
    // Near enough for a code on paper of any size.
    const roughly = homographyOf(ringsOf('A4'), corners);
    for (const area of roughly === null ? [] : codesOf('A4')) {
      const code = roughly && codeIn(flattened(raster, roughly, grown(area, AROUND), CODE_SIDE));
      // From below it stands where the other one does.
      if (code === null || !code.upright) continue;
      const { sheet } = code;
      const lies = sheet === 'old' ? roughly : homographyOf(ringsOf(sheet.paper), corners);
      if (lies !== null) return { sheet, lies };
    }
  }
  return null;
}

/** Millimetres of white around a code, and pixels of the picture of both. */
const AROUND = 5;
const CODE_SIDE = 400;
/** For looking again at a code that is hard to read. */
const TIME_MS = 200;

/** A part of the sheet seen from right above, `side` pixels wide; what lies outside of the photo is as its border. */
export function flattened({ width, height, pixels }: Raster, lies: Homography, area: Area, side: number): Raster {
  const high = Math.round((side * area.height) / area.width);
  const flat = new Uint8Array(side * high);
  for (let row = 0, i = 0; row < high; row++) {
    for (let column = 0; column < side; column++, i++) {
      const at = lies.at(area.x + ((column + 0.5) / side) * area.width, area.y + ((row + 0.5) / high) * area.height);
      const [x, y] = [Math.min(width - 1.001, Math.max(0, at.x)), Math.min(height - 1.001, Math.max(0, at.y))];
      const [left, top] = [x | 0, y | 0];
      const [shareX, shareY] = [x - left, y - top];
      const from = top * width + left;
      const above = (pixels[from] ?? 0) * (1 - shareX) + (pixels[from + 1] ?? 0) * shareX;
      const below = (pixels[from + width] ?? 0) * (1 - shareX) + (pixels[from + width + 1] ?? 0) * shareX;
      flat[i] = above + (below - above) * shareY + 0.5;
    }
  }
  return { width: side, height: high, pixels: flat };
}

/** What a picture's QR code says of a sheet, and whether it stands upright; null where there is none. */
export function codeIn({
  width,
  height,
  pixels,
}: Raster): { readonly sheet: SheetCode; readonly upright: boolean } | null {
  const data = new Uint8Array(3 * width * height);
  for (let i = 0; i < pixels.length; i++) data.fill(pixels[i] ?? 0, 3 * i, 3 * i + 3);
  let upright = false;
  const pointsOnDetect = ({ tl, tr, bl }: FinderPoints): void => {
    upright = tr.x - tl.x > Math.abs(tr.y - tl.y) && bl.y > tl.y;
  };
  try {
    const sheet = sheetOf(decodeQR({ width, height, data }, { format: 'RGB', timeLimit: TIME_MS, pointsOnDetect }));
    return sheet && { sheet, upright };
  } catch {
    // It says so by throwing.
    return null;
  }
}
