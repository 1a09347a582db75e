// Plays users from a labelled set against the whole loop, in a scratch folder and without tokens: some send pictures and
// confirm or correct what they get, the others' pictures only test. What comes out is the learning curve that an owner
// could expect from people like these.
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeSameShape, type Alphabet, type AlphabetSpec, type Label } from './alphabet/alphabet.ts';
import { openApp, type App } from './app.ts';
import type { Config } from './config.ts';
import { readLabelledSet, type LabelledPicture } from './dataset/labelled.ts';
import { OperationalError, UsageError } from './errors.ts';
import { readPicture } from './glyph/read.ts';
import { decodeArtifact } from './model/artifact.ts';
import type { Log } from './log.ts';
import { greyPng } from './report/png.ts';
import type { Run } from './store/runs.ts';
import { synthesiseKnown } from './training/corpus.ts';
import { enterModel } from './training/seeds.ts';

export interface SimulationRound {
  readonly confirmedPerLabel: number;
  /** Of the model that answers after this round, on the part that only tests; twins (o, O) as one. */
  readonly accuracy: number;
  /** Of the model this round trained, promoted or not; of the champion where none was trained. */
  readonly challengerAccuracy: number;
  /** Of the model that answers, on the base set: what was known before must stay known. Null without a bank. */
  readonly baseAccuracy: number | null;
  readonly promoted: boolean;
  /** From asking for the retrain to the swap; 0 where none was trained. */
  readonly seconds: number;
  /** The gate's sentence; null where none was trained. */
  readonly because: string | null;
}

export interface SimulateOptions {
  readonly config: Config;
  readonly log: Log;
  readonly alphabet: string;
  /** Folder of a labelled set. */
  readonly data: string;
  /** Confirmed samples a label after each round, ascending. */
  readonly schedule: readonly number[];
  /** The set's labels tell no case: either case of a label is right. */
  readonly caseless?: boolean | undefined;
  /** Only this writer teaches, and only their other pictures test: how one new hand is learnt. */
  readonly writer?: string | undefined;
  /** The alphabet as `carryOver` took it, where it is the owner's own. */
  readonly own?: CarriedAlphabet | undefined;
  readonly onRound?: ((round: SimulationRound) => void) | undefined;
}

/** Enough to see half a point. */
const BASE_GLYPHS = 2000;

interface Picture extends LabelledPicture {
  /** Labels that are right for it. */
  readonly labels: readonly Label[];
}

interface Tested {
  readonly glyph: Uint8Array;
  readonly labels: readonly number[];
}

/** An alphabet of the owner's own as it was before anybody taught it: what the scratch folder begins with. */
export interface CarriedAlphabet {
  readonly spec: AlphabetSpec;
  /** Its first model, made from fonts, and the bank of those. */
  readonly model: Uint8Array | null;
  readonly bank: Uint8Array | null;
}

/** Takes an own alphabet out of the owner's data; undefined for a shipped one, which is everywhere. */
export async function carryOver({ store, blobs }: App, id: string): Promise<CarriedAlphabet | undefined> {
  const stored = store.alphabets.get(id);
  if (stored === undefined) return undefined;
  const first = store.versions.list(id).find(({ origin }) => origin === 'seed');
  return {
    spec: stored.spec,
    model: first === undefined ? null : await blobs.get(first.artifact),
    bank: stored.bank === null ? null : await blobs.get(stored.bank),
  };
}

async function settle({ store, blobs }: App, id: string, { spec, model, bank }: CarriedAlphabet): Promise<void> {
  store.alphabets.save(spec, Date.now());
  if (bank !== null) store.alphabets.setBank(id, await blobs.put(bank));
  if (model === null) return;
  const artifact = await blobs.put(model);
  const { metadata } = decodeArtifact(model);
  enterModel(store, { alphabet: id, artifact, metadata, reason: 'carried over', at: Date.now() });
}

