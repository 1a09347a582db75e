// npm run seed -- --alphabet ID --data DIR: makes a shipped model from fonts and public sets: renders, trains, calibrates,
// measures, writes models/ID/. The same arguments give the same model.
import { mkdir, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { labelByText, type Alphabet } from '../../src/alphabet/alphabet.ts';
import { shippedAlphabets } from '../../src/alphabet/list.ts';
import { readBank, writeBank } from '../../src/dataset/bank.ts';
import { makeSynthesiser, synthesiseSamples } from '../../src/dataset/synthesiser.ts';
import { UsageError, messageOf } from '../../src/errors.ts';
import { GLYPH_SIZE } from '../../src/glyph/glyph.ts';
import { brisk } from '../../src/model/architectures/brisk.ts';
import { encodeArtifact, type ArtifactMetadata } from '../../src/model/artifact.ts';
import { inksOf } from '../../src/model/classifier.ts';
import type { Network } from '../../src/model/engine.ts';
import { fit } from '../../src/model/fit.ts';
import { onnxEngine } from '../../src/model/onnx/engine.ts';
import { writeCard } from './card.ts';
import { measure, testSamples, type Figures, type Measured, type Reader, type TestSample } from './measure.ts';
import { openMixture } from './mixture-source.ts';
import { drawMeasures } from './pictures.ts';
import { recipeOf, type Recipe } from './recipes.ts';
import { renderFonts } from './renderings.ts';
import { readSet, setsOf, type RealSample, type SetUse } from './sets.ts';
import { drawSheet } from './sheet.ts';
import { fitRejection, fitTemperature } from './temperature.ts';

const RENDERING_SIDE = 64;
const BATCH = 64;
const STEPS_PER_EPOCH = 125;

interface Arguments {
  readonly alphabet: Alphabet;
  readonly data: string;
  readonly seed: number;
  readonly epochs: number | undefined;
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
  const epochs = values.epochs === undefined ? undefined : Number(values.epochs);
  return { alphabet, data: values.data, seed: Number(values.seed), epochs, size: Number(values.size), out };
}

const pictures = new URL('../../docs/pictures/', import.meta.url);

/** Parameters and running averages. */
function countParameters(network: Network): number {
  return [...network.weights.values()].reduce((sum, tensor) => sum + tensor.data.length, 0);
}

interface ReadSet {
  readonly use: SetUse;
  readonly samples: readonly RealSample[];
}

async function makeSeed({ alphabet, data, seed, epochs, size, out }: Arguments): Promise<void> {
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
  const validation = validationOf(alphabet, sets, bank, outputs, size);
  say(`training on fonts and ${realGlyphs(alphabet, sets, outputs, 'train', size).answers.length / 2} real glyphs`);
  const network = await train({ alphabet, recipe, sets, bank, outputs, validation, size, seed, epochs, say });

  const inference = await onnxEngine.load(network, { threads: 1 });
  const logits = await inference.logits(validation.inputs);
  const temperature = fitTemperature(logits, validation.targets, outputs.length);
  const rejectAbove = fitRejection(logits, validation.targets, outputs.length, temperature, outputs.length - 1);
  say(`temperature ${temperature.toFixed(3)}, rejects above ${rejectAbove}`);
  const metadata: ArtifactMetadata = {
    formatVersion: 1,
    alphabet: alphabet.id,
    outputs: [...alphabet.labels.map(({ id, text }) => ({ id, text })), null],
    glyphSize: size,
    architecture: network.architecture,
    temperature,
    askBelow: 0.6,
    rejectAbove,
    lineage: { parent: null, snapshot: null, seed, engine: 'onnx', threads: 1, codeVersion: 'recipe' },
    metrics: {},
  };
  const reader: Reader = {
    alphabet,
    metadata,
    logits: (glyphs) => inference.logits(inksOf(glyphs, size)),
  };
  const measured = await measureAll(reader, sets, bank, size);
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
    epochs: epochs ?? recipe.epochs,
    parameters: countParameters(network),
    bytes: model.length,
  });
}

interface TrainOptions {
  readonly alphabet: Alphabet;
  readonly recipe: Recipe;
  readonly sets: readonly ReadSet[];
  readonly bank: Uint8Array;
  readonly outputs: readonly (number | null)[];
  readonly validation: { readonly inputs: Float32Array; readonly targets: Float32Array };
  readonly size: number;
  readonly seed: number;
  readonly epochs: number | undefined;
  readonly say: (text: string) => void;
}

async function train(options: TrainOptions): Promise<Network> {
  const { alphabet, recipe, sets, bank, outputs, validation, size, seed, say } = options;
  const mixture = openMixture(
    {
      bank,
      size,
      outputs,
      real: realGlyphs(alphabet, sets, outputs, 'train', size),
      realShare: recipe.realShare,
      junkShare: recipe.junkShare,
      wildness: recipe.wildness,
      batch: BATCH,
      seed,
    },
    STEPS_PER_EPOCH,
  );
  const started = performance.now();
  try {
    const { network, bestEpoch, history } = await fit({
      engine: onnxEngine,
      architecture: { ...brisk, inputSize: size },
      outputs: outputs.length,
      seed,
      data: mixture,
      batch: BATCH,
      threads: 1,
      epochs: options.epochs ?? recipe.epochs,
      schedule: { kind: 'cosine', peak: 2e-3, warmUpSteps: 100 },
      labelSmoothing: 0.05,
      weightDecay: 0.02,
      validation,
      onProgress: ({ epoch, epochs, step, steps, loss, secondsLeft }) => {
        if (step === steps) say(`epoch ${epoch}/${epochs}, loss ${loss.toFixed(3)}, ${Math.round(secondsLeft)} s left`);
      },
      now: () => performance.now(),
    });
    const best = history.find((each) => each.epoch === bestEpoch);
    const seconds = Math.round((performance.now() - started) / 1000);
    say(
      `best epoch ${bestEpoch}: ${(100 * (best?.validationAccuracy ?? 0)).toFixed(2)} % of the validation, ${seconds} s`,
    );
    return network;
  } finally {
    await mixture.close();
  }
}

