// Which of the characters that the finder saw a hand wrote. What looks like print to it is compared with itself, from near: lines of a
// neat hand look like print, but no two of its letters are the same.
import type { Sighting } from '../find/boxes.ts';
import type { Closer } from './all.ts';
import { longer, scaled } from './crop.ts';
import { LIMITS } from './decide.ts';
import { smoothed } from './denoise.ts';
import { GLYPH_SIZE, type Raster } from './glyph.ts';
import { cutInside } from './inside.ts';
import { middleOf } from './piece.ts';
import { withoutRuling } from './ruling.ts';
import { isTypeset } from './typeset.ts';

/** So many that look like print are a text; */
const TEXT = 20;
/** fewer are left out, unless they are of the size of so many times as many that look written: then they are its evenest. */
const MANY = 3;
const LIKE = 1.5;
/** So many of the surest are compared. */
const COMPARED = 50;

/** `seen`, the surest first, without what is printed. */
export async function writtenOf(
  raster: Raster,
  seen: readonly Sighting[],
  closer?: Closer,
): Promise<readonly Sighting[]> {
  const own = seen.filter(({ print }) => print === undefined);
  const doubtful = seen.filter(({ print, sureness }) => print === true && sureness >= LIMITS.sure);
  const all = seen.filter((each) => own.includes(each) || doubtful.includes(each));
  if (doubtful.length < TEXT) return isOfThese(doubtful, own) ? all : own;
  const close = (await closer?.()) ?? raster;
  const picture = smoothed(withoutRuling(close)?.raster ?? close);
  const scale = close.width / raster.width;
  const boxes = doubtful.map(({ box }) => scaled(box, scale));
  const shapes = boxes.slice(0, COMPARED).flatMap((box) => {
    const others = boxes.filter((each) => each !== box);
    return cutInside(picture, box, others, GLYPH_SIZE) ?? [];
  });
  return isTypeset(shapes) === false ? all : own;
}

function isOfThese(few: readonly Sighting[], many: readonly Sighting[]): boolean {
  const sure = many.filter(({ sureness }) => sureness >= LIMITS.sure).map(({ box }) => longer(box));
  const size = middleOf(sure);
  return (
    sure.length >= MANY * few.length && few.every(({ box }) => longer(box) <= LIKE * size && size <= LIKE * longer(box))
  );
}
