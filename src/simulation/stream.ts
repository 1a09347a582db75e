// One person's pictures in random order, each read and then corrected: what the person got, what the champion alone would have said, and
// how both read this person's other pictures, which never taught.
import { makeSameShape, type Alphabet } from '../alphabet/alphabet.ts';
import type { App } from '../app/open.ts';
import type { Config } from '../config.ts';
import { UsageError } from '../errors.ts';
import type { Log } from '../log.ts';
import { makeRandom, type Random } from '../random.ts';
import type { CarriedAlphabet } from './carried-alphabet.ts';
import { glyphsOf, type Tested } from './judging.ts';
import { personOf, teach } from './people.ts';
import { divide, picturesOf, type WriterPicture } from './pictures.ts';
import { inScratch } from './simulate.ts';

/** Shares 0 … 1; twins (o, O) as one. */
export interface StreamPoint {
  readonly answers: number;
  /** Of pictures that never taught: the champion alone, the memory's own opinion, and the two as the person gets them. */
  readonly champion: number;
  readonly memory: number;
  readonly served: number;
  /** Expected calibration error on the same, 15 bins. */
  readonly championEce: number;
  readonly memoryEce: number;
  /** Of the pictures as they were sent, before their correction: the last 50, and all so far. Null at the start. */
  readonly last50: { readonly champion: number; readonly served: number } | null;
  readonly soFar: { readonly champion: number; readonly served: number } | null;
}

export interface StreamOptions {
  readonly config: Config;
  readonly log: Log;
  readonly alphabet: string;
  readonly data: string;
  readonly caseless?: boolean | undefined;
  /** One writer of the set; else all its pictures are taken for one person's. */
  readonly writer?: string | undefined;
  /** Orders of chance that are averaged. */
  readonly seeds: number;
  readonly own?: CarriedAlphabet | undefined;
}

const POINTS = [0, 10, 20, 50, 100, 200, 400];
const BINS = 15;
/** Pictures a label that only test, at most. */
const TESTED = 12;

/** Throws UsageError when the set has nothing to teach or to test with. Deterministic. */
export async function simulateStream(options: StreamOptions): Promise<readonly StreamPoint[]> {
  const runs: (readonly StreamPoint[])[] = [];
  for (let seed = 0; seed < options.seeds; seed++) {
    runs.push(await inScratch(options, (app, pass) => play(app, options, makeRandom(seed, 16), pass)));
  }
  const [first = []] = runs;
  return first.map((point, at) =>
    meanOf(
      runs.flatMap((run) => run[at] ?? []),
      point.answers,
    ),
  );
}

async function play(
  app: App,
  options: StreamOptions,
  random: Random,
  pass: (ms: number) => void,
): Promise<readonly StreamPoint[]> {
  const alphabet = app.alphabets.get(options.alphabet);
  if (alphabet === undefined) throw new UsageError(`There is no alphabet ${options.alphabet}.`);
  const pictures = await picturesOf(options, alphabet);
  const one = (each: WriterPicture): WriterPicture => ({ ...each, writer: options.writer ?? null });
  const asked = pictures.filter((each) => options.writer === undefined || each.writer === options.writer).map(one);
  const { teaching, testing } = await divide(asked, options.writer, Infinity);
  const taught = shuffled([...teaching.values()].flat(), random).slice(0, POINTS.at(-1));
  const tested = await glyphsOf(firstOfEach(testing), alphabet);
  const [first] = taught;
  if (tested.length === 0 || first === undefined)
    throw new UsageError(`${options.data} leaves no picture to teach or to test with.`);
  const same = makeSameShape(alphabet.confusable);
  const sent: { readonly champion: boolean; readonly served: boolean }[] = [];
  const points = [await pointOf(app, alphabet, first, tested, sent)];
  for (const picture of taught) {
    pass(60_000);
    const got = await teach(app, alphabet.id, picture);
    if (got === null) continue;
    const right = (labelId: number | undefined): boolean => picture.labels.some(({ id }) => same(labelId ?? null, id));
    const alone = app.store.predictions.get(got.id)?.alone ?? got;
    sent.push({ champion: right(alone.candidates[0]?.labelId), served: right(got.candidates[0]?.labelId) });
    if (POINTS.includes(sent.length)) points.push(await pointOf(app, alphabet, picture, tested, sent));
  }
  return points;
}

