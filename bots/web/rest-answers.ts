// What came of a photo or of a verdict, as the REST door says it; and as a refusal where nothing did.
import type { Answered, AnsweredAll, Prediction } from '../../src/recognition/outcomes.ts';
import { type Call, Refusal } from './context.ts';

export function shown({
  id,
  box,
  place,
  line,
  outcome,
  alphabet,
  modelVersion,
  candidates,
  cased,
  fromHand,
}: Prediction) {
  return {
    id,
    box,
    place,
    line,
    outcome,
    alphabet,
    modelVersion,
    candidates: candidates.map(({ label, probability }) => ({ label, probability })),
    fromHand: fromHand === true,
    ...(cased && { cased }),
  };
}

/** The verdicts of a written line; throws the refusal where none could be saved. */
export function written(answered: AnsweredAll, members: Readonly<Record<string, unknown>>) {
  if (answered.outcome === 'unknown-label') {
    throw new Refusal('unknown-label', { values: { label: answered.label, alphabet: answered.alphabet }, members });
  }
  if (answered.outcome !== 'answered') throw new Refusal(answered.outcome, { members });
  const { retryAfterSeconds, saved } = answered;
  if (saved === 0 && retryAfterSeconds !== undefined) {
    throw new Refusal('too-many-verdicts', { retryAfterSeconds, members });
  }
  return answered.glyphs.flatMap(({ prediction, answer }) =>
    answer === null
      ? []
      : [{ prediction: prediction.id, outcome: 'saved' as const, kind: answer.kind, label: answer.label }],
  );
}

export function unknownAlphabet(alphabet: string, known: readonly string[]): Refusal {
  return new Refusal('unknown-alphabet', { values: { alphabet, known: known.join(', ') }, members: { known } });
}

/** The answer to a verdict that stands; throws the refusal of one that does not, with `members` beside it. */
export function settled(
  c: Call,
  prediction: string,
  answered: Answered,
  members: Readonly<Record<string, unknown>> = {},
) {
  switch (answered.outcome) {
    case 'saved':
      return { prediction, outcome: 'saved' as const, kind: answered.kind, label: answered.label };
    case 'already':
      if (answered.same) return { prediction, outcome: 'already' as const, label: answered.label };
      throw new Refusal('already-answered', {
        detail: c.get('say')(
          answered.label === null ? 'already-rejected' : 'already-saved',
          answered.label === null ? {} : { label: answered.label },
        ),
        members: { label: answered.label, ...members },
      });
    case 'unknown-label':
      throw new Refusal('unknown-label', { values: { label: answered.label, alphabet: answered.alphabet }, members });
    case 'too-many':
      throw new Refusal('too-many-verdicts', { retryAfterSeconds: answered.retryAfterSeconds, members });
    case 'unknown-prediction':
    case 'not-yours':
    case 'blocked':
    case 'agree-first':
    case 'not-agreed':
    case 'only-read':
      throw new Refusal(answered.outcome, { members });
  }
}
