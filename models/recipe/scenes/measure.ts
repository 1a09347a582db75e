// How photos are read, by kind of scene: made-up ones from fonts that nobody was trained on, and the photographs of a labelled set.
//   npx tsx models/recipe/scenes/measure.ts [--each 60] [--photos DIR]
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { labelByText, makeSameShape, type Alphabet } from '../../../src/alphabet/alphabet.ts';
import { shippedAlphabets } from '../../../src/alphabet/list.ts';
import { readBank } from '../../../src/dataset/bank.ts';
import { readLabelledSet } from '../../../src/dataset/labelled.ts';
import type { Box, Raster } from '../../../src/glyph/glyph.ts';
import { readPicture } from '../../../src/glyph/read.ts';
import { loadModel } from '../../../src/model/load.ts';
import type { LoadedModel } from '../../../src/model/champion.ts';
import { onnxEngine } from '../../../src/model/onnx/engine.ts';
import { iou } from './found.ts';
import { makeScenes, sceneKinds, type Scene, type SceneKind } from './scene.ts';

const SEED = 0x5ce9e;
const WIDE = { width: 640, height: 480 } as const;
/** Kinds of one character, as long as only one was put there. */
const ALONE: readonly SceneKind[] = ['single', 'cut', 'cell'];

type Told = 'right' | 'wrong' | 'unsure' | 'refused' | 'several';

/** What the product says of a picture that shows `text`, or (null) nothing or several. */
async function tell(
  picture: Raster | Uint8Array,
  text: string | null,
  alphabet: Alphabet,
  model: LoadedModel,
): Promise<{ readonly told: Told; readonly box: Box | null }> {
  const reading = await readPicture(picture);
  if (reading.outcome === 'several-characters') return { told: 'several', box: null };
  if (reading.outcome !== 'glyphs') return { told: 'refused', box: null };
  const [{ box, pixels }] = reading.glyphs;
  const [answer] = await model.classify([pixels]);
  if (answer === undefined || answer.outcome === 'not-a-character') return { told: 'refused', box };
  const truth = text === null ? undefined : labelByText(alphabet, text);
  const read = answer.candidates[0]?.labelId ?? -1;
  const identity = (id: number): string | undefined => alphabet.labels.find((each) => each.id === id)?.identity;
  const right =
    truth !== undefined && (makeSameShape(alphabet.confusable)(read, truth.id) || identity(read) === truth.identity);
  return { told: right ? 'right' : answer.outcome === 'sure' ? 'wrong' : 'unsure', box };
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { each: { type: 'string', default: '60' }, photos: { type: 'string' } } });
  const models = new Map<string, LoadedModel>();
  for (const alphabet of shippedAlphabets) {
    const bytes = await readFile(new URL(`../../${alphabet.id}/model.onnx`, import.meta.url));
    models.set(alphabet.id, await loadModel(onnxEngine, bytes, alphabet));
  }
  const of = (id: string): { readonly alphabet: Alphabet; readonly model: LoadedModel } => {
    const [alphabet, model] = [shippedAlphabets.find((each) => each.id === id), models.get(id)];
    if (alphabet === undefined || model === undefined) throw new RangeError(id);
    return { alphabet, model };
  };
  const banks = await Promise.all(
    shippedAlphabets.map(async ({ id }) => readBank(await readFile(new URL(`../../${id}/bank.bin`, import.meta.url)))),
  );
  const make = makeScenes(banks, 'test');
  const rows: Record<string, Record<string, number | string>> = {};
  for (const kind of sceneKinds) {
    const tally = { scenes: 0, right: 0, wrong: 0, unsure: 0, refused: 0, several: 0, boxed: 0 };
    for (let i = 0; tally.scenes < Number(values.each) && i < 10 * Number(values.each); i++) {
      const scene: Scene = make({ ...WIDE, kind }, SEED, sceneKinds.indexOf(kind), i);
      const [only, ...more] = scene.characters;
      // Cut-off neighbours are no characters, and several in a cell are another kind's matter.
      if (ALONE.includes(kind) ? only === undefined || more.length > 0 : kind !== 'nothing' && more.length === 0)
        continue;
      const { alphabet, model } = of(only?.alphabet ?? 'latin');
      const { told, box } = await tell(
        scene.raster,
        ALONE.includes(kind) ? (only?.text ?? null) : null,
        alphabet,
        model,
      );
      tally.scenes++;
      tally[told]++;
      if (box !== null && only !== undefined && iou(box, only.box) >= 0.6) tally.boxed++;
    }
    rows[kind] = tally;
  }
  if (values.photos !== undefined) {
    const tally = { scenes: 0, right: 0, wrong: 0, unsure: 0, refused: 0, several: 0, boxed: '' };
    for await (const { picture, label, source } of readLabelledSet(values.photos)) {
      const { alphabet, model } = of('digits');
      const { told } = await tell(picture, label, alphabet, model);
      tally.scenes++;
      tally[told]++;
      if (told !== 'right') console.log(`${source}: ${label} ${told}`);
    }
    rows['photographs'] = tally;
  }
  console.table(rows);
}

await main();
