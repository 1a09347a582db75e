// A stored prediction in words: what is asserted, and what is asked.
import { casedOf, joined, labelById, type Alphabet } from '../alphabet/alphabet.ts';
import type { StoredPrediction } from '../store/predictions.ts';
import type { Prediction } from './outcomes.ts';

export function predictionOf(stored: StoredPrediction, alphabet: Alphabet): Prediction {
  const candidates = joined(alphabet, stored.candidates).flatMap(({ labelId, probability }) => {
    const label = labelById(alphabet, labelId);
    return label === undefined ? [] : [{ labelId, label: label.text, probability }];
  });
  const expected = stored.expected == null ? undefined : labelById(alphabet, stored.expected);
  const cased = casedOf(alphabet, stored.candidates);
  return {
    id: stored.id,
    photo: stored.photoId,
    place: stored.place,
    line: stored.line,
    ...(stored.picture != null && { picture: stored.picture }),
    alphabet: stored.alphabet,
    modelVersion: stored.versionId,
    box: stored.box,
    glyph: stored.glyph,
    candidates,
    ...(cased && { cased }),
    ...(expected && { expected: { labelId: expected.id, label: expected.text } }),
    ...(stored.author === '' && { onlyRead: true }),
    ...(isFromHand(stored) && { fromHand: true }),
    outcome: candidates.length === 0 ? 'no-model' : stored.outcome,
  };
}

/** Whether another label is asserted or asked for than the champion's. */
function isFromHand({ alone, candidates, outcome }: StoredPrediction): boolean {
  if (alone == null || outcome === 'not-a-character') return false;
  return alone.outcome === 'not-a-character' || alone.candidates[0]?.labelId !== candidates[0]?.labelId;
}
