// What the gate decided of a challenger, with all its figures: as a run keeps it and people are told it.
import { z } from 'zod';

const count = z.int().nonnegative();
/** A label's id; null stands for "not a character". */
const label = z.int().nonnegative().nullable();

/** With fewer glyphs than this the gate decides nothing, whatever they say. */
export const FEWEST_GLYPHS = 10;

const decisionCodes = [
  /** Promoted: the wins outweigh the losses beyond chance. */
  'better',
  /** Kept: too few glyphs to say anything. */
  'too-few-glyphs',
  /** Kept: the wins may be chance. */
  'not-enough-evidence',
  /** Kept: the wins outweigh the losses, but not without one of the people, or they come from fewer than three of them. */
  'too-few-people',
  /** Kept: a label is read significantly worse. */
  'label-fell',
  /** Kept: the base set is read worse by more than the allowed points. */
  'base-fell',
  /** Kept: an operator withdrew samples that it learnt from while it was trained; said by finalise. */
  'withdrawn',
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
  /** One-sided p that the label is no worse, where that is largest without one of the people: small means it fell. */
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
  /**
   * Exact one-sided p of wins against losses on all evidence, each person's capped, where it is largest without one of
   * them; and the level it was held to.
   */
  p: z.number(),
  level: z.number(),
  /** The wins and losses that count, each person's capped; decisions of earlier releases do not say. */
  counted: z.object({ wins: count, losses: count }).optional(),
  /** At least so many wins would be proof beside these losses, by either test; decisions of earlier releases do not say. */
  proofAt: count.optional(),
  /** Whose glyphs these are: how many people, and how many of them with a win; decisions of earlier releases do not say. */
  people: z.object({ taught: count, won: count }).optional(),
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
