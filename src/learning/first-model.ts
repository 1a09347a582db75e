// The first model of an alphabet of one's own, out of a bank of its characters in fonts: trained on nothing but freshly
// synthesised glyphs, from a shipped model's layers, and calibrated on fonts it never saw.
import type { Alphabet } from '../alphabet/alphabet.ts';
import { readBank } from '../dataset/bank.ts';
import { openMixture } from '../dataset/mixture.ts';
import { makeSynthesiser, synthesiseSamples } from '../dataset/synthesiser.ts';
import { GLYPH_SIZE } from '../glyph/glyph.ts';
import { brisk } from '../model/architectures/brisk.ts';
import { encodeArtifact, type Artifact, type ArtifactMetadata } from '../model/artifact.ts';
import { fitTemperature, rejectThreshold } from '../model/calibration.ts';
import { classificationOf, inksOf } from '../model/classifier.ts';
import type { Engine, Network } from '../model/engine.ts';
import { fit } from '../model/fit.ts';
import { softmax } from '../model/metrics.ts';
import { planOf } from '../model/plan.ts';
import { withOutputs } from '../model/weights.ts';
import { codeVersion } from '../version.ts';
import type { Calibration } from './calibrate.ts';

export interface FirstModelProgress {
  readonly stage: 'training' | 'measuring';
  readonly epoch: number;
  readonly epochs: number;
  readonly loss: number | null;
  readonly secondsLeft: number | null;
}

interface FirstModelOptions {
  readonly alphabet: Alphabet;
  /** A packed bank. */
  readonly bank: Uint8Array;
  /** A model whose layers before the last are gone on with, and whose outputs of the same labels; null: random weights. */
  readonly from: Artifact | null;
  readonly engine: Engine;
  readonly threads: number;
  readonly epochs: number;
  readonly seed: number;
  onProgress(progress: FirstModelProgress): void;
  /** Milliseconds that only ever grow. */
  now(): number;
}

interface FirstModel {
  readonly artifact: Uint8Array;
  readonly metadata: ArtifactMetadata;
  /** Share right of glyphs in fonts that it never saw; null where all fonts taught. */
  readonly accuracy: { readonly right: number; readonly of: number } | null;
}

/** Greek from the recipe's fonts: 98.3 % of strangers' (240 glyphs), in three minutes on two cores. Twice as many read no more. */
export const USUAL_EPOCHS = 20;
const BATCH = 64;
/** 8,000 glyphs an epoch. */
const STEPS = 125;
const HELD_OUT = 1200;
/** As for the shipped models that had no real handwriting to be calibrated on. */
const FALSE_REJECTS = 0.005;
const ASK_BELOW = 0.6;

/** Trains it. The labels that the bank has become its outputs; throws RangeError when that are fewer than two. */
export async function makeFirstModel(options: FirstModelOptions): Promise<FirstModel> {
  const { alphabet, bank, engine, seed, epochs } = options;
  const inBank = new Set(makeSynthesiser(readBank(bank), 'train').labels);
  const labels = alphabet.labels.filter(({ id }) => inBank.has(id));
  if (labels.length < 2) throw new RangeError(`a first model of ${alphabet.id} needs two labels in fonts`);
  const outputs = [...labels.map(({ id }) => id), null];
  const fresh = openMixture(
    { bank, size: GLYPH_SIZE, outputs, junkShare: 0.05, wildness: 0.9, batch: BATCH, seed },
    STEPS,
  );
  try {
    const { network } = await fit({
      engine,
      ...startFrom(options, outputs),
      outputs: outputs.length,
      seed,
      data: fresh,
      batch: BATCH,
      threads: options.threads,
      epochs,
      schedule: { peak: 2e-3, warmUpSteps: 100 },
      labelSmoothing: 0.05,
      weightDecay: 0.02,
      onProgress: ({ epoch, step, steps, loss, secondsLeft }) =>
        options.onProgress({ stage: 'training', epoch: step === steps ? epoch : epoch - 1, epochs, loss, secondsLeft }),
      now: () => options.now(),
    });
    options.onProgress({ stage: 'measuring', epoch: epochs, epochs, loss: null, secondsLeft: null });
    return await finish(options, outputs, network);
  } finally {
    await fresh.close();
  }
}

function startFrom({ from, seed, alphabet }: FirstModelOptions, outputs: readonly (number | null)[]) {
  if (from === null) return { architecture: brisk, initial: undefined };
  const { architecture, weights } = from.network;
  // Only of this alphabet are its labels ours.
  const own = from.metadata.alphabet === alphabet.id ? from.metadata.outputs : [];
  const places = outputs.map((label) => {
    const at = own.findIndex((output) => (output === null ? label === null : output.id === label));
    return at === -1 ? null : at;
  });
  return { architecture, initial: withOutputs(planOf(architecture, outputs.length), weights, places, seed) };
}

/** Calibrated, measured and packed. */
async function finish(
  { alphabet, bank, engine, seed, threads }: FirstModelOptions,
  outputs: readonly (number | null)[],
  network: Network,
): Promise<FirstModel> {
  const read = readBank(bank);
  const unseen = makeSynthesiser(read, 'test');
  const held = unseen.labels.length > 0 ? unseen : makeSynthesiser(read, 'train');
  const each = Math.ceil(HELD_OUT / outputs.length);
  const drawn = [...synthesiseSamples(held, outputs, each, seed + 0xca11b)];
  const inference = await engine.load(network, { threads });
  const width = outputs.length;
  try {
    const logits = await inference.logits(
      inksOf(
        drawn.map(({ glyph }) => glyph),
        GLYPH_SIZE ** 2,
      ),
    );
    const metadata: ArtifactMetadata = {
      formatVersion: 1,
      alphabet: alphabet.id,
      outputs: outputs.map((id) => (id === null ? null : { id, text: alphabet.labels[id]?.text ?? '' })),
      glyphSize: GLYPH_SIZE,
      architecture: network.architecture,
      ...calibrated(logits, drawn, outputs),
      lineage: { parent: null, snapshot: null, seed, engine: engine.name, threads, codeVersion: codeVersion() },
      metrics: {},
    };
    const characters = drawn.flatMap(({ label }, i) => (label === null ? [] : [{ label, i }]));
    const right = characters.filter(({ label, i }) => {
      const { candidates } = classificationOf(logits.subarray(i * width, (i + 1) * width), metadata);
      return candidates[0]?.labelId === label;
    }).length;
    const accuracy = held === unseen ? { right, of: characters.length } : null;
    const metrics: Record<string, number> = accuracy === null ? {} : { accuracy: right / characters.length };
    const whole = { ...metadata, metrics };
    return { artifact: encodeArtifact({ metadata: whole, network }, { precision: 16 }), metadata: whole, accuracy };
  } finally {
    await inference.close();
  }
}

function calibrated(
  logits: Float32Array,
  drawn: readonly { readonly label: number | null }[],
  outputs: readonly (number | null)[],
): Calibration {
  const width = outputs.length;
  const targets = new Float32Array(logits.length);
  for (const [i, { label }] of drawn.entries()) targets[i * width + outputs.indexOf(label)] = 1;
  const temperature = fitTemperature({ logits, targets, outputs: width });
  const doubts = drawn.flatMap(({ label }, i) => {
    const probabilities = softmax(logits.subarray(i * width, (i + 1) * width), temperature);
    return label === null ? [] : [probabilities[width - 1] ?? 0];
  });
  const rejectAbove = Math.min(0.99, Math.max(0.3, rejectThreshold(doubts, FALSE_REJECTS)));
  return { temperature, askBelow: ASK_BELOW, rejectAbove };
}
