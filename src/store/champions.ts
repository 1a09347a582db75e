// Which version answers: one row an alphabet, changed by compare-and-swap only, with its history.

export interface Promotion {
  readonly alphabet: string;
  readonly from: string | null;
  readonly to: string;
  readonly reason: string;
  readonly by: string;
  readonly at: number;
}

export interface Champions {
  /** The champion's version id; microseconds, asked before every prediction. */
  current(alphabet: string): string | undefined;
  /** Moves the pointer if it still stands at `expected` (null: none yet); false when somebody else moved it. */
  promote(change: {
    readonly alphabet: string;
    readonly expected: string | null;
    readonly version: string;
    readonly reason: string;
    readonly by: string;
    readonly at: number;
  }): boolean;
  /** Newest first. */
  history(alphabet: string, limit?: number): readonly Promotion[];
}
