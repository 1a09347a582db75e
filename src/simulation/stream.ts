// One person's pictures in random order, each read and then corrected: what the person got, what the champion alone would have said, what a
// challenger reads that is trained from these answers, when the product would, and how all of them read this person's other pictures.
import { makeSameShape, type Alphabet } from '../alphabet/alphabet.ts';
import type { App } from '../app/open.ts';
import type { Config } from '../config.ts';
import { UsageError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Hand } from '../memory/hand.ts';
import type { GlyphAnswer } from '../model/champion.ts';
import { makeRandom, type Random } from '../random.ts';
import type { Prediction } from '../recognition/outcomes.ts';
import type { CarriedAlphabet } from './carried-alphabet.ts';
import { glyphsOf, type Tested } from './judging.ts';
import { makeLiveChallenger, type LiveChallenger } from './live-challenger.ts';
import { personOf, teach } from './people.ts';
import { halved, picturesOf, type WriterPicture } from './pictures.ts';
import { inScratch } from './simulate.ts';
import { judged, meanOf, sharesOf, type Candidates, type Sent, type StreamPoint } from './stream-points.ts';

export interface StreamOptions {
  readonly config: Config;
  readonly log: Log;
  readonly alphabet: string;
  readonly data: string;
  readonly caseless?: boolean | undefined;
  /** One writer of the set; absent: each, where writers are known. */
  readonly writer?: string | undefined;
  /** All pictures are taken for one person's, whoever wrote them. */
  readonly asOne?: boolean | undefined;
  /** Orders of chance that are averaged. */
  readonly seeds: number;
  readonly own?: CarriedAlphabet | undefined;
  readonly onWriter?: ((stream: WriterStream) => void) | undefined;
}

export interface WriterStream {
  /** Null: all as one person's. */
  readonly writer: string | null;
  /** The mean over the seeds. */
  readonly points: readonly StreamPoint[];
}

const POINTS = [0, 10, 20, 50, 100, 200, 400];
const LAST = 50;
/** Pictures a label that only test, at most. */
const TESTED = 12;
const PASSING_MS = 60_000;

/**
 * Streams of the set's writers. Throws UsageError when the set has nothing to teach or to test with; of several writers those are left out who wrote
 * too little. Deterministic. `RETRAIN_AFTER` says when a challenger is trained; 0: never.
 */
export async function simulateStream(options: StreamOptions): Promise<readonly WriterStream[]> {
  const writers = await writersOf(options);
  const streams: WriterStream[] = [];
  for (const writer of writers) {
    const runs: (readonly StreamPoint[])[] = [];
    for (let seed = 0; seed < options.seeds; seed++) {
      const play = (app: App, pass: (ms: number) => void): Promise<readonly StreamPoint[] | null> =>
        playStream(app, options, writer, makeRandom(seed, 16), pass);
      const points = await inScratch({ ...options, live: true }, play);
      if (points !== null) runs.push(points);
    }
    if (runs.length === 0) continue;
    const stream = { writer, points: meanOf(runs) };
    streams.push(stream);
    options.onWriter?.(stream);
  }
  if (streams.length === 0) throw new UsageError(`${options.data} leaves no picture to teach or to test with.`);
  return streams;
}

async function writersOf(options: StreamOptions): Promise<readonly (string | null)[]> {
  if (options.asOne === true) return [null];
  if (options.writer !== undefined) return [options.writer];
  return inScratch(options, async (app) => {
    const pictures = await picturesOf(options, alphabetOf(app, options));
    const writers = new Set(pictures.flatMap(({ writer }) => writer ?? []));
    return writers.size === 0 ? [null] : [...writers].sort();
  });
}

function alphabetOf(app: App, { alphabet }: StreamOptions): Alphabet {
  const found = app.alphabets.get(alphabet);
  if (found === undefined) throw new UsageError(`There is no alphabet ${alphabet}.`);
  return found;
}

