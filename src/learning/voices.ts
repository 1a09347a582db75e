// How much one person counts, in what a challenger learns and in what it is judged by: a person's samples are not independent
// of one another, and anybody may send a thousand. So nobody's voices grow faster than those of all the others.

/** So much always counts, however little others have said. */
const FEWEST = 3;
/** Beyond that, a person counts for at most this share of what all the others say. */
const SHARE = 1 / 8;

/** How many of a person's `mine` count beside the `others` of everybody else. */
export function voicesOf(mine: number, others: number): number {
  return Math.min(mine, Math.max(FEWEST, Math.ceil(others * SHARE)));
}
