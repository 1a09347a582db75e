// What the gate decided of a challenger, with all its figures: as a run keeps it and people are told it.
import { z } from 'zod';

const count = z.int().nonnegative();
/** A label's id; null stands for "not a character". */
const label = z.int().nonnegative().nullable();

export const decisionCodes = [
  /** Promoted: the wins outweigh the losses beyond chance. */
  'better',
  /** Kept: too few glyphs to say anything. */
  'too-few-glyphs',
  /** Kept: the wins may be chance. */
  'not-enough-evidence',
  /** Kept: a label is read significantly worse. */
  'label-fell',
  /** Kept: the base set is read worse by more than the allowed points. */
  'base-fell',
  /** Kept: another version became champion while this one was trained; said by finalise, not by the figures. */
  'overtaken',
] as const;
export type DecisionCode = (typeof decisionCodes)[number];

const labelFigures = z.object({
  label,
  tested: count,
  championRight: count,
  challengerRight: count,
  wins: count,
  losses: count,
  /** One-sided p that the label is no worse: small means it fell. */
  p: z.number(),
  fell: z.boolean(),
});
export type LabelFigures = Readonly<z.infer<typeof labelFigures>>;

export const decision = z.object({
  outcome: z.enum(['promote', 'keep']),
  code: z.enum(decisionCodes),
  /** One English sentence with the figures. */
  because: z.string(),
  /** Glyphs that only the challenger, or only the champion, read right. */
  wins: count,
  losses: count,
  /** Exact one-sided p of wins against losses on all evidence, and the level it was held to. */
  p: z.number(),
  level: z.number(),
  /** The same, counting only glyphs that no earlier gate has used. */
  fresh: z.object({ tested: count, wins: count, losses: count, p: z.number(), level: z.number() }),
  tested: count,
  championRight: count,
  challengerRight: count,
  labels: z.array(labelFigures),
  base: z.object({
    tested: count,
    championRight: count,
    challengerRight: count,
    /** Points of accuracy lost on the base set, negative when it gained. */
    fall: z.number(),
    allowed: z.number(),
  }),
});
export type Decision = Readonly<z.infer<typeof decision>>;
