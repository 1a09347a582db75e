// Whether people say "right" less often than they did: a change-point test on a stretch of answers, oldest first. Pure.
//
// The answers so far tell the usual rate. From the hundredth on somebody bets on "wrong" at the odds of the lowest rate that these answers leave
// likely, and begins anew whenever they have lost: a CUSUM of bets, an e-detector (Shin, Ramdas and Rinaldo, 2023). While nothing changes
// it is wrong once in `PATIENCE` answers on average, at most, however often it is looked at.
import type { Store } from '../store/store.ts';

interface Drift {
  /** Answers up to the change, and the shares of "right" before and since. */
  readonly at: number;
  readonly before: number;
  readonly since: number;
}

/** Answers that it takes to tell the usual rate. */
const USUAL = 100;
/** Standard errors below it that are still usual. */
const ERRORS = 2.5;
const PATIENCE = 5000;
const BETS = [0.1, 0.2, 0.4, 0.8];

/** Null while nothing speaks for a change. */
export function driftOf(right: readonly boolean[]): Drift | null {
  let [began, rights] = [0, 0];
  let fortunes: readonly number[] = [];
  let wrong = 1;
  for (const [at, isRight] of right.entries()) {
    if (at >= USUAL && fortunes.reduce((sum, each) => sum + each, 0) < 1) {
      [began, wrong] = [at, 1 - lowest(rights / at, at)];
      fortunes = BETS.map(() => 1 / BETS.length);
    }
    if (isRight) rights++;
    if (wrong >= 1) continue;
    // Pays as much on average as it costs where exactly this share is wrong.
    const gain = isRight ? -1 : (1 - wrong) / wrong;
    fortunes = fortunes.map((fortune, i) => fortune * (1 + (BETS[i] ?? 0) * gain));
    if (fortunes.reduce((sum, each) => sum + each, 0) >= PATIENCE)
      return { at: began, before: shareOf(right.slice(0, began)), since: shareOf(right.slice(began)) };
  }
  return null;
}

/** The lowest rate that so many answers with this share leave likely. */
function lowest(share: number, answers: number): number {
  return share - ERRORS * Math.sqrt(Math.max(share * (1 - share), 1 / answers) / answers);
}

/** The share in blocks of so many, oldest first, for a picture; what is left over at the beginning is left out. */
export function sharesOf(right: readonly boolean[], block: number): readonly number[] {
  const blocks = Math.floor(right.length / block);
  const from = right.length - blocks * block;
  return Array.from({ length: blocks }, (_, at) => shareOf(right.slice(from + at * block, from + (at + 1) * block)));
}

const shareOf = (right: readonly boolean[]): number => right.filter((each) => each).length / Math.max(1, right.length);

/** Verdicts looked at, of all alphabets together, and answers in a block of the picture. */
const LOOKED_AT = 5000;
const BLOCK = 25;
const BLOCKS_SHOWN = 20;

/** Looks at what people of each platform say of the versions that answer now. */
export function watchDrift(
  {
    store,
    drifted,
  }: {
    readonly store: Pick<Store, 'champions' | 'verdicts'>;
    /** Told of the same change at each look. */
    drifted(news: {
      readonly alphabet: string;
      readonly version: string;
      readonly platform: string;
      readonly before: number;
      readonly since: number;
      readonly block: number;
      readonly shares: number[];
    }): void;
  },
  alphabets: readonly string[],
): void {
  for (const alphabet of alphabets) {
    const version = store.champions.current(alphabet);
    if (version === undefined) continue;
    for (const [platform, right] of store.verdicts.recent(version, LOOKED_AT)) {
      const found = driftOf(right);
      if (found === null) continue;
      const { before, since } = found;
      const shares = sharesOf(right, BLOCK).slice(-BLOCKS_SHOWN);
      drifted({ alphabet, version, platform, before, since, block: BLOCK, shares });
    }
  }
}
