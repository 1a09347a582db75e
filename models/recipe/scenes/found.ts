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
      const left = new Set(seen);
      for (const { box } of scene.characters) {
        const [best] = [...left].sort((a, b) => iou(b.box, box) - iou(a.box, box));
        const overlap = best === undefined ? 0 : iou(best.box, box);
        if (best === undefined || overlap < 0.5) continue;
        left.delete(best);
        row.half++;
        if (overlap >= 0.6) row.six++;
      }
      row.false += left.size;
    }
    rows.push(row);
  }
  return rows;
}
