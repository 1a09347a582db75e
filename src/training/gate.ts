// The rule that decides whether a challenger takes the champion's place: promote or keep, because …  Pure: paired
// outcomes in, a decision with all its figures out. docs/gate.md has the rule in prose and its simulated error rates.

/** One of people's glyphs that neither model was trained on, and whether each read it right. */
export interface PairedOutcome {
  /** null: "not a character". */
  readonly label: number | null;
  readonly champion: boolean;
  readonly challenger: boolean;
  /** In how many earlier gates this glyph has already been evidence. */
  readonly uses: number;
}

/** One label of the base set: glyphs tested, and how many each model read right. */
export interface BaseOutcome {
  readonly label: number | null;
  readonly tested: number;
  readonly championRight: number;
  readonly challengerRight: number;
}

export interface GateEvidence {
  readonly people: readonly PairedOutcome[];
  readonly base: readonly BaseOutcome[];
}

export type DecisionCode =
  /** Promoted: the wins outweigh the losses beyond chance. */
  | 'better'
  /** Kept: too few glyphs to say anything. */
  | 'too-few-glyphs'
  /** Kept: the wins may be chance. */
  | 'not-enough-evidence'
  /** Kept: a label is read significantly worse. */
  | 'label-fell'
  /** Kept: the base set is read worse by more than the allowed points. */
  | 'base-fell';

export interface LabelFigures {
  readonly label: number | null;
  readonly tested: number;
  readonly championRight: number;
  readonly challengerRight: number;
  readonly wins: number;
  readonly losses: number;
  /** One-sided p that the label is no worse: small means it fell. */
  readonly p: number;
  readonly fell: boolean;
}

export interface Decision {
  readonly outcome: 'promote' | 'keep';
  readonly code: DecisionCode;
  /** One English sentence with the figures. */
  readonly because: string;
  /** Glyphs that only the challenger, or only the champion, read right. */
  readonly wins: number;
  readonly losses: number;
  /** Exact one-sided p of wins against losses on all evidence, and the level it was held to. */
  readonly p: number;
  readonly level: number;
  /** The same, counting only glyphs that no earlier gate has used. */
  readonly fresh: {
    readonly tested: number;
    readonly wins: number;
    readonly losses: number;
    readonly p: number;
    readonly level: number;
  };
  readonly tested: number;
  readonly championRight: number;
  readonly challengerRight: number;
  readonly labels: readonly LabelFigures[];
  readonly base: {
    readonly tested: number;
    readonly championRight: number;
    readonly challengerRight: number;
    /** Points of accuracy lost on the base set, negative when it gained. */
    readonly fall: number;
    readonly allowed: number;
  };
}

/** P(X ≥ wins) for X ~ Binomial(wins + losses, ½): the exact one-sided McNemar test. 1 when nothing differs. */
export function oneSidedP(wins: number, losses: number): number {
  const n = wins + losses;
  // Summed in logarithms from the far tail: exact enough for any n, and no factorial overflows.
  let logTerm = -n * Math.LN2;
  let sum = 0;
  for (let k = n; k >= wins; k--) {
    sum += Math.exp(logTerm);
    logTerm += Math.log(k) - Math.log(n - k + 1);
  }
  return Math.min(1, sum);
}
