// What a stream comes to at a point: how much each reader reads right, and how far what they promise is from what they keep.
import { makeSameShape, type Alphabet } from '../alphabet/alphabet.ts';
import type { Tested } from './judging.ts';

export const readers = ['champion', 'memory', 'served', 'challenger'] as const;
type Reader = (typeof readers)[number];

/**
 * Shares of pictures read right, 0 … 1; twins (o, O) as one. The champion alone, the memory's own opinion, the two as the person gets them, and the
 * challenger that reads beside the champion in silence: null where there was none.
 */
export type Shares = Readonly<Record<Exclude<Reader, 'challenger'>, number>> & { readonly challenger: number | null };

export interface StreamPoint extends Shares {
  /** Pictures that were sent and answered before. The shares above are of the person's other pictures, which never teach. */
  readonly answers: number;
  /** Expected calibration error on the same, 15 bins. */
  readonly championEce: number;
  readonly memoryEce: number;
  /** Of the pictures as they were sent, before their correction: the last 50, and all so far. Null at the start. */
  readonly last50: Shares | null;
  readonly soFar: Shares | null;
}

/** Who read one picture right as it was sent; null: that reader was not there. */
export type Sent = Readonly<Record<Reader, boolean | null>>;

export function sharesOf(sent: readonly Sent[]): Shares | null {
  if (sent.length === 0) return null;
  const share = (who: Reader): number | null => {
    const read = sent.flatMap((each) => each[who] ?? []);
    return read.length === 0 ? null : read.filter(Boolean).length / read.length;
  };
  return {
    champion: share('champion') ?? 0,
    memory: share('memory') ?? 0,
    served: share('served') ?? 0,
    challenger: share('challenger'),
  };
}

export interface Candidates {
  readonly candidates: readonly { readonly labelId: number; readonly probability: number }[];
}

const BINS = 15;

export function judged(
  answers: readonly Candidates[],
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

/** The mean of streams, point by point; of as many as got that far. */
export function meanOf(streams: readonly (readonly StreamPoint[])[]): readonly StreamPoint[] {
  const all = streams.flat();
  const steps = [...new Set(all.map(({ answers }) => answers))].sort((a, b) => a - b);
  return steps.map((answers) => {
    const points = all.filter((point) => point.answers === answers);
    const ece = (key: 'championEce' | 'memoryEce'): number => mean(points.map((point) => point[key])) ?? 0;
    return {
      answers,
      ...meanShares(points),
      championEce: ece('championEce'),
      memoryEce: ece('memoryEce'),
      last50: answers === 0 ? null : meanShares(points.flatMap(({ last50 }) => last50 ?? [])),
      soFar: answers === 0 ? null : meanShares(points.flatMap(({ soFar }) => soFar ?? [])),
    };
  });
}

function meanShares(shares: readonly Shares[]): Shares {
  const of = (who: Reader): number | null => mean(shares.flatMap((each) => each[who] ?? []));
  return {
    champion: of('champion') ?? 0,
    memory: of('memory') ?? 0,
    served: of('served') ?? 0,
    challenger: of('challenger'),
  };
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, each) => sum + each, 0) / values.length;
}
