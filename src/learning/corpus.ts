// What one training run learns from and is judged on: people's samples out of the snapshot and, so that nothing is
// forgotten, replay synthesised from the bank. Packed, so that a hundred thousand samples are 160 MB.
import { createHash } from 'node:crypto';
import type { Blobs } from '../blobs/blobs.ts';
import { readBank } from '../dataset/bank.ts';
import type { TrainingGlyphs } from '../dataset/batches.ts';
import { makeRandom } from '../random.ts';
import { readSnapshot } from '../dataset/snapshot.ts';
import { synthesiseJunk } from '../dataset/synth-junk.ts';
import { makeSynthesiser, synthesiseSamples, type Synthesiser } from '../dataset/synthesiser.ts';
import { GLYPH_SIZE } from '../glyph/glyph.ts';
import type { Sight } from '../model/sight.ts';
import type { JobSpec } from '../records/job.ts';
import type { Recipe } from './recipe.ts';
import { voicesOf } from './voices.ts';

/** Glyphs with the network's output that is right for each. */
export interface Glyphs {
  readonly count: number;
  /** Sample ids; 0 for synthesised ones. */
  readonly ids: Float64Array;
  /** Samples of one group are copies of one photo. */
  readonly groups: Float64Array;
  readonly outputs: Int32Array;
  /** Who sent each: the same number, the same person. 0 for those who are trusted, and for synthesised ones. */
  readonly senders: Int32Array;
  /** Numbers of each: its pixels, or what a backbone makes of it. */
  readonly area: number;
  readonly pixels: Uint8Array;
}

const AREA = GLYPH_SIZE * GLYPH_SIZE;
/** With more than this the memory would not be bounded: the oldest are left out, what was taught just now never is. */
const MOST_TRAIN = 250_000;
const MOST_TEST = 50_000;
/** The base test set is the same for every run of an alphabet, so that its figures can be compared. */
const BASE_SEED = 20_000_003;

/** What shapes the corpus besides the samples themselves; part of a snapshot's id, so a change here is a new id. */
export function corpusRecipe(bank: string | null): unknown {
  return { version: 2, bank };
}

/** People's samples of the snapshot, by split; labels that the job does not name are left out, and echoes (`makeEchoes`). */
export async function readPeople(
  blobs: Blobs,
  job: JobSpec,
  sight: Sight,
): Promise<{ readonly train: Glyphs; readonly test: Glyphs }> {
  const outputOf = new Map<number | null, number>(job.labels.map(({ id }, index) => [id, index]));
  outputOf.set(null, job.labels.length);
  const train = makePacker(256, MOST_TRAIN, sight.length);
  const test = makePacker(256, MOST_TEST, sight.length);
  const tested = new Set<number>();
  const trusted = new Set(job.trusted);
  const numbers = new Map<string, number>();
  const numberOf = (contributor: string): number => {
    if (trusted.has(contributor)) return 0;
    const number = numbers.get(contributor) ?? numbers.size + 1;
    numbers.set(contributor, number);
    return number;
  };
  const isEcho = makeEchoes();
  const { samples } = await readSnapshot(blobs.stream(job.snapshot));
  for await (const { id, labelId, glyph: kept, split, contributor, duplicateOf } of samples) {
    const output = outputOf.get(labelId);
    if (output === undefined) continue;
    const sender = numberOf(contributor);
    if (isEcho(kept, sender)) continue;
    const [glyph] = await sight.see([kept]);
    if (glyph?.length !== sight.length) continue;
    const photo = duplicateOf ?? id;
    if (split === 'train') train.add(glyph, output, id, photo, sender);
    // Evidence counts one photo once: by the first of its copies that was not withdrawn.
    if (split === 'test' && !tested.has(photo)) {
      tested.add(photo);
      test.add(glyph, output, id, photo, sender);
    }
  }
  return { train: train.done(), test: test.done() };
}

/**
 * The same picture from many accounts is one voice, the first one's: nobody writes a character twice to the very pixel. Only exact copies are
 * seen here. Who is trusted is never an echo.
 */
function makeEchoes(): (glyph: Uint8Array, sender: number) => boolean {
  const firstSender = new Map<string, number>();
  return (glyph, sender) => {
    if (sender === 0) return false;
    const content = createHash('sha256').update(glyph).digest('base64').slice(0, 16);
    const first = firstSender.get(content);
    if (first === undefined) firstSender.set(content, sender);
    return first !== undefined && first !== sender;
  };
}

