// Which of the boxes that were found is of which character, where the truth is known.
import { overlapOf } from './crop.ts';
import type { Box } from './glyph.ts';

/** Boxes of one character overlap by this IoU. */
const SAME = 0.5;

/** For each true box the place of the one that is of it: by an IoU of 0.5 and more, and none twice. */
export function matched(truth: readonly Box[], boxes: readonly Box[]): readonly (number | undefined)[] {
  const left = new Set(boxes.keys());
  return truth.map((box) => {
    let [best, most]: [number | undefined, number] = [undefined, SAME];
    for (const place of left) {
      const other = boxes[place];
      const overlap = other === undefined ? 0 : overlapOf(other, box);
      if (overlap >= most) [best, most] = [place, overlap];
    }
    if (best !== undefined) left.delete(best);
    return best;
  });
}
