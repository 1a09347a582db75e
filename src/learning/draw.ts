// Glyphs drawn from a bank, so many of some labels: a part of what is known already (known-glyphs.ts), small enough to be shared out.
import { readBank, type Bank } from '../dataset/bank.ts';
import { makeSynthesiser, synthesiseSamples, type Synthesiser } from '../dataset/synthesiser.ts';
import { makePacker, type Glyphs } from './glyphs.ts';

export interface DrawOrder {
  /** A packed bank, and what it is known by. */
  readonly bank: Uint8Array;
  readonly hash: string;
  /** Sources that replay draws from, those that it leaves out, or those that no model was ever trained on. */
  readonly from: 'learnt' | 'remembered' | 'unseen';
  readonly labels: readonly (number | null)[];
  readonly perLabel: number;
  readonly seed: number;
  /** The output of each label. */
  readonly outputs: ReadonlyMap<number | null, number>;
}

/** One source in so many is left out of replay. */
const MEMORY_EVERY = 7;

/** Draws; the bank that it drew from last stays unpacked. */
export function makeDrawer(): (order: DrawOrder) => Glyphs {
  let open: { readonly hash: string; readonly bank: Bank; readonly by: Map<DrawOrder['from'], Synthesiser> } | null =
    null;
  return ({ bank, hash, from, labels, perLabel, seed, outputs }) => {
    if (open?.hash !== hash) open = { hash, bank: readBank(bank), by: new Map() };
    const synthesiser = open.by.get(from) ?? synthesiserOf(open.bank, from);
    open.by.set(from, synthesiser);
    const packer = makePacker();
    for (const { label, glyph } of synthesiseSamples(synthesiser, labels, perLabel, seed))
      packer.add(glyph, outputs.get(label) ?? 0, 0, 0);
    return packer.done();
  };
}

function synthesiserOf(bank: Bank, from: DrawOrder['from']): Synthesiser {
  if (from === 'unseen') return makeSynthesiser(bank, 'test');
  const entries = bank.entries.filter(({ source }) => (source % MEMORY_EVERY === 0) === (from === 'remembered'));
  const some = makeSynthesiser({ ...bank, entries }, 'train');
  // Where few fonts have a label they do both.
  const there = new Set<number | null>([...some.labels, null]);
  const scarce = bank.entries.filter(({ label }) => !there.has(label));
  return scarce.length === 0 ? some : makeSynthesiser({ ...bank, entries: [...entries, ...scarce] }, 'train');
}
