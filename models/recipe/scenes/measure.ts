// How photos are read, by kind of scene: made-up ones from fonts that nobody was trained on, and the photographs of a labelled set.
//   npx tsx models/recipe/scenes/measure.ts [--each 60] [--kinds single,lines] [--photos DIR]
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { labelByText, makeSameShape, type Alphabet } from '../../../src/alphabet/alphabet.ts';
import { shippedAlphabets } from '../../../src/alphabet/list.ts';
import { readBank } from '../../../src/dataset/bank.ts';
import { readLabelledSet } from '../../../src/dataset/labelled.ts';
import { overlapOf } from '../../../src/glyph/crop.ts';
import { matched } from '../../../src/glyph/matched.ts';
import { MOST_GLYPHS, theOne, type Glyph, type Reading } from '../../../src/glyph/glyph.ts';
import { linesOf } from '../../../src/glyph/order.ts';
import { readPicture } from '../../../src/glyph/read.ts';
import type { LoadedModel } from '../../../src/model/champion.ts';
import { loadModel } from '../../../src/model/load.ts';
import { onnxEngine } from '../../../src/model/onnx/engine.ts';
import { percent } from './found.ts';
import { makeScenes, sceneKinds, type FoundLetter, type Scene, type SceneKind } from './scene.ts';

const SEED = 0x5ce9e;
const WIDE = { width: 640, height: 480 } as const;
/** Kinds of one character, as long as only one was put there. */
const ALONE: readonly SceneKind[] = ['single', 'cut', 'cell'];

interface Judge {
  /** What the alphabet's model says of a glyph that shows `text`, or something else (null). */
  (alphabet: string, glyph: Glyph, text: string | null): Promise<Told>;
}
type Told = 'right' | 'wrong' | 'unsure' | 'refused';

async function makeJudge(): Promise<Judge> {
  const models = new Map<string, { readonly alphabet: Alphabet; readonly model: LoadedModel }>();
  for (const alphabet of shippedAlphabets) {
    const bytes = await readFile(new URL(`../../${alphabet.id}/model.onnx`, import.meta.url));
    models.set(alphabet.id, { alphabet, model: await loadModel(onnxEngine, bytes, alphabet) });
  }
  return async (id, { pixels }, text) => {
    const found = models.get(id);
    if (found === undefined) throw new RangeError(id);
    const { alphabet, model } = found;
    const [answer] = await model.classify([pixels]);
    if (answer === undefined || answer.outcome === 'not-a-character') return 'refused';
    const truth = text === null ? undefined : labelByText(alphabet, text);
    const read = answer.candidates[0]?.labelId ?? -1;
    const identity = (label: number): string | undefined => alphabet.labels.find((each) => each.id === label)?.identity;
    const right =
      truth !== undefined && (makeSameShape(alphabet.confusable)(read, truth.id) || identity(read) === truth.identity);
    return right ? 'right' : answer.outcome === 'sure' ? 'wrong' : 'unsure';
  };
}

const glyphsOf = (reading: Reading): readonly Glyph[] => (reading.outcome === 'glyphs' ? reading.glyphs : []);

/** One character, or none (null): what is said of it, and whether it is cut out where it is. */
async function tellOne(reading: Reading, letter: FoundLetter | null, judge: Judge) {
  const glyph = theOne(reading);
  const several = reading.outcome === 'several-characters' || (glyph === undefined && reading.outcome === 'glyphs');
  const told = glyph === undefined ? null : await judge(letter?.alphabet ?? 'latin', glyph, letter?.text ?? null);
  const boxed = glyph !== undefined && letter !== null && overlapOf(glyph.box, letter.box) >= 0.6;
  return { told: several ? ('several' as const) : (told ?? ('refused' as const)), boxed };
}

