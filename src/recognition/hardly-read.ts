// Whether a model could make nothing of what was found in a photo. Leaves and fur show the finder many places that are a little like
// characters; whoever reads them is sure of hardly any. A page of writing that a model knows is told apart by that. Pure.
import { shippedAlphabets } from '../alphabet/list.ts';
import type { Alphabet } from '../alphabet/alphabet.ts';
import type { GlyphAnswer } from '../model/champion.ts';

/** Of so few glyphs the mean says little, and a hard hand is more likely than a scene. */
const FEW = 8;
/**
 * Mean probability of the likeliest label. Of 252 made-up photos of held-out hands and fonts the lowest was 0.46 where there were more than a
 * few, and 0.22 where there were; of 42 readings of photographs of flowers, cats and dogs 34 were lower than these limits.
 */
const LEAST = { few: 0.18, many: 0.42 };

/** A model of somebody's own alphabet may have learnt from a handful: it is sure of nothing yet, and is to be taught. */
export function isHardlyRead(
  { id }: Pick<Alphabet, 'id'>,
  answers: readonly Pick<GlyphAnswer, 'candidates'>[],
): boolean {
  if (answers.length < 3 || !shippedAlphabets.some((each) => each.id === id)) return false;
  const sum = answers.reduce((all, { candidates: [first] }) => all + (first?.probability ?? 0), 0);
  return sum / answers.length < (answers.length < FEW ? LEAST.few : LEAST.many);
}