async function pointOf(
  app: App,
  alphabet: Alphabet,
  of: WriterPicture,
  tested: readonly Tested[],
  sent: readonly { readonly champion: boolean; readonly served: boolean }[],
): Promise<StreamPoint> {
  const reader = await app.champions.reader(alphabet.id);
  if (reader === null) throw new UsageError(`No model of ${alphabet.id} answers yet.`);
  const { contributor } = app.people.meet(personOf(of));
  const alone = await reader.classify(tested.map(({ glyph }) => glyph));
  const served = await app.ownHand.recall(reader, alphabet, contributor.id, alone);
  const hand = await app.ownHand.of(reader, alphabet, contributor.id);
  const memory = alone.map(({ seen, candidates }) => ({
    candidates:
      hand === null
        ? candidates
        : hand
            .remembered(seen)
            .flatMap(({ label, probability }) => (label === null ? [] : [{ labelId: label, probability }])),
  }));
  const [champion, remembered, got] = [alone, memory, served].map((answers) => judged(answers, tested, alphabet));
  const share = (of: typeof sent, who: 'champion' | 'served'): number =>
    of.filter((each) => each[who]).length / of.length;
  const shares = (of: typeof sent): StreamPoint['soFar'] =>
    of.length === 0 ? null : { champion: share(of, 'champion'), served: share(of, 'served') };
  return {
    answers: sent.length,
    champion: champion?.right ?? 0,
    memory: remembered?.right ?? 0,
    served: got?.right ?? 0,
    championEce: champion?.ece ?? 0,
    memoryEce: got?.ece ?? 0,
    last50: shares(sent.slice(-50)),
    soFar: shares(sent),
  };
}

interface Answer {
  readonly candidates: readonly { readonly labelId: number; readonly probability: number }[];
}

/** Share that is right, and how far what was promised is from what was kept. */
function judged(
  answers: readonly Answer[],
  tested: readonly Tested[],
  alphabet: Alphabet,
): { readonly right: number; readonly ece: number } {
  const same = makeSameShape(alphabet.confusable);
  const bins = Array.from({ length: BINS }, () => ({ promised: 0, kept: 0 }));
  let right = 0;
  answers.forEach(({ candidates }, at) => {
    const best = candidates[0]?.labelId ?? null;
    const kept = Number(tested[at]?.labels.some((label) => same(best, label)) ?? false);
    // Twins are one shape: what is promised is that it is one of them.
    const promised = candidates.reduce(
      (sum, { labelId, probability }) => sum + (same(labelId, best) ? probability : 0),
      0,
    );
    const bin = bins[Math.min(BINS - 1, Math.floor(promised * BINS))];
    if (bin !== undefined) {
      bin.promised += promised;
      bin.kept += kept;
    }
    right += kept;
  });
  const apart = bins.reduce((sum, { promised, kept }) => sum + Math.abs(promised - kept), 0);
  return { right: right / answers.length, ece: apart / answers.length };
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

function meanOf(points: readonly StreamPoint[], answers: number): StreamPoint {
  const mean = (of: (point: StreamPoint) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const both = (key: 'last50' | 'soFar'): StreamPoint['soFar'] =>
    points.some((point) => point[key] === null)
      ? null
      : { champion: mean((point) => point[key]?.champion ?? 0), served: mean((point) => point[key]?.served ?? 0) };
  return {
    answers,
    champion: mean((point) => point.champion),
    memory: mean((point) => point.memory),
    served: mean((point) => point.served),
    championEce: mean((point) => point.championEce),
    memoryEce: mean((point) => point.memoryEce),
    last50: both('last50'),
    soFar: both('soFar'),
  };
}
