// Figures for /stats, read from counters that change in the same transaction as what they count.
import type { Split } from './samples.ts';

export interface AlphabetStats {
  readonly alphabet: string;
  readonly samples: number;
  readonly train: number;
  readonly test: number;
  /** Samples that people called not a character; counted in none of the above. */
  readonly rejected: number;
  readonly contributors: number;
  /** By label id; labels without samples are left out. */
  readonly labels: readonly { readonly labelId: number; readonly train: number; readonly test: number }[];
  /** Samples saved a day (UTC, YYYY-MM-DD), oldest first; days without samples are left out. */
  readonly days: readonly { readonly day: string; readonly samples: number }[];
  /** What people said of each version's predictions, oldest version first. */
  readonly live: readonly LiveCounts[];
}

export interface LiveCounts {
  readonly versionId: string;
  readonly confirmed: number;
  readonly corrected: number;
  readonly rejected: number;
}

export interface Stats {
  ofAlphabet(alphabet: string, sinceDay?: string): AlphabetStats;
  /** Live samples by split, for the trigger: microseconds. */
  counts(alphabet: string): Readonly<Record<Split, number>>;
  /** Train and test samples saved after this id and not withdrawn: what is new since a snapshot. */
  newSince(alphabet: string, afterId: number): number;
  /** Alphabets that have any sample. */
  alphabets(): readonly string[];
}
