// How well a seed reads what it never saw: the figures of the model card, each with its count and interval.
import { labelByText, makeSameShape, type Alphabet } from '../../src/alphabet/alphabet.ts';
import { classificationOf } from '../../src/model/classifier.ts';
import type { ArtifactMetadata } from '../../src/model/artifact.ts';
import {
  bootstrapInterval,
  expectedCalibrationError,
  reliability,
  wilsonInterval,
  type Interval,
  type Answer,
  type ReliabilityBin,
} from '../../src/model/metrics.ts';
import type { RealSample } from './sets.ts';

export interface TestSample {
  /** Null: it shows no character of the alphabet. */
  readonly text: string | null;
  /** Null: nothing could be read, which counts as wrong. */
  readonly glyph: Uint8Array | null;
}

export interface Share {
  readonly right: number;
  readonly of: number;
  readonly value: number;
  /** 95 %, Wilson. */
  readonly low: number;
  readonly high: number;
}

export interface Figures {
  readonly set: string;
  readonly note: string;
  readonly strict: Share | null;
  /** Right when it reads one of the shapes that differ in size only. */
  readonly confusableAware: Share | null;
  readonly identity: Share | null;
  /** Taken for no character. */
  readonly rejected: Share;
  /** What share would be rejected above other probabilities than the model's: the curve to choose it from. */
  readonly rejectedAbove: readonly { readonly threshold: number; readonly share: number }[];
  readonly ece: number | null;
  /** 95 %, bootstrap. */
  readonly eceInterval: Interval | null;
  /** Likewise with twins as one: their probabilities are added, and either is right. Null where there are none. */
  readonly eceTwins: number | null;
  readonly eceTwinsInterval: Interval | null;
  /** Share and certainty by certainty: the reliability curve. */
  readonly reliability: readonly ReliabilityBin[];
  readonly confusions: readonly { readonly label: string; readonly read: string; readonly count: number }[];
}

export const REJECTION_THRESHOLDS = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7];

/** Figures with the answers they were counted from. */
export interface Measured {
  readonly figures: Figures;
  readonly answers: readonly Answer[];
}

export interface Reader {
  readonly alphabet: Alphabet;
  readonly metadata: ArtifactMetadata;
  /** Logits of glyphs, one after the other. */
  logits(glyphs: readonly Uint8Array[]): Promise<Float32Array>;
}

/** Measures one set. `caseless`: the truth's case is unknown, only identity is scored. */
export async function measure(
  reader: Reader,
  set: string,
  note: string,
  samples: readonly TestSample[],
  caseless: boolean,
): Promise<Measured> {
  const { alphabet, metadata } = reader;
  const readable = samples.flatMap((sample) => (sample.glyph === null ? [] : [sample.glyph]));
  const logits = await reader.logits(readable);
  const width = metadata.outputs.length;
  const sameShape = makeSameShape(alphabet.confusable);
  const counts = { strict: 0, aware: 0, identity: 0, rejected: 0, known: 0 };
  const answers: Answer[] = [];
  const asOne: Answer[] = [];
  const doubts: number[] = [];
  const wrong = new Map<string, number>();
  let next = 0;
  for (const { text, glyph } of samples) {
    const truth = text === null ? undefined : labelByText(alphabet, text);
    if (truth !== undefined) counts.known++;
    if (glyph === null) {
      if (truth === undefined) continue;
      answers.push({ truth: truth.id, read: null, confidence: 0 });
      asOne.push({ truth: truth.id, read: null, confidence: 0 });
      continue;
    }
    const { candidates, notACharacter, rejected } = classificationOf(
      logits.subarray(next * width, (next + 1) * width),
      metadata,
    );
    doubts.push(notACharacter);
    next++;
    const best = candidates[0];
    if (rejected) counts.rejected++;
    if (truth === undefined) continue;
    const label = rejected || best === undefined ? undefined : alphabet.labels[best.labelId];
    const same = (id: number): boolean => alphabet.labels[id]?.identity === truth.identity;
    if (label?.id === truth.id) counts.strict++;
    if (label !== undefined && sameShape(label.id, truth.id)) counts.aware++;
    const identified = label !== undefined && same(label.id);
    if (identified) counts.identity++;
    if (caseless ? !identified : label?.id !== truth.id) {
      const key = `${truth.text}\t${label?.text ?? '∅'}`;
      wrong.set(key, (wrong.get(key) ?? 0) + 1);
    }
    // The case is not known: the letter's probability is that of both its cases.
    const confidence = caseless
      ? candidates.filter((each) => same(each.labelId)).reduce((sum, each) => sum + each.probability, 0)
      : (best?.probability ?? 0);
    const read = caseless && identified ? truth.id : (label?.id ?? null);
    const sure = rejected
      ? notACharacter
      : identified || !caseless
        ? confidence
        : candidates
            .filter((each) => alphabet.labels[each.labelId]?.identity === label?.identity)
            .reduce((sum, each) => sum + each.probability, 0);
    answers.push({ truth: truth.id, read, confidence: sure });
    const shown = label?.id ?? null;
    const together = candidates
      .filter((each) => sameShape(shown, each.labelId))
      .reduce((sum, each) => sum + each.probability, 0);
    asOne.push({
      truth: truth.id,
      read: sameShape(shown, truth.id) ? truth.id : shown,
      confidence: rejected ? notACharacter : together,
    });
  }
  const share = (right: number, of: number): Share => {
    const { low, high } = wilsonInterval(right, of);
    return { right, of, value: right / of, low, high };
  };
  const { known } = counts;
  const cased = alphabet.labels.some((label) => label.case !== null);
  const figures = {
    set,
    note,
    strict: known > 0 && !caseless ? share(counts.strict, known) : null,
    confusableAware: known > 0 && !caseless && alphabet.confusable.length > 0 ? share(counts.aware, known) : null,
    identity: known > 0 && cased ? share(counts.identity, known) : null,
    rejected: share(counts.rejected, samples.length),
    rejectedAbove: REJECTION_THRESHOLDS.map((threshold) => ({
      threshold,
      share: doubts.filter((doubt) => doubt > threshold).length / Math.max(1, doubts.length),
    })),
    ece: known > 0 ? expectedCalibrationError(answers) : null,
    ...(known > 0 && !caseless && alphabet.confusable.length > 0
      ? {
          eceTwins: expectedCalibrationError(asOne),
          eceTwinsInterval: bootstrapInterval(asOne, expectedCalibrationError, 1, 300),
        }
      : { eceTwins: null, eceTwinsInterval: null }),
    eceInterval: known > 0 ? bootstrapInterval(answers, expectedCalibrationError, 1, 300) : null,
    reliability: reliability(answers),
    confusions: [...wrong]
      .sort((a, b) => b[1] - a[1])
      .slice(0, 25)
      .map(([pair, count]) => {
        const [label = '', read = ''] = pair.split('\t');
        return { label, read, count };
      }),
  };
  return { figures, answers };
}

/** The samples of a set that the alphabet has, or (foreign) all of them as no characters. */
export function testSamples(
  alphabet: Alphabet,
  samples: readonly RealSample[],
  foreign: boolean,
): readonly TestSample[] {
  return samples
    .filter((sample) => sample.part === 'test' && (foreign || labelByText(alphabet, sample.text) !== undefined))
    .map(({ text, glyph }) => ({ text: foreign ? null : text, glyph }));
}

/** The figures of a set in a line, for whoever watches. */
export function sentence({ set, strict, confusableAware, identity, rejected, ece, confusions }: Figures): string {
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
