// Samples: glyphs with the label people agreed on. Immutable but for withdrawal; the split is fixed when saved.

export type Split = 'train' | 'test';

export interface Sample {
  readonly id: number;
  readonly alphabet: string;
  /** Null: people said that it is not a character. */
  readonly labelId: number | null;
  /** GLYPH_SIZE², 0 paper … 255 ink. */
  readonly glyph: Uint8Array;
  readonly split: Split;
  readonly contributorId: number;
  /** The contributor's keyed hash, hex. */
  readonly contributor: string;
  /** `chat`, `import`, … */
  readonly source: string;
  readonly predictionId: string | null;
  /** The first sample this one is a near-exact copy of; evidence counts it once. */
  readonly duplicateOf: number | null;
  /** SHA-256 of the glyph's pixels, hex. */
  readonly contentHash: string;
  readonly createdAt: number;
  readonly withdrawnAt: number | null;
}

export interface NewSample {
  readonly alphabet: string;
  readonly labelId: number | null;
  readonly glyph: Uint8Array;
  readonly contributorId: number;
  readonly source: string;
  readonly at: number;
}

export interface SampleFilter {
  readonly alphabet: string;
  readonly split?: Split;
  readonly labelId?: number | null;
  readonly contributorId?: number;
  /** Only ids above / up to these. */
  readonly afterId?: number;
  readonly upToId?: number;
  /** Default false. */
  readonly includeWithdrawn?: boolean;
}

export interface ImportResult {
  readonly added: number;
  /** Already there: same glyph, label and contributor. */
  readonly present: number;
}

export interface Samples {
  /** Saves a batch in one transaction; what is already there (same glyph, label, contributor) is left as it is. */
  import(samples: readonly NewSample[]): ImportResult;
  get(id: number): Sample | undefined;
  /** By id, in order, in bounded memory (reads a page at a time, so other writers are not held up). */
  iterate(filter: SampleFilter): Generator<Sample, void>;
  count(filter: SampleFilter): number;
  /** Highest id of the alphabet, 0 when it has none: what a snapshot frozen now holds. */
  lastId(alphabet: string): number;
  /** Takes a sample out of both sides; false when it is unknown or was withdrawn before. */
  withdraw(id: number, at: number): boolean;
}
