// How well a model reads a labelled set: the figures of `inkloop evaluate`, of a model's card and of the gate.
import { labelById, labelByText, makeSameShape, type Alphabet, type Label } from '../alphabet/alphabet.ts';
import type { Classification, Classifier } from './classifier.ts';
import { accuracy, confusions, expectedCalibrationError, macroAuroc, macroF1, type Answer } from './metrics.ts';

/** A picture of a labelled set: what it is, and the glyph found in it, or null where none was. */
export interface LabelledGlyph {
  readonly label: string;
  readonly pixels: Uint8Array | null;
}

interface EvaluateOptions {
  readonly classifier: Classifier;
  readonly alphabet: Alphabet;
  readonly modelVersion: string;
  /** The set's labels tell no case: only identities are scored. */
  readonly caseless?: boolean | undefined;
}

interface SetEvaluation {
  readonly alphabet: string;
  readonly modelVersion: string;
  /** Pictures that were scored: those whose label the alphabet has. */
  readonly samples: number;
  /** Shares of the samples; an unreadable picture counts as wrong. With `caseless`, accuracy is that of identities. */
  readonly accuracy: number;
  readonly macroF1: number;
  /** Expected calibration error of the readable samples, 15 bins. */
  readonly ece: number;
  readonly identityAccuracy: number;
  /** Of cased samples whose identity was read right, how many had the case right; null when there are none, or with `caseless`. */
  readonly caseAccuracy: number | null;
  /** Right, or a label that differs from the right one only in size. */
  readonly confusableAccuracy: number;
  /** How well probabilities part each label from the others, over the readable samples; null where they cannot be told apart so. */
  readonly auroc: number | null;
  readonly unreadable: number;
  readonly outOfAlphabet: number;
  /** The most frequent first; `read` null: rejected, or unreadable. */
  readonly confusions: readonly { readonly label: string; readonly read: string | null; readonly count: number }[];
}

/** One sample's outcome, for figures beyond these. */
export interface ScoredGlyph {
  readonly truth: Label;
  /** Null: the picture was unreadable. */
  readonly classification: Classification | null;
}

/** Reads the whole set. All shares are NaN when no picture has a label of the alphabet. */
export async function measureSet(glyphs: Iterable<LabelledGlyph>, options: EvaluateOptions): Promise<SetEvaluation> {
  const { alphabet, classifier, caseless = false } = options;
  const scored: ScoredGlyph[] = [];
  let outOfAlphabet = 0;
  let waiting: { readonly truth: Label; readonly pixels: Uint8Array }[] = [];
  const read = async (): Promise<void> => {
    const answers = await classifier.classify(waiting.map(({ pixels }) => pixels));
    waiting.forEach(({ truth }, index) => scored.push({ truth, classification: answers[index] ?? null }));
    waiting = [];
  };
  for (const { label, pixels } of glyphs) {
    const truth = labelByText(alphabet, label) ?? (caseless ? byIdentity(alphabet, label) : undefined);
    if (truth === undefined) outOfAlphabet++;
    else if (pixels === null) scored.push({ truth, classification: null });
    else if (waiting.push({ truth, pixels }) === 256) await read();
  }
  await read();
  return evaluationOf(scored, outOfAlphabet, options);
}

/** The figures of outcomes already known. Pure. */
export function evaluationOf(
  scored: readonly ScoredGlyph[],
  outOfAlphabet: number,
  { alphabet, modelVersion, caseless = false }: Omit<EvaluateOptions, 'classifier'>,
): SetEvaluation {
  const identities = identityIds(alphabet);
  const identityOf = (label: number): number => identities.get(label) ?? label;
  const strict = scored.map(({ truth, classification }) => strictAnswer(truth.id, classification));
  const byIdentity = scored.map(({ truth, classification }) =>
    identityAnswer(identityOf(truth.id), classification, identityOf),
  );
  const answers = caseless ? byIdentity : strict;
  const readable = answers.filter((_, index) => scored[index]?.classification !== null);
  const sameShape = makeSameShape(
    caseless ? alphabet.confusable.map((group) => group.map(identityOf)) : alphabet.confusable,
  );
  const twins = ({ truth, read }: Answer): boolean => sameShape(read, truth);
  const cased = strict.filter(
    ({ read }, index) =>
      scored[index]?.truth.case !== null && read !== null && identityOf(read) === byIdentity[index]?.truth,
  );
  const text = (label: number): string => labelById(alphabet, label)?.text ?? String(label);
  return {
    alphabet: alphabet.id,
    modelVersion,
    samples: scored.length,
    accuracy: accuracy(answers),
    macroF1: macroF1(answers),
    ece: expectedCalibrationError(readable),
    identityAccuracy: accuracy(byIdentity),
    caseAccuracy: caseless || cased.length === 0 ? null : accuracy(cased),
    confusableAccuracy: accuracy(answers, twins),
    auroc: aurocOf(scored, alphabet),
    unreadable: scored.length - readable.length,
    outOfAlphabet,
    confusions: confusions(answers).map(({ truth, read, count }) => ({
      label: text(truth),
      read: read === null ? null : text(read),
      count,
    })),
  };
}

function aurocOf(scored: readonly ScoredGlyph[], { labels }: Alphabet): number | null {
  const places = new Map(labels.map(({ id }, place) => [id, place]));
  const [scores, truths]: [Float64Array[], number[]] = [[], []];
  for (const { truth, classification } of scored) {
    if (classification === null) continue;
    const row = new Float64Array(labels.length);
    for (const { labelId, probability } of classification.candidates) row[places.get(labelId) ?? -1] = probability;
    scores.push(row);
    truths.push(places.get(truth.id) ?? -1);
  }
  const auroc = macroAuroc(scores, truths, labels.length);
  return Number.isNaN(auroc) ? null : auroc;
}

function strictAnswer(truth: number, classification: Classification | null): Answer {
  if (classification === null) return { truth, read: null, confidence: 0 };
  const best = classification.candidates[0];
  if (classification.rejected || best === undefined) {
    return { truth, read: null, confidence: classification.notACharacter };
  }
  return { truth, read: best.labelId, confidence: best.probability };
}

/** The identity with the most probability, its cases taken together. */
function identityAnswer(
  truth: number,
  classification: Classification | null,
  identityOf: (label: number) => number,
): Answer {
  if (classification === null || classification.rejected) return strictAnswer(truth, classification);
  const sums = new Map<number, number>();
  for (const { labelId, probability } of classification.candidates) {
    const identity = identityOf(labelId);
    sums.set(identity, (sums.get(identity) ?? 0) + probability);
  }
  const [read, confidence] = [...sums].reduce((best, each) => (each[1] > best[1] ? each : best), [-1, -1]);
  return { truth, read, confidence };
}

/** A label id to stand for each identity: that of its first label. */
function identityIds(alphabet: Alphabet): ReadonlyMap<number, number> {
  const first = new Map<string, number>();
  for (const { id, identity } of alphabet.labels) if (!first.has(identity)) first.set(identity, id);
  return new Map(alphabet.labels.map(({ id, identity }) => [id, first.get(identity) ?? id]));
}

function byIdentity(alphabet: Alphabet, text: string): Label | undefined {
  const wanted = text.normalize('NFC').toLowerCase();
  return alphabet.labels.find(({ identity }) => identity.toLowerCase() === wanted);
}
