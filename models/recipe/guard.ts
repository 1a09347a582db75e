// Has a change of how pictures are read made anything worse? Records the glyph of every picture of the public sets, tight cuts most of
// them, with one version of the code, and compares them with another's: what differs is judged by the shipped models.
//   npx tsx models/recipe/guard.ts record --data DIR --file FILE
//   npx tsx models/recipe/guard.ts compare --data DIR --file FILE
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { gunzipSync, gzipSync } from 'node:zlib';
import { labelByText, makeSameShape, type Alphabet } from '../../src/alphabet/alphabet.ts';
import { shippedAlphabets } from '../../src/alphabet/list.ts';
import { UsageError, messageOf } from '../../src/errors.ts';
import { GLYPH_SIZE } from '../../src/glyph/glyph.ts';
import { openClassifier, type Classification } from '../../src/model/classifier.ts';
import { onnxEngine } from '../../src/model/onnx/engine.ts';
import { readSet, setsOf, type SetUse } from './sets.ts';

interface Kept {
  readonly set: string;
  readonly text: string;
  readonly glyph: Uint8Array | null;
}

/** Every set once, whole, with the alphabet that reads it. */
function setsOnce(): readonly { readonly use: SetUse; readonly alphabet: Alphabet }[] {
  const chosen = new Map<string, { readonly use: SetUse; readonly alphabet: Alphabet }>();
  for (const alphabet of shippedAlphabets) {
    for (const use of setsOf[alphabet.id] ?? []) {
      const known = chosen.get(use.name);
      if (known === undefined || known.use.only !== undefined) chosen.set(use.name, { use, alphabet });
    }
  }
  return [...chosen.values()];
}

async function readAll(data: string): Promise<readonly Kept[]> {
  const kept: Kept[] = [];
  for (const { use } of setsOnce()) {
    const samples = await readSet(data, use, GLYPH_SIZE);
    kept.push(...samples.map(({ set, text, glyph }) => ({ set, text, glyph })));
    console.log(`${use.name}: ${samples.length} pictures`);
  }
  return kept;
}

/** Whether the model of this alphabet reads the glyph as what it shows (twins count as one), and says so. */
type Judge = (glyph: Uint8Array | null, text: string) => Promise<boolean>;

async function makeJudge(alphabet: Alphabet): Promise<Judge> {
  const bytes = await readFile(new URL(`../${alphabet.id}/model.onnx`, import.meta.url));
  const classifier = await openClassifier(onnxEngine, bytes, alphabet);
  const sameShape = makeSameShape(alphabet.confusable);
  const identity = (id: number): string | undefined => alphabet.labels.find((each) => each.id === id)?.identity;
  const isRight = (answer: Classification, text: string): boolean => {
    const truth = labelByText(alphabet, text);
    const read = answer.candidates[0]?.labelId;
    if (truth === undefined) return answer.rejected;
    if (answer.rejected || read === undefined) return false;
    return sameShape(read, truth.id) || identity(read) === truth.identity;
  };
  return async (glyph, text) => {
    const [answer] = glyph === null ? [] : await classifier.classify([glyph]);
    if (answer === undefined) return labelByText(alphabet, text) === undefined;
    return isRight(answer, text);
  };
}

async function compare(before: readonly Kept[], after: readonly Kept[]): Promise<void> {
  if (before.length !== after.length) throw new UsageError('the file was recorded from other sets');
  const rows: Record<string, { pictures: number; changed: number; better: number; worse: number }> = {};
  const judges = new Map<string, Judge>();
  for (const { use, alphabet } of setsOnce()) judges.set(use.name, await makeJudge(alphabet));
  for (const [index, old] of before.entries()) {
    const now = after[index];
    const row = (rows[old.set] ??= { pictures: 0, changed: 0, better: 0, worse: 0 });
    row.pictures++;
    if (Buffer.compare(old.glyph ?? Buffer.alloc(0), now?.glyph ?? Buffer.alloc(0)) === 0) continue;
    row.changed++;
    const judge = judges.get(old.set);
    const [was, is] = [await judge?.(old.glyph, old.text), await judge?.(now?.glyph ?? null, old.text)];
    if (was === is) continue;
    if (is === true) row.better++;
    else row.worse++;
  }
  console.table(rows);
  const worse = Object.values(rows).reduce((sum, each) => sum + each.worse, 0);
  console.log(`${worse} of ${before.length} worse (${((100 * worse) / before.length).toFixed(3)} %)`);
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { data: { type: 'string' }, file: { type: 'string' } },
  });
  const { data, file } = values;
  if (data === undefined || file === undefined) throw new UsageError('--data and --file are needed');
  if (positionals[0] === 'record') await writeFile(file, gzipSync(serialize(await readAll(data))));
  else if (positionals[0] === 'compare') {
    await compare(deserialize(gunzipSync(await readFile(file))) as readonly Kept[], await readAll(data));
  } else throw new UsageError('say record or compare');
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
