// Keeps what people answer about one character or all of a photo, and says what came of it, or why nothing did.
import type { Answered, Photo, Recognition } from '../recognition/outcomes.ts';
import type { Say } from '../words/words.ts';
import type { Agreeing, Unagreed } from './agreeing.ts';
import type { Heard } from './command.ts';
import type { Message } from './event.ts';
import type { FindableAlphabets } from './find-alphabet.ts';
import { notALabel } from './not-a-label.ts';
import { savedMessage } from './question.ts';

export interface Keeping {
  /** What stands in the message of one character once it was answered, or the sentence why it was not. */
  after(answered: Answered, say: Say): { readonly message?: Message; readonly notice?: string };
  /** Everything that is not answered yet, as it was read or as the line was written down. */
  everything(
    heard: Heard,
    prediction: string,
    line?: string,
  ): Promise<
    { readonly photo: Photo; readonly said: string } | { readonly notice: string } | { readonly ask: Unagreed }
  >;
}

export function makeKeeping(
  deps: FindableAlphabets & {
    readonly recognition: Pick<Recognition, 'answerAll'>;
    readonly agreeing: Pick<Agreeing, 'message'>;
  },
): Keeping {
  const tooMany = (seconds: number, say: Say): string => say('too-many-verdicts', { minutes: Math.ceil(seconds / 60) });

  return {
    after(answered, say) {
      switch (answered.outcome) {
        case 'saved':
          return { message: savedMessage(answered.prediction, answered.kind, answered.label, say) };
        case 'already': {
          const { prediction, label } = answered;
          const kind = label === null ? 'reject' : label === prediction.candidates[0]?.label ? 'confirm' : 'correct';
          return {
            message: savedMessage(prediction, kind, label, say),
            notice: label === null ? say('already-rejected') : say('already-saved', { label }),
          };
        }
        case 'unknown-label':
          return { notice: notALabel(answered.label, answered.alphabet, deps, say) };
        case 'too-many':
          return { notice: tooMany(answered.retryAfterSeconds, say) };
        case 'agree-first': {
          const { prediction, labelId, whose } = answered;
          const answer = labelId === null ? 'reject' : { labelId };
          return { message: deps.agreeing.message({ prediction: prediction.id, answer, whose }, say) };
        }
        case 'unknown-prediction':
        case 'not-yours':
        case 'blocked':
        case 'not-agreed':
        case 'only-read':
          return { notice: say(answered.outcome) };
      }
    },
    async everything({ event, speaker, say }, prediction, line) {
      const text = line === undefined ? {} : { text: line };
      const done = await deps.recognition.answerAll({ prediction, speaker, chat: event.chat, ...text });
      if (done.outcome === 'unknown-label') return { notice: notALabel(done.label, done.alphabet, deps, say) };
      if (done.outcome === 'agree-first')
        return { ask: { prediction, whose: done.whose, answer: line === undefined ? 'all' : { line } } };
      if (done.outcome !== 'answered') return { notice: say(done.outcome) };
      const { saved, retryAfterSeconds } = done;
      const said = [
        saved === 0 ? say('several-none-saved') : say('several-saved', { saved }),
        ...(retryAfterSeconds === undefined ? [] : [tooMany(retryAfterSeconds, say)]),
      ];
      return { photo: done, said: said.join(' ') };
    },
  };
}
