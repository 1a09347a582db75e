// npm run seed -- --alphabet ID --data DIR: makes a shipped model from fonts and public sets: renders, trains, calibrates,
// measures, writes models/ID/. With --finder: the network that finds characters in photos. The same arguments give the same model.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Alphabet } from '../../src/alphabet/alphabet.ts';
import { shippedAlphabets } from '../../src/alphabet/list.ts';
import { writeBank } from '../../src/dataset/bank.ts';
import { UsageError, messageOf } from '../../src/errors.ts';
import { GLYPH_SIZE } from '../../src/glyph/glyph.ts';
import { decodeArtifact, encodeArtifact, type ArtifactMetadata } from '../../src/model/artifact.ts';
import { fitTemperature } from '../../src/model/calibration.ts';
import { inksOf } from '../../src/model/classifier.ts';
import type { Network } from '../../src/model/engine.ts';
import { onnxEngine } from '../../src/model/onnx/engine.ts';
import { writeCard } from './card.ts';
import { makeFinder } from './finder.ts';
import { measureAll } from './measure-all.ts';
import { sentence, testSamples, type Reader } from './measure.ts';
import { drawMeasures } from './pictures.ts';
import { comparePrecisions } from './precision.ts';
import { calibrationSet, realGlyphs, type ReadSet } from './real-glyphs.ts';
import { recipeOf } from './recipes.ts';
import { renderFonts } from './renderings.ts';
import { readSet, setsOf } from './sets.ts';
import { drawSheet } from './sheet.ts';
import { teach } from './teach.ts';
import { twinTemperature } from './twins.ts';
import { fitRejection } from './rejection.ts';

const RENDERING_SIDE = 64;

interface Arguments {
  readonly alphabet: Alphabet;
  readonly data: string;
  readonly seed: number;
  readonly epochs: number;
  /** A model whose training goes on (with --epochs 0: that is only calibrated and measured); null for a fresh start. */
  readonly from: string | null;
  /** The largest learning rate. */
  readonly peak: number;
  readonly size: number;
  readonly out: URL;
}

function parseArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      alphabet: { type: 'string' },
      data: { type: 'string' },
      seed: { type: 'string', default: '1' },
      epochs: { type: 'string' },
      from: { type: 'string' },
      peak: { type: 'string', default: '0.002' },
      size: { type: 'string', default: String(GLYPH_SIZE) },
      out: { type: 'string' },
    },
  });
  const alphabet = shippedAlphabets.find((each) => each.id === values.alphabet);
  if (alphabet === undefined) {
    throw new UsageError(`--alphabet must be one of ${shippedAlphabets.map((each) => each.id).join(', ')}`);
  }
  if (values.data === undefined) throw new UsageError('--data must name the folder that holds the public sets');
  const out =
    values.out === undefined ? new URL(`../${alphabet.id}/`, import.meta.url) : new URL(`file://${values.out}/`);
  return {
    alphabet,
    data: values.data,
    seed: Number(values.seed),
    epochs: Number(values.epochs ?? recipeOf(alphabet.id).epochs),
    from: values.from ?? null,
    peak: Number(values.peak),
    size: Number(values.size),
    out,
  };
}

const pictures = new URL('../../docs/pictures/', import.meta.url);

/** Parameters and running averages. */
function countParameters(network: Network): number {
  return [...network.weights.values()].reduce((sum, tensor) => sum + tensor.data.length, 0);
}

