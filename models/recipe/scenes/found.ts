// How many characters the finder sees in made-up scenes of fonts that it was not trained on, by kind of scene: the figures of its card.
import { readBank } from '../../../src/dataset/bank.ts';
import { findCharacters } from '../../../src/find/find.ts';
import { overlapOf } from '../../../src/glyph/crop.ts';
import { matched } from '../../../src/glyph/matched.ts';
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
        return own === undefined ? [] : [overlapOf(own, box)];
      });
      row.half += overlaps.length;
      row.six += overlaps.filter((overlap) => overlap >= 0.6).length;
      row.false += boxes.length - overlaps.length;
    }
    rows.push(row);
  }
  return rows;
}
