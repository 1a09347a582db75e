// Twins (o, O and 0; つ and っ) are cut to the same picture; in a line their size beside their neighbours tells them apart. Pure:
// what stands in a line and what the model said of it go in, the candidates with the twins weighed come out.
import { labelById, type Alphabet, type Label } from '../alphabet/alphabet.ts';
import type { Box } from '../glyph/glyph.ts';
import type { GlyphAnswer } from '../model/champion.ts';

interface Placed {
  readonly box: Box;
  readonly line: number;
}

/** Heights in that of a capital: hands differ, the order does not. */
const SMALL = 0.65;
/** Between small and large the odds turn here, by so much for each tenth. */
const BETWEEN = (1 + SMALL) / 2;
const STEEP = 25;
/** A neighbour says how large the writing is when it is so probable. */
const KNOWN = 0.8;

const SMALL_KANA = new Set('ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ');
/** Small letters as high as the middle of the line; others have strokes above or below, or are wide. */
const MIDDLE = new Set('aceinorsuvxzабвгдезийклмнопстухчьэюяєії');

/** Null: it says nothing about the size of the writing. */
function sizeOf({ text, case: of }: Label): 'small' | 'large' | null {
  if (SMALL_KANA.has(text)) return 'small';
  if (of === 'lower') return MIDDLE.has(text) ? 'small' : null;
  return 'large';
}

/** The answers with twins weighed by their size in the line; those without a neighbour that tells stay as they are. */
export function weighTwins<Answer extends Pick<GlyphAnswer, 'candidates' | 'outcome'>>(
  placed: readonly Placed[],
  answers: readonly Answer[],
  alphabet: Alphabet,
): readonly Answer[] {
  const twinsOf = new Map(alphabet.confusable.flatMap((group) => group.map((id) => [id, group] as const)));
  const high = ({ box }: Placed): number => Math.max(box.width, box.height);
  /** How high a capital is in each line, by each neighbour that has no twin of another size. */
  const capitals = new Map<number, number[]>();
  answers.forEach(({ candidates: [best], outcome }, at) => {
    const glyph = placed[at];
    const label = best && labelById(alphabet, best.labelId);
    if (glyph === undefined || best === undefined || label === undefined) return;
    if (outcome === 'not-a-character' || best.probability < KNOWN || twinsOf.has(label.id)) return;
    const size = sizeOf(label);
    if (size === null) return;
    const capital = high(glyph) / (size === 'large' ? 1 : SMALL);
    capitals.set(glyph.line, [...(capitals.get(glyph.line) ?? []), capital]);
  });
  return answers.map((answer, at) => {
    const glyph = placed[at];
    const twins = twinsOf.get(answer.candidates[0]?.labelId ?? -1);
    const sizes = glyph === undefined ? [] : (capitals.get(glyph.line) ?? []).toSorted((a, b) => a - b);
    const capital = sizes[sizes.length >> 1];
    if (glyph === undefined || twins === undefined || capital === undefined) return answer;
    return weighed(answer, twins, high(glyph) / capital, alphabet);
  });
}

/** What a shape makes probable for the twins together stays; how it is shared follows the size. */
function weighed<Answer extends Pick<GlyphAnswer, 'candidates' | 'outcome'>>(
  answer: Answer,
  twins: readonly number[],
  size: number,
  alphabet: Alphabet,
): Answer {
  const { candidates, outcome } = answer;
  const large = 1 / (1 + Math.exp(-STEEP * (size - BETWEEN)));
  const fits = (id: number): number => {
    const label = labelById(alphabet, id);
    const of = label === undefined ? null : sizeOf(label);
    return of === null ? 0.5 : of === 'large' ? large : 1 - large;
  };
  const all = candidates.map((each) => (twins.includes(each.labelId) ? { ...each, fit: fits(each.labelId) } : each));
  const together = sum(all.map((each) => ('fit' in each ? each.probability : 0)));
  const shares = sum(all.map((each) => ('fit' in each ? each.probability * each.fit : 0)));
  const after = all
    .map((each) => ({
      labelId: each.labelId,
      probability: 'fit' in each ? (together * each.probability * each.fit) / shares : each.probability,
    }))
    .sort((a, b) => b.probability - a.probability);
  const sure = outcome !== 'not-a-character' && (after[0]?.probability ?? 0) >= KNOWN;
  return { ...answer, candidates: after, outcome: sure ? 'sure' : outcome };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