async function makeSeed({ alphabet, data, seed, epochs, from, peak, size, out }: Arguments): Promise<void> {
  const recipe = recipeOf(alphabet.id);
  const say = (text: string): void => console.log(`${alphabet.id}: ${text}`);

  const { sources, entries, skipped } = await renderFonts(alphabet, RENDERING_SIDE);
  const bank = writeBank({ alphabet: alphabet.id, side: RENDERING_SIDE, sources, entries });
  say(
    `${entries.length} renderings of ${sources.length} fonts (${skipped} characters they lack), ${bank.length} bytes`,
  );
  await mkdir(out, { recursive: true });
  await writeFile(new URL('bank.bin', out), bank);

  const sets: ReadSet[] = [];
  for (const use of setsOf[alphabet.id] ?? []) sets.push({ use, samples: await readSet(data, use, size) });
  for (const { use, samples } of sets) {
    const unread = samples.filter((sample) => sample.glyph === null).length;
    say(`${use.name}: ${samples.length} pictures${unread > 0 ? `, ${unread} unreadable` : ''}`);
  }

  const outputs = [...alphabet.labels.map((label) => label.id), null];
  const validation = calibrationSet(alphabet, sets, bank, outputs, size);
  say(`training on fonts and ${realGlyphs(alphabet, sets, outputs, 'train', size).answers.length / 2} real glyphs`);
  const start = from === null ? null : decodeArtifact(await readFile(from), alphabet).network;
  const network =
    start !== null && epochs === 0
      ? start
      : await teach({ alphabet, recipe, sets, bank, outputs, size, seed, epochs, start, peak, say });

  const inference = await onnxEngine.load(network, { threads: 1 });
  const logits = await inference.logits(validation.inputs);
  const heldOut = { logits, targets: validation.targets, outputs: outputs.length };
  const temperature = fitTemperature(heldOut);
  const named = [...alphabet.labels.map(({ id, text }) => ({ id, text })), null];
  const twins = {
    labels: alphabet.confusable.map((group) => [...group]),
    temperature: await twinTemperature(alphabet, bank, inference, outputs, size),
  };
  const rejectAbove = fitRejection(
    logits,
    validation.targets,
    outputs.length,
    temperature,
    outputs.length - 1,
    recipe.falseRejects,
  );
  say(`temperature ${temperature.toFixed(3)}, of twins ${twins.temperature.toFixed(3)}, rejects above ${rejectAbove}`);
  const metadata: ArtifactMetadata = {
    formatVersion: 1,
    alphabet: alphabet.id,
    outputs: named,
    glyphSize: size,
    architecture: network.architecture,
    temperature,
    ...(twins.labels.length === 0 ? {} : { twins }),
    askBelow: 0.6,
    rejectAbove,
    lineage: { parent: null, snapshot: null, seed, engine: 'onnx', threads: 1, codeVersion: 'recipe' },
    metrics: {},
  };
  const reader: Reader = {
    alphabet,
    metadata,
    logits: (glyphs) => inference.logits(inksOf(glyphs, size * size)),
  };
  const measured = await measureAll(reader, sets, bank, size);
  // Where the case is unknown there is no right label to count.
  const tests = sets.flatMap(({ use, samples }) =>
    use.caseless === true ? [] : testSamples(alphabet, samples, use.foreign === true),
  );
  const figures = measured.map((each) => each.figures);
  await inference.close();
  for (const each of figures) say(sentence(each));

  const metrics = Object.fromEntries(
    figures.flatMap((each) => {
      const main = each.strict ?? each.identity;
      return main === null ? [] : [[each.set, main.value] as const];
    }),
  );
  const model = encodeArtifact({ metadata: { ...metadata, metrics }, network }, { precision: 16 });
  await writeFile(new URL('model.onnx', out), model);
  await mkdir(pictures, { recursive: true });
  await writeFile(new URL(`synthesis-${alphabet.id}.png`, pictures), await drawSheet(bank, size));
  await drawMeasures(alphabet, measured, pictures);
  await writeCard({
    alphabet,
    out,
    figures,
    metadata,
    sources,
    uses: setsOf[alphabet.id] ?? [],
    seed,
    ...(epochs === 0 && from !== null ? await trainingOf(from) : { epochs, from }),
    precisions: await comparePrecisions(
      alphabet,
      metadata,
      network,
      tests,
      // A model that was read from its file has lost its 32 bits already.
      epochs === 0 ? [16, 8] : [32, 16, 8],
    ),
    parameters: countParameters(network),
    bytes: model.length,
  });
}

/** How a model was trained that is only calibrated and measured again: as the card beside it says. */
async function trainingOf(model: string): Promise<{ readonly epochs: number; readonly from: string | null }> {
  const card = JSON.parse(await readFile(path.join(path.dirname(model), 'card.json'), 'utf8')) as {
    readonly epochs: number;
    readonly from?: string | null;
  };
  return { epochs: card.epochs, from: card.from ?? null };
}

/** --finder [--seed 1] [--epochs 60] [--from FILE] [--peak 0.003]; null without it. */
function finderArguments(args: readonly string[]): Parameters<typeof makeFinder>[0] | null {
  if (!args.includes('--finder')) return null;
  const { values } = parseArgs({
    args: [...args],
    options: {
      finder: { type: 'boolean' },
      from: { type: 'string' },
      seed: { type: 'string', default: '1' },
      epochs: { type: 'string', default: '60' },
      peak: { type: 'string', default: '0.003' },
    },
  });
  return {
    seed: Number(values.seed),
    epochs: Number(values.epochs),
    from: values.from ?? null,
    peak: Number(values.peak),
    say: (text) => console.log(`finder: ${text}`),
  };
}

try {
  const args = process.argv.slice(2);
  const finder = finderArguments(args);
  if (finder === null) await makeSeed(parseArguments(args));
  else await makeFinder(finder);
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
