// How a duel stood when it ended, as it is kept and told.
import { z } from 'zod';

const count = z.int().nonnegative();

export const duelStanding = z.object({
  /** Glyphs that only the challenger, or only the champion, read right. */
  wins: count,
  losses: count,
  /** Who said what the glyphs are, and how many of them with a win. */
  people: count,
  winners: count,
  /** How far the proof was, and that of the opposite; 0 … 1. */
  way: z.number(),
  wayBack: z.number(),
});
export type DuelStanding = Readonly<z.infer<typeof duelStanding>>;

/** Why a duel was stopped. */
export const stops = [
  /** A newer challenger came, and this one had proven nothing. */
  'replaced',
  /** Another version became champion. */
  'overtaken',
  /** Its file cannot be loaded. */
  'damaged',
  /** An operator withdrew samples that it learnt from. */
  'withdrawn',
  /** Better on the whole, but a label is read significantly worse. */
  'label-fell',
  /** So many answers without a proof: the two are too much alike. */
  'alike',
] as const;
export type Stop = (typeof stops)[number];
