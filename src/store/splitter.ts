// What the store needs to know to fix a sample's split. The rule itself is pure and lives in src/dataset/split.ts.

export type Split = 'train' | 'test';

export interface SplitFacts {
  readonly glyph: Uint8Array;
  /** Keyed hash of the contributor, hex. */
  readonly contributor: string;
  readonly testOnly: boolean;
  /** SHA-256 of the glyph, hex. */
  readonly contentHash: string;
  /** Live samples of this label whose split was drawn (not test-only contributors, not copies). */
  readonly label: { readonly train: number; readonly test: number };
}

export interface Splitter {
  draw(facts: SplitFacts): Split;
  /** Whether a newcomer's samples shall all be test. `contributors`: how many have samples already
   * (not counted beyond a hundred). */
  testOnly(newcomer: {
    readonly contributor: string;
    readonly contributors: number;
    readonly exempt: boolean;
  }): boolean;
  /**
   * Coarse looks at the glyph as integers, its own first, then those that the same photo may have had when it was sent
   * before: a copy's first is nearly always among them.
   */
  looks(glyph: Uint8Array): readonly [own: number, ...others: number[]];
  /** Whether two glyphs come from the same photo: near-exact only. */
  sameGlyph(a: Uint8Array, b: Uint8Array): boolean;
}