/** What is known already: to train on again, to see that it is not forgotten, and to be judged on. */
export interface KnownGlyphs {
  readonly replay: Glyphs;
  /** Of sources that replay leaves out: whether a challenger forgets is seen here, before the gate looks. */
  readonly memory: Glyphs;
  /** Of sources that no model was ever trained on: the gate's. */
  readonly base: Glyphs;
}

/** One source in so many is left out of replay. */
const MEMORY_EVERY = 7;

const TOLD_EVERY = 100;

/** Synthesises from the bank. Without one there is nothing to remember but what no character looks like. */
export async function synthesiseKnown(
  blobs: Blobs,
  job: Pick<JobSpec, 'labels' | 'bank' | 'seed'>,
  { replayPerLabel, memoryGlyphs, baseGlyphs }: Pick<Recipe, 'replayPerLabel' | 'memoryGlyphs' | 'baseGlyphs'>,
  /** Told now and then which part is made. */
  onMade: (share: number) => void = () => undefined,
): Promise<KnownGlyphs> {
  const labels = job.labels.map(({ id }) => id);
  const outputOf = new Map<number | null, number>(labels.map((id, index) => [id, index]));
  outputOf.set(null, labels.length);
  const strangers = Math.max(replayPerLabel, Math.round((replayPerLabel * labels.length) / 5));
  const perLabel = (total: number): number => Math.max(5, Math.round(total / (labels.length + 1)));
  let made = 0;
  const all = replayPerLabel * labels.length + strangers + 1.2 * memoryGlyphs + baseGlyphs;
  const gather = (from: Synthesiser, wanted: readonly (number | null)[], perLabel: number, seed: number): Glyphs => {
    const packer = makePacker();
    for (const { label, glyph } of synthesiseSamples(from, wanted, perLabel, seed)) {
      packer.add(glyph, outputOf.get(label) ?? 0, 0, 0);
      made += 1;
      if (made % TOLD_EVERY === 0) onMade(Math.min(1, made / all));
    }
    return packer.done();
  };
  if (job.bank === null) {
    const packer = makePacker();
    for (let i = 0; i < replayPerLabel; i++)
      packer.add(synthesiseJunk(makeRandom(job.seed, 0xffff, i)), labels.length, 0, 0);
    const none = makePacker(1).done();
    return { replay: packer.done(), memory: none, base: none };
  }
  const bank = readBank(await blobs.get(job.bank));
  const kept = (inMemory: boolean): Synthesiser => {
    const entries = bank.entries.filter(({ source }) => (source % MEMORY_EVERY === 0) === inMemory);
    const some = makeSynthesiser({ ...bank, entries }, 'train');
    // Where few fonts have a label they do both.
    const there = new Set<number | null>([...some.labels, null]);
    const scarce = bank.entries.filter(({ label }) => !there.has(label));
    return scarce.length === 0 ? some : makeSynthesiser({ ...bank, entries: [...entries, ...scarce] }, 'train');
  };
  const [learnt, remembered] = [kept(false), kept(true)];
  return {
    replay: concat(gather(learnt, labels, replayPerLabel, job.seed), gather(learnt, [null], strangers, job.seed)),
    memory: concat(
      gather(remembered, labels, perLabel(memoryGlyphs), job.seed + 1),
      gather(remembered, [null], Math.round(memoryGlyphs / 5), job.seed + 1),
    ),
    base: gather(makeSynthesiser(bank, 'test'), [...labels, null], perLabel(baseGlyphs), BASE_SEED),
  };
}

/** Both, one after the other, however many they are. */
export function concat(one: Glyphs, other: Glyphs): Glyphs {
  const count = one.count + other.count;
  const [ids, groups] = [new Float64Array(count), new Float64Array(count)];
  const [outputs, senders] = [new Int32Array(count), new Int32Array(count)];
  for (const [glyphs, at] of [
    [one, 0],
    [other, one.count],
  ] as const) {
    ids.set(glyphs.ids, at);
    groups.set(glyphs.groups, at);
    outputs.set(glyphs.outputs, at);
    senders.set(glyphs.senders, at);
  }
  return {
    count,
    ids,
    groups,
    outputs,
    senders,
    area: one.count > 0 ? one.area : other.area,
    pixels: Buffer.concat([one.pixels, other.pixels]),
  };
}

/** The glyphs at these places. */
export function pick(glyphs: Glyphs, places: readonly number[]): Glyphs {
  const { area } = glyphs;
  const packer = makePacker(places.length, Infinity, area);
  for (const at of places)
    packer.add(
      glyphs.pixels.subarray(at * area, (at + 1) * area),
      glyphs.outputs[at] ?? 0,
      glyphs.ids[at] ?? 0,
      glyphs.groups[at] ?? 0,
      glyphs.senders[at] ?? 0,
    );
  return packer.done();
}

