// The message under one character: what was read, and what stands there once it was answered. Pure.
import { labelById, type Alphabet } from '../alphabet/alphabet.ts';
import type { Candidate, Prediction } from '../recognition/outcomes.ts';
import { kindOfGlyph } from '../glyph/kind.ts';
import { sayOf, type Say } from '../words/words.ts';
import { confidenceOf } from './confidence.ts';
import type { Message } from './event.ts';
import { answerKeyboard, undoKeyboard } from './keyboards.ts';

/** A prediction as it is asked about; `within`: one of several in its photo, to which the message returns. */
export type Question = Prediction & { readonly within?: true };

/** What was read, and the buttons. */
export function questionMessage(prediction: Question, alphabet: Alphabet | undefined, say: Say, before = ''): Message {
  const onlyRead = prediction.onlyRead === true;
  return {
    text:
      before +
      questionText(prediction, alphabet, say) +
      (prediction.fromHand === true ? `\n${sayOf(say, kindOfGlyph(prediction.glyph).id)('answer-from-hand')}` : '') +
      (onlyRead ? `\n${say('only-read')}` : ''),
    ...(alphabet === undefined || onlyRead ? {} : { keyboard: answerKeyboard(prediction, alphabet, say) }),
  };
}

function questionText(prediction: Prediction, alphabet: Alphabet | undefined, say: Say): string {
  const title = alphabet?.title ?? prediction.alphabet;
  const sayItsWay = sayOf(say, kindOfGlyph(prediction.glyph).id);
  const confidence = confidenceOf(prediction, alphabet);
  switch (confidence.kind) {
    case 'nothing-learnt':
      return sayItsWay('answer-no-model', { alphabet: title });
    case 'lost':
      return sayItsWay('answer-lost', { alphabet: title });
    case 'sure': {
      const { label, probability } = confidence.best;
      return say('answer-sure', { label, percent: percentOf(probability) });
    }
    case 'unsure':
      if (confidence.alone) {
        const [{ label, probability }] = confidence.between;
        return say('answer-unsure-one', { first: label, percent: percentOf(probability) });
      }
      return unsureText(prediction, confidence.between, alphabet, say);
  }
}

function unsureText(
  { cased }: Prediction,
  [first, second, third]: readonly [Candidate, Candidate, ...Candidate[]],
  alphabet: Alphabet | undefined,
  say: Say,
): string {
  const labels = { first: first.label, second: second.label };
  if (third !== undefined) return say('answer-unsure-three', { ...labels, third: third.label });
  const asked = {
    ...labels,
    firstPercent: percentOf(first.probability),
    secondPercent: percentOf(second.probability),
  };
  const identities = [first, second].map(({ labelId }) => alphabet && labelById(alphabet, labelId)?.identity);
  // Of two cases of one letter the letter itself is less in doubt than either.
  if (cased !== undefined && identities.every((identity) => identity === cased.identity))
    return say('answer-case', { ...asked, letter: cased.identity, percent: percentOf(cased.probability) });
  return say('answer-unsure', asked);
}

/** What stands there after an answer: what was saved, and how to take it back. */
export function savedMessage(
  prediction: Question,
  kind: 'confirm' | 'correct' | 'reject',
  label: string | null,
  say: Say,
): Message {
  // Where nothing was guessed, nothing was corrected.
  const how = prediction.candidates.length === 0 ? 'confirm' : kind;
  return {
    text:
      label === null ? sayOf(say, kindOfGlyph(prediction.glyph).id)('saved-reject') : say(`saved-${how}`, { label }),
    keyboard: undoKeyboard(prediction, say),
  };
}

/** Whole percent for people; never 100, since nothing read by a machine is certain. */
export function percentOf(probability: number): number {
  return Math.min(99, Math.round(probability * 100));
}
