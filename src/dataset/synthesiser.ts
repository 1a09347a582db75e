// Synthesised samples from a bank: replay while a model learns new hands, and the base set that says nothing was forgotten.
// The recipe of the seed models draws from the same.
import { GLYPH_SIZE } from '../glyph/glyph.ts';
import type { Bank, BankEntry, BankPart } from './bank.ts';
import { makeRandom, type Random } from '../random.ts';
import { synthesise, type SynthOptions } from './synth.ts';
import { shapeOf, type FieldShape } from './synth-fields.ts';
import { synthesiseJunk } from './synth-junk.ts';

export interface Synthesiser {
  /** The labels the bank has renderings of, ascending. */
  readonly labels: readonly number[];
  /** A glyph (size × size, 0 paper … 255 ink) of this label, or of what is no character (null). Throws RangeError for a label it lacks. */
  draw(label: number | null, random: Random): Uint8Array;
}

/** How much of what is no character is other scripts' characters, where the bank has any; the rest is scribble. */
const STRANGER_SHARE = 0.65;

/** Draws from one part of the bank. Fields are computed when first needed and kept (about 15 kB a rendering). */
export function makeSynthesiser(bank: Bank, part: BankPart, options: SynthOptions = {}): Synthesiser {
  const byLabel = new Map<number | null, BankEntry[]>();
  for (const entry of bank.entries) {
    if (bank.sources[entry.source]?.part !== part) continue;
    const entries = byLabel.get(entry.label);
    if (entries === undefined) byLabel.set(entry.label, [entry]);
    else entries.push(entry);
  }
  const shapes = new Map<BankEntry, FieldShape | null>();
  const fromBank = (label: number | null, random: Random): Uint8Array => {
    const entries = byLabel.get(label) ?? [];
    for (let tries = 0; tries < 100; tries++) {
      const entry = entries[random.below(entries.length)];
      if (entry === undefined) break;
      const shape = shapes.has(entry) ? shapes.get(entry) : shapeOf(entry.rendering);
      shapes.set(entry, shape ?? null);
      const glyph = shape ? synthesise(shape, random, options) : null;
      if (glyph !== null) return glyph;
    }
    throw new RangeError(`the bank of ${bank.alphabet} has no ${part} rendering of label ${label}`);
  };
  return {
    labels: [...byLabel.keys()].filter((label) => label !== null).sort((a, b) => a - b),
    draw: (label, random) =>
      label === null && !(byLabel.has(null) && random.chance(STRANGER_SHARE))
        ? synthesiseJunk(random, options.size ?? GLYPH_SIZE)
        : fromBank(label, random),
  };
}

interface SynthesisedSample {
  readonly label: number | null;
  readonly glyph: Uint8Array;
}

/** `perLabel` samples of each of these labels (those the bank lacks are left out), the same for the same seed. */
export function* synthesiseSamples(
  synthesiser: Synthesiser,
  labels: readonly (number | null)[],
  perLabel: number,
  seed: number,
): Generator<SynthesisedSample, void, undefined> {
  const known = new Set<number | null>([...synthesiser.labels, null]);
  for (const label of labels) {
    if (!known.has(label)) continue;
    for (let i = 0; i < perLabel; i++) {
      yield { label, glyph: synthesiser.draw(label, makeRandom(seed, label ?? 0xffff, i)) };
    }
  }
}