/**
 * One training set: people's glyphs, each `repeats` times, the rarer labels weighing more and nobody more than their voices,
 * then replay. The weights of people's glyphs have mean 1.
 */
export function trainingGlyphs(people: Glyphs, replay: Glyphs, repeats: number): TrainingGlyphs {
  const count = people.count * repeats + replay.count;
  const { area } = people;
  // Shared, so that the thread that makes batches needs no copy of its own.
  const pixels = new Uint8Array(new SharedArrayBuffer(count * area));
  const answers = new Int32Array(2 * count).fill(-1);
  const weights = new Float32Array(count).fill(1);
  const byPeople = weightsOf(people);
  let at = 0;
  for (let round = 0; round < repeats; round++) {
    pixels.set(people.pixels, at * area);
    for (let i = 0; i < people.count; i++, at++) {
      answers[2 * at] = people.outputs[i] ?? 0;
      weights[at] = byPeople[i] ?? 1;
    }
  }
  pixels.set(replay.pixels, at * area);
  for (let i = 0; i < replay.count; i++, at++) answers[2 * at] = replay.outputs[i] ?? 0;
  return { size: GLYPH_SIZE, area, pixels, answers, weights };
}

/**
 * One over the square root of how often the label occurs: between ignoring the rare and drowning in them. Of one label, one
 * person who is not trusted has only so many voices; each of their glyphs weighs as much less.
 */
function weightsOf({ outputs, senders, count }: Glyphs): Float32Array {
  const alone = new Set(senders).size < 2;
  const byLabel = countsOf(outputs);
  const placeOf = (i: number): number => (outputs[i] ?? 0) * (count + 1) + (senders[i] ?? 0);
  const byBoth = countsOf(Float64Array.from(outputs.keys(), placeOf));
  const share = Float64Array.from(outputs.keys(), (i) => {
    if (alone || senders[i] === 0) return 1;
    const mine = byBoth.get(placeOf(i)) ?? 1;
    return voicesOf(mine, (byLabel.get(outputs[i] ?? 0) ?? mine) - mine) / mine;
  });
  const voices = new Map<number, number>();
  outputs.forEach((output, i) => voices.set(output, (voices.get(output) ?? 0) + (share[i] ?? 1)));
  const raw = Float32Array.from(outputs, (output, i) => (share[i] ?? 1) / Math.sqrt(voices.get(output) ?? 1));
  const mean = raw.reduce((sum, each) => sum + each, 0) / Math.max(1, count);
  return raw.map((each) => each / mean);
}

function countsOf(values: Iterable<number>): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const each of values) counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
}

/** Pixels as a network takes them, ink 0 … 1. */
export function inkLevels(pixels: Uint8Array): Float32Array {
  const inks = new Float32Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) inks[i] = (pixels[i] ?? 0) / 255;
  return inks;
}

/** Glyphs as a network takes them: ink 0 … 1, and one 1 a row of targets. */
export function asValidation(glyphs: Glyphs, outputs: number): { inputs: Float32Array; targets: Float32Array } {
  const targets = new Float32Array(glyphs.count * outputs);
  glyphs.outputs.forEach((output, i) => {
    targets[i * outputs + output] = 1;
  });
  return { inputs: inkLevels(glyphs.pixels), targets };
}

interface Packer {
  add(glyph: Uint8Array, output: number, id: number, group: number, sender?: number): void;
  done(): Glyphs;
}

/** Packs glyphs, the last `most` of them: beyond that each takes the place of the oldest. */
export function makePacker(expected = 256, most = Infinity, area = AREA): Packer {
  let pixels = new Uint8Array(Math.max(1, expected) * area);
  const ids: number[] = [];
  const groups: number[] = [];
  const outputs: number[] = [];
  const senders: number[] = [];
  let added = 0;
  return {
    add(glyph, output, id, group, sender = 0) {
      const at = added++ % most;
      const start = at * area;
      if (start + area > pixels.length) {
        const grown = new Uint8Array(Math.ceil(ids.length * 1.5) * area);
        grown.set(pixels);
        pixels = grown;
      }
      pixels.set(glyph, start);
      ids[at] = id;
      groups[at] = group;
      outputs[at] = output;
      senders[at] = sender;
    },
    done: () => ({
      count: ids.length,
      ids: Float64Array.from(ids),
      groups: Float64Array.from(groups),
      outputs: Int32Array.from(outputs),
      senders: Int32Array.from(senders),
      area,
      pixels: pixels.subarray(0, ids.length * area),
    }),
  };
}
