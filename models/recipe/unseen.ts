// The fonts that no seed is trained on: every second one calibrates, the others test, so that neither temperature nor limits
// are fitted on what measures them.
import type { Bank } from '../../src/dataset/bank.ts';

/** The bank with the unseen fonts of one use only. */
export function unseenFonts(bank: Bank, use: 'calibration' | 'test'): Bank {
  const unseen = bank.sources.flatMap(({ part }, source) =>
    part === 'test' && bank.entries.some((entry) => entry.source === source && entry.label !== null) ? [source] : [],
  );
  const kept = new Set(unseen.filter((_, index) => (index % 2 === 1) === (use === 'calibration')));
  return { ...bank, entries: bank.entries.filter(({ source }) => kept.has(source)) };
}