/** Lines whose found characters follow one another in the reading as they were written, and all lines with two and more. */
function orderOf(letters: readonly FoundLetter[], places: readonly (number | undefined)[]): readonly [number, number] {
  const order = [...places.keys()]
    .filter((letter) => places[letter] !== undefined)
    .sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0));
  const rank = new Map(order.map((letter, at) => [letter, at]));
  let [right, lines] = [0, 0];
  for (const line of new Set(letters.map((each) => each.line))) {
    const ranks = letters.flatMap((each, at) => (each.line === line && rank.has(at) ? [rank.get(at) ?? 0] : []));
    if (ranks.length < 2) continue;
    lines++;
    if (ranks.every((each, k) => k === 0 || each === (ranks[k - 1] ?? 0) + 1)) right++;
  }
  return [right, lines];
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      each: { type: 'string', default: '60' },
      kinds: { type: 'string', default: sceneKinds.join(',') },
      photos: { type: 'string' },
    },
  });
  const judge = await makeJudge();
  const banks = await Promise.all(
    shippedAlphabets.map(async ({ id }) => readBank(await readFile(new URL(`../../${id}/bank.bin`, import.meta.url)))),
  );
  const make = makeScenes(banks, 'test');
  const each = Number(values.each);
  const one: Record<string, Record<string, number>> = {};
  const several: Record<string, Record<string, number | string>> = {};
  const ones = (kind: string): Record<string, number> =>
    (one[kind] ??= { scenes: 0, right: 0, wrong: 0, unsure: 0, refused: 0, several: 0, 'box 0.6': 0 });
  const count = (row: Record<string, number>, key: string): void => void (row[key] = (row[key] ?? 0) + 1);

  async function scenesOf(kind: SceneKind, use: (scene: Scene) => Promise<boolean>): Promise<void> {
    for (let i = 0, used = 0; used < each && i < 10 * each; i++) {
      if (await use(make({ ...WIDE, kind }, SEED, sceneKinds.indexOf(kind), i))) used++;
    }
  }

  for (const kind of sceneKinds.filter((name) => values.kinds.split(',').includes(name))) {
    if (ALONE.includes(kind) || kind === 'nothing') {
      await scenesOf(kind, async ({ raster, characters: [letter = null, ...more] }) => {
        // Cut-off neighbours are no characters, and several in a cell are another kind's matter.
        if (more.length > 0 || (letter === null) !== (kind === 'nothing')) return false;
        const { told, boxed } = await tellOne(await readPicture(raster), letter, judge);
        for (const key of ['scenes', told, ...(boxed ? ['box 0.6'] : [])]) count(ones(kind), key);
        return true;
      });
      if (kind === 'nothing') continue;
    }
    if (kind === 'single' || kind === 'cut') continue;
    const sum = { scenes: 0, characters: 0, found: 0, boxes: 0, true: 0, read: 0, lines: 0, ordered: 0, sureOfOne: 0 };
    await scenesOf(kind, async ({ raster, characters }) => {
      if (characters.length < 2 || characters.length > MOST_GLYPHS) return false;
      const reading = await readPicture(raster);
      const glyphs = glyphsOf(reading);
      const places = matched(
        characters.map(({ box }) => box),
        glyphs.map(({ box }) => box),
      );
      sum.scenes++;
      sum.characters += characters.length;
      sum.boxes += glyphs.length;
      for (const [at, letter] of characters.entries()) {
        const glyph = glyphs[places[at] ?? -1];
        if (glyph === undefined) continue;
        sum.true++;
        if (overlapOf(glyph.box, letter.box) >= 0.6) sum.found++;
        if ((await judge(letter.alphabet, glyph, letter.text)) === 'right') sum.read++;
      }
      // Columns are read from the right.
      const order = linesOf(
        glyphs.map(({ box }) => box),
        kind === 'columns' ? 'down' : 'right',
      ).flat();
      const [ordered, lines] = orderOf(
        characters,
        places.map((place) => (place === undefined ? undefined : order.indexOf(place))),
      );
      sum.ordered += ordered;
      sum.lines += lines;
      const lone = theOne(reading);
      // Beside a much larger one the others may be small writing.
      if (lone !== undefined && glyphs.length === 1) {
        const told = await judge(characters[0]?.alphabet ?? 'latin', lone, null);
        if (told === 'wrong') sum.sureOfOne++;
      }
      return true;
    });
    several[kind] = {
      scenes: sum.scenes,
      characters: sum.characters,
      'found 0.6, %': percent(sum.found, sum.characters),
      'true boxes, %': percent(sum.true, sum.boxes),
      'read right, %': percent(sum.read, sum.characters),
      'lines in order, %': kind === 'scattered' ? '–' : percent(sum.ordered, sum.lines),
      'sure of one': sum.sureOfOne,
    };
  }
  if (values.photos !== undefined) {
    for await (const { picture, label, source } of readLabelledSet(values.photos)) {
      const box = { x: 0, y: 0, width: 0, height: 0 };
      const { told } = await tellOne(
        await readPicture(picture),
        { alphabet: 'digits', text: label, box, line: 0 },
        judge,
      );
      for (const key of ['scenes', told]) count(ones('photographs'), key);
      if (told !== 'right') console.log(`${source}: ${label} ${told}`);
    }
  }
  console.table(one);
  console.table(several);
}

await main();
