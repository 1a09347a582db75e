// What would make a photo easier to read, measured: why nothing was read, more exactly than the rules can say, and what is the matter with
// one character that nobody can be sure of. Pure.
import { isOfScreen, isOutOfFocus } from './blur.ts';
import { SMALL } from './threshold.ts';
import type { Box, Hint, Raster, Unreadable } from './glyph.ts';

/** Hardly a pixel is lighter than this. */
const DARK = 90;
/** So dark no light was missing: it is ink. */
const BLACK = 30;
/** Paper is lighter than its ink; so dark it hides the fainter strokes. */
const DIM = 70;
/** A step between pixels that are two apart of so many grey levels is an edge; of a scene so large a share of the pixels lies on one, of paper less. */
const STEP = 24;
const BUSY = 0.12;
/** A character of fewer pixels of the photo than this has lost its strokes. */
const TINY = 16;
/** So near the picture's side a character may go on beyond it (pixels of the photo as it is worked on). */
const EDGE = 1.5;

/** Outcomes of which the rules know no more than that there is no ink to read. */
const VAGUE: readonly Unreadable[] = ['blank', 'all-ink', 'too-faint', 'several-characters', 'hardly-read'];

/** Whether more could be said than the rules do. What is cut out already is left as it is. */
export function isVague({ width, height }: Raster, outcome: Unreadable): boolean {
  return VAGUE.includes(outcome) && Math.max(width, height) > SMALL;
}

/** Of a vague outcome. `printed`: how many printed characters the finder saw. */
export function whyNothing(raster: Raster, outcome: Unreadable, printed: number): Unreadable {
  // Paper full of what may be characters is joined or tiny writing, even where some of it looks printed.
  if (outcome === 'hardly-read') return busyness(raster) > BUSY ? 'scene' : outcome;
  if (printed > 0) return 'print';
  if (outcome === 'several-characters') return outcome;
  const lightest = greyAt(raster, 0.98);
  if (lightest < DARK) return outcome === 'all-ink' && lightest < BLACK ? outcome : 'too-dark';
  if (isOfScreen(raster)) return 'screen';
  if (isOutOfFocus(raster)) return 'too-blurred';
  return outcome !== 'too-faint' && busyness(raster) > BUSY ? 'scene' : outcome;
}

/** What may be the matter with the one character in this box; null: nothing that was measured. `scale`: pixels of the photo a raster's. */
export function hintFor(raster: Raster, { x, y, width, height }: Box, scale: number): Hint | null {
  if (Math.max(raster.width, raster.height) <= SMALL) return null;
  const cut = x <= EDGE || y <= EDGE || x + width >= raster.width - EDGE || y + height >= raster.height - EDGE;
  if (cut) return 'cut-off';
  if (Math.max(width, height) * scale < TINY) return 'tiny';
  if (greyAt(raster, 0.9) < DIM) return 'dark';
  return isOfScreen(raster) ? 'screen' : null;
}

/** The grey level that so large a share of the pixels do not exceed. */
function greyAt({ pixels }: Raster, share: number): number {
  const counts = new Uint32Array(256);
  for (const grey of pixels) counts[grey] = (counts[grey] ?? 0) + 1;
  let left = share * pixels.length;
  for (let grey = 0; grey < 256; grey++) {
    left -= counts[grey] ?? 0;
    if (left <= 0) return grey;
  }
  return 255;
}

/** Share of the pixels that lie on an edge. */
function busyness({ width, height, pixels }: Raster): number {
  let edges = 0;
  for (let y = 0; y + 2 < height; y++) {
    for (let x = 0, i = y * width; x + 2 < width; x++, i++) {
      const here = pixels[i] ?? 0;
      // Two pixels on: grain between neighbours is no edge, what goes on is.
      if (Math.abs(here - (pixels[i + 2] ?? 0)) > STEP || Math.abs(here - (pixels[i + 2 * width] ?? 0)) > STEP) edges++;
    }
  }
  return edges / Math.max(1, width * height);
}