async function playStream(
  app: App,
  options: StreamOptions,
  writer: string | null,
  random: Random,
  pass: (ms: number) => void,
): Promise<readonly StreamPoint[] | null> {
  const alphabet = alphabetOf(app, options);
  const pictures = await picturesOf(options, alphabet);
  const theirs = pictures.filter((each) => writer === null || each.writer === writer);
  if (theirs.length === 0) throw new UsageError(`The set has no pictures by the writer ${writer ?? ''}.`);
  const { teaching, testing } = halved(theirs.map((each) => ({ ...each, writer })));
  const taught = shuffled(teaching, random).slice(0, POINTS.at(-1));
  const tested = await glyphsOf(firstOfEach(testing), alphabet);
  const [first] = taught;
  if (tested.length === 0 || first === undefined) return null;
  const challenger = makeLiveChallenger(app, alphabet);
  try {
    const sent: Sent[] = [];
    const points = [await pointOf(app, alphabet, first, tested, sent, challenger)];
    for (const picture of taught) {
      pass(PASSING_MS);
      let read: Sent | null = null;
      const got = await teach(app, alphabet.id, picture, async (prediction) => {
        read = await readingOf(app, alphabet, picture, prediction, challenger);
        // The product's own silent reading, which is what duels live on.
        await app.secondReadings();
      });
      if (got === null || read === null) continue;
      sent.push(read);
      await challenger.look();
      if (POINTS.includes(sent.length)) points.push(await pointOf(app, alphabet, picture, tested, sent, challenger));
    }
    // Who wrote less than the last point still has an end.
    const [last] = taught.slice(-1);
    if (last !== undefined && points.at(-1)?.answers !== sent.length)
      points.push(await pointOf(app, alphabet, last, tested, sent, challenger));
    return points;
  } finally {
    await challenger.close();
  }
}

/** Who reads a picture right as it is sent. */
async function readingOf(
  app: App,
  alphabet: Alphabet,
  picture: WriterPicture,
  prediction: Prediction,
  challenger: LiveChallenger,
): Promise<Sent> {
  const same = makeSameShape(alphabet.confusable);
  const isRight = ({ candidates }: Candidates): boolean =>
    picture.labels.some(({ id }) => same(candidates[0]?.labelId ?? null, id));
  const stored = app.store.predictions.get(prediction.id);
  const glyphs = stored === undefined ? [] : [stored.glyph];
  const { alone, hand } = await askedOf(app, alphabet, picture, glyphs);
  const [memory] = rememberedBy(hand, alone);
  const [silent] = (await challenger.classify(glyphs)) ?? [];
  return {
    champion: isRight(stored?.alone ?? prediction),
    memory: memory === undefined ? null : isRight(memory),
    served: isRight(prediction),
    challenger: silent === undefined ? null : isRight(silent),
  };
}

/** The champion's answers for glyphs, and the memory of whoever wrote the picture. */
async function askedOf(app: App, alphabet: Alphabet, of: WriterPicture, glyphs: readonly Uint8Array[]) {
  const reader = await app.champions.reader(alphabet.id);
  if (reader === null) throw new UsageError(`No model of ${alphabet.id} answers yet.`);
  const { contributor } = app.people.meet(personOf(of));
  const hand = await app.ownHand.of(reader, alphabet, contributor.id);
  return { reader, contributor, hand, alone: await reader.classify(glyphs) };
}

/** The memory's own opinion; the champion's where there is no memory. */
function rememberedBy(hand: Hand | null, alone: readonly GlyphAnswer[]): readonly Candidates[] {
  return alone.map(({ seen, candidates }) => ({
    candidates:
      hand === null
        ? candidates
        : hand
            .remembered(seen)
            .flatMap(({ label, probability }) => (label === null ? [] : [{ labelId: label, probability }])),
  }));
}

async function pointOf(
  app: App,
  alphabet: Alphabet,
  of: WriterPicture,
  tested: readonly Tested[],
  sent: readonly Sent[],
  challenger: LiveChallenger,
): Promise<StreamPoint> {
  const glyphs = tested.map(({ glyph }) => glyph);
  const { reader, contributor, hand, alone } = await askedOf(app, alphabet, of, glyphs);
  const served = await app.ownHand.recall(reader, alphabet, contributor.id, alone);
  const silent = await challenger.classify(glyphs);
  const [champion, got] = [judged(alone, tested, alphabet), judged(served, tested, alphabet)];
  return {
    answers: sent.length,
    champion: champion.right,
    memory: judged(rememberedBy(hand, alone), tested, alphabet).right,
    served: got.right,
    challenger: silent === null ? null : judged(silent, tested, alphabet).right,
    championEce: champion.ece,
    memoryEce: got.ece,
    last50: sharesOf(sent.slice(-LAST)),
    soFar: sharesOf(sent),
  };
}

/** The first few of each label. */
function firstOfEach(pictures: readonly WriterPicture[]): readonly WriterPicture[] {
  const counts = new Map<string, number>();
  return pictures.filter(({ label }) => {
    const count = (counts.get(label) ?? 0) + 1;
    counts.set(label, count);
    return count <= TESTED;
  });
}

function shuffled<T>(values: readonly T[], random: Random): readonly T[] {
  return values
    .map((value) => ({ value, place: random.between(0, 1) }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);
}
