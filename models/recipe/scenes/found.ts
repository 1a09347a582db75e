// How many characters the finder sees in made-up scenes of fonts that it was not trained on, by kind of scene: the figures of its card.
import { readBank } from '../../../src/dataset/bank.ts';
import type { Box } from '../../../src/glyph/glyph.ts';
import { findCharacters } from '../../../src/find/find.ts';
import { makeScenes, sceneKinds } from './scene.ts';

export interface FoundRow {
  readonly kind: string;
  readonly characters: number;
  /** Of them: seen by a box that overlaps with theirs by this IoU. */
  readonly half: number;
  readonly six: number;
  /** Boxes drawn, and those among them that are of no character. */
  readonly boxes: number;
  readonly false: number;
  /** Scenes in which the number of boxes is that of the characters. */
  readonly counted: number;
  readonly scenes: number;
}

const SEED = 0xf1de;
/** Sightings as sure as this count. */
export const COUNTED = 0.4;

export function iou(a: Box, b: Box): number {
  const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const common = Math.max(0, wide) * Math.max(0, high);
  return common / (a.width * a.height + b.width * b.height - common);
}

/** For each true box the place of the one that is of it: by an IoU of 0.5 and more, and none twice. */
export function matched(truth: readonly Box[], boxes: readonly Box[]): readonly (number | undefined)[] {
  const left = new Set(boxes.keys());
  return truth.map((box) => {
    let [best, most]: [number | undefined, number] = [undefined, 0.5];
    for (const place of left) {
      const other = boxes[place];
      const overlap = other === undefined ? 0 : iou(other, box);
      if (overlap >= most) [best, most] = [place, overlap];
    }
    if (best !== undefined) left.delete(best);
    return best;
  });
}

export const percent = (part: number, of: number): string => (of === 0 ? '–' : (100 * (part / of)).toFixed(1));

export async function measureFound(banks: readonly Uint8Array[], each: number): Promise<readonly FoundRow[]> {
  const make = makeScenes(
    banks.map((bank) => readBank(bank)),
    'test',
  );
  const rows: FoundRow[] = [];
  for (const [number, kind] of sceneKinds.entries()) {
    const row = { kind, characters: 0, half: 0, six: 0, boxes: 0, false: 0, counted: 0, scenes: each };
    for (let i = 0; i < each; i++) {
      const scene = make({ width: 640, height: 480, kind }, SEED, number, i);
      const seen = (await findCharacters(scene.raster)).filter(({ sureness }) => sureness >= COUNTED);
      row.characters += scene.characters.length;
      row.boxes += seen.length;
      if (seen.length === scene.characters.length) row.counted++;
      const boxes = seen.map(({ box }) => box);
      const places = matched(
        scene.characters.map(({ box }) => box),
        boxes,
      );
      const overlaps = scene.characters.flatMap(({ box }, at) => {
        const own = boxes[places[at] ?? -1];
        return own === undefined ? [] : [iou(own, box)];
      });
      row.half += overlaps.length;
      row.six += overlaps.filter((overlap) => overlap >= 0.6).length;
      row.false += boxes.length - overlaps.length;
    }
    rows.push(row);
  }
  return rows;
}
