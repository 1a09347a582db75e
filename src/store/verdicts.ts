// A verdict becomes a sample in one transaction: verdict, sample and counters together, or nothing.
import type { Split } from './samples.ts';

export type VerdictKind = 'confirm' | 'correct' | 'reject';

export interface Verdict {
  readonly predictionId: string;
  readonly kind: VerdictKind;
  /** Null exactly when the kind is reject. */
  readonly labelId: number | null;
  /** Who answered; null once they were forgotten. */
  readonly contributorId: number | null;
  readonly sampleId: number;
  readonly at: number;
}

export interface NewVerdict {
  readonly predictionId: string;
  readonly kind: VerdictKind;
  readonly labelId: number | null;
  readonly contributorId: number;
  readonly at: number;
}

export type VerdictOutcome =
  | { readonly outcome: 'saved'; readonly sampleId: number; readonly split: Split; readonly verdict: Verdict }
  | { readonly outcome: 'already'; readonly verdict: Verdict }
  | { readonly outcome: 'unknown-prediction' };

export type UndoOutcome =
  | { readonly outcome: 'undone'; readonly verdict: Verdict }
  | { readonly outcome: 'no-verdict' }
  | { readonly outcome: 'unknown-prediction' };

export interface Verdicts {
  /** The sample belongs to who sent the photo. A reject is kept as a sample without a label. Idempotent by prediction. */
  save(verdict: NewVerdict): VerdictOutcome;
  get(predictionId: string): Verdict | undefined;
  /** The newest verdict given by this contributor (in this chat, if one is named): what /undo takes back. */
  lastBy(contributorId: number, chatKey?: string): Verdict | undefined;
  /** Withdraws the sample and allows a new verdict. */
  undo(predictionId: string, at: number): UndoOutcome;
  /** How many verdicts this contributor gave since `since`: for limits. */
  countSince(contributorId: number, since: number): number;
}
