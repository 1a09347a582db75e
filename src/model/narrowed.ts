// Answers where only some of an alphabet's labels are read: what is held possible of the others goes to these. Pure.
import type { GlyphAnswer } from './champion.ts';
import type { Classification, Classifier } from './classifier.ts';

/** What is held possible of the labels that are read, of all: with less, it shows something else, and the best is not asserted. */
const LEAST = 0.2;

type Scored = { readonly labelId: number; readonly probability: number };

function shared(
  candidates: readonly Scored[],
  labels: ReadonlySet<number>,
): { readonly candidates: readonly Scored[]; readonly share: number } | null {
  const sum = (of: readonly Scored[]): number => of.reduce((total, { probability }) => total + probability, 0);
  const kept = candidates.filter(({ labelId }) => labels.has(labelId));
  const [all, own] = [sum(candidates), sum(kept)];
  if (own <= 0) return null;
  return {
    candidates: kept.map(({ labelId, probability }) => ({ labelId, probability: (probability / own) * all })),
    share: own / all,
  };
}

/** The labels that are read alone, their probabilities adding up to what all had; as it was where none of them is possible. */
export function narrowed<Answer extends Pick<GlyphAnswer, 'candidates' | 'outcome'>>(
  answer: Answer,
  labels: ReadonlySet<number> | null,
  askBelow: number,
): Answer {
  const told = labels === null ? null : shared(answer.candidates, labels);
  if (told === null) return answer;
  const sure = told.share >= LEAST && (told.candidates[0]?.probability ?? 0) >= askBelow;
  const outcome = answer.outcome === 'not-a-character' ? answer.outcome : sure ? 'sure' : 'unsure';
  return { ...answer, candidates: told.candidates, outcome };
}

/** A classifier that knows these labels alone. */
export function narrowedClassifier(classifier: Classifier, labels: ReadonlySet<number> | null): Classifier {
  if (labels === null) return classifier;
  const narrow = <C extends Classification>(classification: C): C => {
    const told = shared(classification.candidates, labels);
    if (told === null) return classification;
    const best = told.candidates[0]?.probability ?? 0;
    const sure = told.share >= LEAST && best >= classifier.metadata.askBelow;
    return { ...classification, candidates: told.candidates, sure };
  };
  return { ...classifier, classify: async (glyphs) => (await classifier.classify(glyphs)).map(narrow) };
}