/** Throws UsageError when the set has nothing to teach or to test with. Deterministic but for the seconds. */
export async function simulate(options: SimulateOptions): Promise<{ readonly rounds: readonly SimulationRound[] }> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'inkloop-simulate-'));
  // People do not send a picture a millisecond: an hourly limit must not be what is simulated.
  let ahead = 0;
  const config: Config = {
    ...options.config,
    dataDir,
    telegram: null,
    discord: null,
    redisUrl: null,
    s3: null,
    retrainAfter: 0,
    retrainEveryHours: 0,
  };
  try {
    const app = await openApp(config, { log: options.log, now: () => Date.now() + ahead });
    try {
      if (options.own !== undefined) await settle(app, options.alphabet, options.own);
      const pass = (ms: number): void => {
        ahead += ms;
      };
      return { rounds: await playRounds(app, options, pass) };
    } finally {
      await app.close();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function playRounds(
  app: App,
  options: SimulateOptions,
  pass: (ms: number) => void,
): Promise<readonly SimulationRound[]> {
  const alphabet = app.alphabets.get(options.alphabet);
  if (alphabet === undefined) throw new UsageError(`There is no alphabet ${options.alphabet}.`);
  const most = Math.max(...options.schedule);
  const { teaching, testing } = await divide(await picturesOf(options, alphabet), options.writer, most);
  const tested = await glyphsOf(testing);
  if (tested.length === 0) throw new UsageError(`${options.data} leaves no readable picture to test with.`);
  const base = await baseOf(app, alphabet);

  const rounds: SimulationRound[] = [];
  let taught = 0;
  for (const target of options.schedule) {
    for (; taught < target; taught++)
      for (const pictures of teaching.values()) {
        const picture = pictures[taught];
        if (picture === undefined) continue;
        pass(60_000);
        await teach(app, alphabet.id, picture);
      }
    const run = target === 0 ? null : await retrain(app, alphabet.id);
    const champion = app.store.champions.current(alphabet.id);
    const accuracy = await accuracyOf(app, alphabet, champion, tested);
    const round: SimulationRound = {
      confirmedPerLabel: target,
      accuracy,
      challengerAccuracy:
        run?.versionId === undefined || run.versionId === null || run.versionId === champion
          ? accuracy
          : await accuracyOf(app, alphabet, run.versionId, tested),
      baseAccuracy: base.length === 0 ? null : await accuracyOf(app, alphabet, champion, base),
      promoted: run?.state === 'promoted',
      seconds: run === null || run.finishedAt === null ? 0 : (run.finishedAt - run.createdAt) / 1000,
      because: run?.decision?.because ?? run?.error ?? null,
    };
    rounds.push(round);
    options.onRound?.(round);
  }
  return rounds;
}

async function picturesOf(options: SimulateOptions, alphabet: Alphabet): Promise<readonly Picture[]> {
  const pictures: Picture[] = [];
  for await (const picture of readLabelledSet(options.data)) {
    const labels = alphabet.labels.filter(
      (label) =>
        label.text === picture.label ||
        (options.caseless === true && label.identity === identityOf(alphabet, picture.label)),
    );
    if (labels.length > 0) pictures.push({ ...picture, labels });
  }
  if (pictures.length === 0) throw new UsageError(`${options.data} has no picture of a label of ${alphabet.id}.`);
  return pictures;
}

const identityOf = (alphabet: Alphabet, text: string): string =>
  alphabet.labels.find((label) => label.text === text)?.identity ?? text;

/**
 * Who teaches and who tests: half of the writers each; where writers are not known, half of each label's pictures (and no
 * more than are needed). With one `writer`, that person's own pictures are divided.
 */
async function divide(
  pictures: readonly Picture[],
  writer: string | undefined,
  most: number,
): Promise<{ readonly teaching: ReadonlyMap<string, readonly Picture[]>; readonly testing: readonly Picture[] }> {
  const asked = writer === undefined ? pictures : pictures.filter((each) => each.writer === writer);
  if (asked.length === 0) throw new UsageError(`The set has no pictures by the writer ${writer ?? ''}.`);
  const writers = [...new Set(asked.map((each) => each.writer))].sort(byChance((name) => name ?? ''));
  const teachers = new Set(writers.slice(0, Math.floor(writers.length / 2)));
  const whole = writer === undefined && writers.length > 1;

  const teaching = new Map<string, readonly Picture[]>();
  const testing: Picture[] = [];
  const labels = [...new Set(asked.map((each) => each.label))].sort();
  for (const label of labels) {
    const those = asked.filter((each) => each.label === label).sort(byChance((each) => each.source));
    const half = Math.floor(those.length / 2);
    const taught = whole ? those.filter((each) => teachers.has(each.writer)) : those.slice(0, Math.min(half, most));
    teaching.set(label, taught.slice(0, most));
    testing.push(...(whole ? those.filter((each) => !teachers.has(each.writer)) : those.slice(half)));
  }
  return { teaching, testing };
}

/** An order of chance that is always the same. */
function byChance<T>(nameOf: (each: T) => string): (a: T, b: T) => number {
  const key = (each: T): string => createHash('sha256').update(nameOf(each)).digest('hex');
  return (a, b) => (key(a) < key(b) ? -1 : 1);
}

/** One person sends one picture and says what it shows, as in a chat. What cannot be read is not taught. */
async function teach(app: App, alphabet: string, picture: Picture): Promise<void> {
  const person = { platform: 'web', id: `simulated ${picture.writer ?? 'person'}` } as const;
  const chat = { id: `chat of ${person.id}`, kind: 'private', isChatAdmin: () => Promise.resolve(false) } as const;
  const { picture: shown } = picture;
  const bytes = shown instanceof Uint8Array ? shown : greyPng(shown.pixels, shown.width, shown.height);
  const recognised = await app.recognition.recognise({ bytes, person, chat, address: {}, alphabet });
  if (recognised.outcome === 'unreadable') return;
  if (recognised.outcome !== 'predictions')
    throw new OperationalError(`A simulated picture was refused: ${recognised.outcome}.`);
  const [prediction] = recognised.predictions;
  // Where the set tells no case, people would press the one they meant; the likelier one is the best guess.
  const rank = (label: Label): number => {
    const at = prediction.candidates.findIndex((each) => each.labelId === label.id);
    return at === -1 ? Infinity : at;
  };
  const [meant] = picture.labels.toSorted((a, b) => rank(a) - rank(b));
  if (meant === undefined) return;
  const verdict = { kind: 'label', label: { id: meant.id } } as const;
  const answered = await app.recognition.answer({ prediction: prediction.id, verdict, person, chat });
  if (answered.outcome !== 'saved') throw new OperationalError(`A simulated answer was refused: ${answered.outcome}.`);
}

async function retrain(app: App, alphabet: string): Promise<Run> {
  const { run } = app.runs.start({ alphabet, requestedBy: 'simulate', reason: 'asked' });
  for (;;) {
    await app.runs.sweep();
    const now = app.store.runs.get(run.id);
    if (now === undefined) throw new OperationalError(`The run ${run.id} is gone.`);
    if (now.finishedAt !== null) {
      await app.champions.refresh(alphabet);
      return now;
    }
    await sleep(100);
  }
}

async function glyphsOf(pictures: readonly Picture[]): Promise<readonly Tested[]> {
  const tested: Tested[] = [];
  for (const { picture, labels } of pictures) {
    const reading = await readPicture(picture);
    if (reading.outcome !== 'glyphs') continue;
    tested.push({ glyph: reading.glyphs[0].pixels, labels: labels.map(({ id }) => id) });
  }
  return tested;
}

async function baseOf(app: App, alphabet: Alphabet): Promise<readonly Tested[]> {
  const bank = await app.tools.bankOf(alphabet.id);
  if (bank === null) return [];
  const { base } = await synthesiseKnown(
    app.blobs,
    { labels: [...alphabet.labels], bank, seed: 0 },
    { replayPerLabel: 0, memoryGlyphs: 0, baseGlyphs: BASE_GLYPHS },
  );
  const area = base.pixels.length / base.count;
  const tested: Tested[] = [];
  base.outputs.forEach((output, i) => {
    const label = alphabet.labels[output];
    // Strangers are not asked: here it counts what is read as what.
    if (label === undefined) return;
    tested.push({ glyph: base.pixels.subarray(i * area, (i + 1) * area), labels: [label.id] });
  });
  return tested;
}

async function accuracyOf(
  app: App,
  alphabet: Alphabet,
  version: string | undefined,
  tested: readonly Tested[],
): Promise<number> {
  const found = version === undefined ? undefined : app.store.versions.get(version);
  if (found === undefined) return 0;
  const model = await app.loadModel(alphabet, found.artifact);
  try {
    const answers = await model.classify(tested.map((each) => each.glyph));
    const same = makeSameShape(alphabet.confusable);
    const right = answers.filter(({ candidates }, i) =>
      tested[i]?.labels.some((label) => same(candidates[0]?.labelId ?? null, label)),
    );
    return right.length / tested.length;
  } finally {
    await model.close();
  }
}
