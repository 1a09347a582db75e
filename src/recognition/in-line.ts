// What stands beside a character says more than its shape: twins by their size in the line, letters and digits by their neighbours, or
// by what is read at all. One way for whoever answers: chats, REST, the command line, the figures of pages. Pure.
import type { Alphabet } from '../alphabet/alphabet.ts';
import type { Box } from '../glyph/glyph.ts';
import type { GlyphAnswer } from '../model/champion.ts';
import { narrowed } from '../model/narrowed.ts';
import { weighTwins } from './line-size.ts';
import { weighKinds } from './neighbours.ts';

/** `labels`: those that are read; null: all. `askBelow`: the model's, the least probability of what is asserted. */
export function inLine<Answer extends Pick<GlyphAnswer, 'candidates' | 'outcome'>>(
  placed: readonly { readonly box: Box; readonly line: number }[],
  answers: readonly Answer[],
  alphabet: Alphabet,
  { labels, askBelow }: { readonly labels: ReadonlySet<number> | null; readonly askBelow: number },
): readonly Answer[] {
  const sized = weighTwins(placed, answers, alphabet);
  return labels === null
    ? weighKinds(placed, sized, alphabet, askBelow)
    : sized.map((each) => narrowed(each, labels, askBelow));
}