/** The real glyphs of one part with the outputs that are right for them: both cases where the case is unknown. */
function realGlyphs(
  alphabet: Alphabet,
  sets: readonly ReadSet[],
  outputs: readonly (number | null)[],
  part: 'train' | 'validation',
  size: number,
): { readonly pixels: Uint8Array; readonly answers: Int32Array } {
  const glyphs: Uint8Array[] = [];
  const answers: number[] = [];
  for (const { use, samples } of sets) {
    for (const { text, glyph, part: its } of samples) {
      const label = labelByText(alphabet, text);
      if (its !== part || glyph === null || label === undefined) continue;
      const other =
        use.caseless === true
          ? alphabet.labels.find((each) => each.identity === label.identity && each.id !== label.id)
          : undefined;
      glyphs.push(glyph);
      answers.push(outputs.indexOf(label.id), other === undefined ? -1 : outputs.indexOf(other.id));
    }
  }
  const pixels = new Uint8Array(glyphs.length * size * size);
  for (const [index, glyph] of glyphs.entries()) pixels.set(glyph, index * size * size);
  return { pixels, answers: Int32Array.from(answers) };
}

/** What decides on the best epoch and the temperature: real glyphs set aside, synthesised ones of fonts that test, and junk. */
function validationOf(
  alphabet: Alphabet,
  sets: readonly ReadSet[],
  bank: Uint8Array,
  outputs: readonly (number | null)[],
  size: number,
): { readonly inputs: Float32Array; readonly targets: Float32Array } {
  const real = realGlyphs(alphabet, sets, outputs, 'validation', size);
  const synthesiser = makeSynthesiser(readBank(bank), 'train', { size });
  const perLabel = Math.ceil(800 / outputs.length);
  const drawn = [...synthesiseSamples(synthesiser, outputs, perLabel, 0xca11b)];
  const count = real.answers.length / 2 + drawn.length;
  const inputs = new Float32Array(count * size * size);
  const targets = new Float32Array(count * outputs.length);
  for (let i = 0; i < real.pixels.length; i++) inputs[i] = (real.pixels[i] ?? 0) / 255;
  for (let i = 0; i < real.answers.length; i++) {
    const answer = real.answers[i] ?? -1;
    if (answer >= 0) targets[(i >> 1) * outputs.length + answer] = 1;
  }
  for (const [index, { label, glyph }] of drawn.entries()) {
    const at = real.answers.length / 2 + index;
    inputs.set(inksOf([glyph], size), at * size * size);
    targets[at * outputs.length + outputs.indexOf(label)] = 1;
  }
  return { inputs, targets };
}

async function measureAll(
  reader: Reader,
  sets: readonly ReadSet[],
  bank: Uint8Array,
  size: number,
): Promise<readonly Measured[]> {
  const { alphabet } = reader;
  const figures: Measured[] = [];
  for (const { use, samples } of sets) {
    const tests = testSamples(alphabet, samples, use.foreign === true);
    const note = use.testOnly === true ? 'never trained on' : 'held-out part';
    if (tests.length > 0) figures.push(await measure(reader, use.name, note, tests, use.caseless === true));
  }
  const synthesiser = makeSynthesiser(readBank(bank), 'test', { size });
  const draw = (labels: readonly (number | null)[], perLabel: number): TestSample[] =>
    [...synthesiseSamples(synthesiser, labels, perLabel, 0x7e57)].map(({ label, glyph }) => ({
      text: label === null ? null : (alphabet.labels[label]?.text ?? null),
      glyph,
    }));
  const labels = alphabet.labels.map((label) => label.id);
  figures.push(
    await measure(reader, 'unseen fonts', 'synthesised', draw(labels, Math.ceil(4000 / labels.length)), false),
  );
  figures.push(await measure(reader, 'no characters', 'synthesised', draw([null], 1000), false));
  return figures;
}

function sentence({ set, strict, confusableAware, identity, rejected, ece, confusions }: Figures): string {
  const parts = Object.entries({ strict, 'confusable-aware': confusableAware, identity, rejected }).flatMap(
    ([name, share]) =>
      share === null
        ? []
        : [
            `${name} ${(100 * share.value).toFixed(2)} % (${(100 * share.low).toFixed(2)}–${(100 * share.high).toFixed(2)}) of ${share.of}`,
          ],
  );
  const worst = confusions.slice(0, 12).map(({ label, read, count }) => `${label}→${read} ${count}`);
  return `${set}: ${parts.join(', ')}${ece === null ? '' : `, ECE ${(100 * ece).toFixed(2)} %`}; ${worst.join(', ')}`;
}

try {
  await makeSeed(parseArguments(process.argv.slice(2)));
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
