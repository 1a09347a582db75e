// The owner's own alphabets, as the data they were written down as. Labels may be appended; ids never change.

export interface StoredAlphabet {
  readonly id: string;
  /** AlphabetSpec and whatever else the alphabet room keeps, as JSON. */
  readonly spec: unknown;
  readonly archived: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface Alphabets {
  get(id: string): StoredAlphabet | undefined;
  list(): readonly StoredAlphabet[];
  /** Adds or replaces; the alphabet room has checked that labels were only appended. */
  save(id: string, spec: unknown, at: number): void;
  setArchived(id: string, archived: boolean, at: number): boolean;
  /** Only without samples; otherwise it can be archived. */
  remove(id: string): { readonly outcome: 'removed' | 'has-samples' | 'unknown' };
}
