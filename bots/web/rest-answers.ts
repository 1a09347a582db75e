// What came of a photo or of a verdict, as the REST door says it; and as a refusal where nothing did.
import type { Answered, AnsweredAll, Prediction, Recognised, RecognisedStack } from '../../src/recognition/outcomes.ts';
import { type Call, Refusal } from './context.ts';

export function unreadable(c: Call, because: Unread): Refusal {
  return new Refusal('unreadable', { detail: c.get('say')(`unreadable-${because}`), members: { because } });
}

type Unread = Extract<Recognised, { outcome: 'unreadable' }>['because'];

/** A stack's pages as one answer; throws the refusal where none of them could be read. */
export function stacked(c: Call, read: RecognisedStack) {
  if (read.outcome === 'busy') throw new Refusal('busy', read);
  if (read.outcome === 'unreadable') throw unreadable(c, read.because);
  const predictions = read.pages.flatMap(({ recognised }) =>
    recognised.outcome === 'predictions' ? recognised.predictions.map(shown) : [],
  );
  const reasons = read.pages.flatMap(({ recognised }) =>
    recognised.outcome === 'unreadable' ? [recognised.because] : [],
  );
  if (predictions.length === 0) {
    const busy = read.pages.find(({ recognised }) => recognised.outcome === 'busy')?.recognised;
    if (busy?.outcome === 'busy') throw new Refusal('busy', busy);
    throw unreadable(c, reasons.find((because) => because.startsWith('sheet-')) ?? 'pdf-no-sheets');
  }
  const pages = read.pages.map(({ page, recognised }) => ({
    page,
    predictions: recognised.outcome === 'predictions' ? recognised.predictions.map(({ id }) => id) : [],
    ...(recognised.outcome !== 'predictions' && {
      because: recognised.outcome === 'unreadable' ? recognised.because : recognised.outcome,
    }),
  }));
  return { predictions, pages };
}

export function shown(prediction: Prediction) {
  const { id, box, place, line, outcome, alphabet, modelVersion, candidates, cased, fromHand, expected } = prediction;
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
    ...(expected && { expected: expected.label }),
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
