// What the picture's border cuts off: the row of a table above, the column beside it. Whoever cuts a picture out tightly has some
// characters touch its borders, but never all of a line that has others beside it. Pure.
import type { Box } from './glyph.ts';

/** Closer to the border than so many pixels is at it. */
const AT = 1;

/**
 * Places of the boxes that are cut off. `lines`: places of the boxes, line by line. A line is where each of its boxes touches the picture's
 * upper border, or its lower one, and no box of some other line touches that; a column likewise, of two and more.
 */
export function cutOff(
  boxes: readonly Box[],
  lines: readonly (readonly number[])[],
  picture: { readonly width: number; readonly height: number },
): ReadonlySet<number> {
  const off = new Set<number>();
  const sides: readonly ((box: Box) => boolean)[] = [
    ({ y }) => y < AT,
    ({ y, height }) => y + height > picture.height - AT,
  ];
  for (const touches of sides) {
    const at = (place: number): boolean => touches(boxes[place] ?? { x: 0, y: AT, width: 0, height: 0 });
    const whole = lines.filter((line) => !line.some(at));
    if (whole.length === 0) continue;
    for (const line of lines.filter((each) => each.every(at))) for (const place of line) off.add(place);
  }
  const flanks: readonly ((box: Box) => boolean)[] = [
    ({ x }) => x < AT,
    ({ x, width }) => x + width > picture.width - AT,
  ];
  for (const touches of flanks) {
    const column = [...boxes.keys()].filter((place) => touches(boxes[place] ?? { x: AT, y: 0, width: 0, height: 0 }));
    const beside = lines.filter((line) => line.some((place) => !column.includes(place) && !off.has(place)));
    if (column.length >= 2 && beside.length > 0) for (const place of column) off.add(place);
  }
  return off.size < boxes.length ? off : new Set();
}
