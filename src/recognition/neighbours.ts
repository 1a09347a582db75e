// In a word of letters hardly any digit stands, and among digits hardly a letter: what the neighbours are says what з or 3 is. Pure.
import type { Alphabet } from '../alphabet/alphabet.ts';
import { labelsOf } from '../alphabet/only.ts';
import type { Box } from '../glyph/glyph.ts';
import type { GlyphAnswer } from '../model/champion.ts';

interface Placed {
  readonly box: Box;
  readonly line: number;
}

/** So many on each side count, if no wider gap than this lies between (in heights of the higher of two). */
const SIDE = 2;
const GAP = 0.9;
/** Before a neighbour was seen, letters and digits are as likely as there are labels of them, as if so many had been seen. */
const BEFORE = 2;

/** The answers, with letters and digits weighed by what stands beside; in an alphabet with but one of them as they were. */
export function weighKinds<Answer extends Pick<GlyphAnswer, 'candidates' | 'outcome'>>(
  placed: readonly Placed[],
  answers: readonly Answer[],
  alphabet: Alphabet,
  askBelow: number,
): readonly Answer[] {
  const letters = labelsOf(alphabet, 'letters');
  if (letters === null || answers.length < 2) return answers;
  const usual = letters.size / alphabet.labels.length;
  const shares = answers.map(({ candidates, outcome }) =>
    outcome === 'not-a-character' ? null : shareOf(candidates, letters),
  );
  return answers.map((answer, at) => {
    const known = besides(placed, at).flatMap((place) => shares[place] ?? []);
    if (known.length === 0 || answer.outcome === 'not-a-character') return answer;
    const seen = known.reduce((sum, share) => sum + share, 0);
    const share = (seen + BEFORE * usual) / (known.length + BEFORE);
    return weighed(answer, letters, [share / usual, (1 - share) / (1 - usual)], askBelow);
  });
}

/** Places of the neighbours in the same word; the reading order is that of the line. */
function besides(placed: readonly Placed[], at: number): readonly number[] {
  const step = (by: 1 | -1): readonly number[] => {
    const found: number[] = [];
    for (let place = at; found.length < SIDE; place += by) {
      const [here, next] = [placed[place], placed[place + by]];
      if (here === undefined || next?.line !== here.line || isApart(here.box, next.box)) break;
      found.push(place + by);
    }
    return found;
  };
  return [...step(-1), ...step(1)];
}

function isApart(a: Box, b: Box): boolean {
  const gap = Math.max(a.x, b.x) - Math.min(a.x + a.width, b.x + b.width);
  return gap > GAP * Math.max(a.height, b.height);
}

function shareOf(candidates: GlyphAnswer['candidates'], letters: ReadonlySet<number>): number {
  let [own, all] = [0, 0];
  for (const { labelId, probability } of candidates) {
    all += probability;
    if (letters.has(labelId)) own += probability;
  }
  return all === 0 ? 0 : own / all;
}

function weighed<Answer extends Pick<GlyphAnswer, 'candidates' | 'outcome'>>(
  answer: Answer,
  letters: ReadonlySet<number>,
  [ofLetters, ofDigits]: readonly [number, number],
  askBelow: number,
): Answer {
  const sum = (of: GlyphAnswer['candidates']): number => of.reduce((total, { probability }) => total + probability, 0);
  const raw = answer.candidates.map(({ labelId, probability }) => ({
    labelId,
    probability: probability * (letters.has(labelId) ? ofLetters : ofDigits),
  }));
  const scale = sum(answer.candidates) / sum(raw);
  const candidates = raw
    .map(({ labelId, probability }) => ({ labelId, probability: probability * scale }))
    .sort((a, b) => b.probability - a.probability);
  const best = candidates[0];
  // Which of them it is may change; that nothing was sure of does not become sure by what stands beside it alone.
  const changed = best?.labelId !== answer.candidates[0]?.labelId;
  const sure = answer.outcome === 'sure' && !changed && (best?.probability ?? 0) >= askBelow;
  return { ...answer, candidates, outcome: sure ? 'sure' : 'unsure' };
}
