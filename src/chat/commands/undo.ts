// /undo: the last answer of somebody in this chat is taken back, and the message of its photo asks again.
import { labelById } from '../../alphabet/alphabet.ts';
import type { Recognition } from '../../recognition/outcomes.ts';
import type { Store } from '../../store/store.ts';
import type { Answering } from '../answering.ts';
import { reply, type Command } from '../command.ts';
import type { Reply } from '../event.ts';

export const undoCommand = (deps: {
  readonly store: Pick<Store, 'verdicts' | 'predictions'>;
  readonly recognition: Pick<Recognition, 'undoAll'>;
  readonly answering: Pick<Answering, 'elsewhere' | 'sign'>;
}): Command => ({
  name: 'undo',
  operatorsOnly: false,
  personal: true,
  async run(heard) {
    const { event, speaker, say } = heard;
    const { chat } = event;
    const last = deps.store.verdicts.lastBy(speaker.contributor.id, chat.id);
    if (last === undefined) return reply(say('nothing-to-undo'));
    const { predictionId: prediction, labelId } = last;
    // What was answered with one tap is taken back with one word.
    const undone = await deps.recognition.undoAll({ prediction, speaker, chat, sameTap: true });
    if (undone.outcome !== 'undone' || undone.undone === 0) return reply(say('nothing-to-undo'));
    const label = labelId === null ? say('button-reject') : (labelById(undone.alphabet, labelId)?.text ?? '?');
    const text = undone.undone === 1 ? say('undone-label', { label }) : say('several-undone', { count: undone.undone });
    const to = deps.store.predictions.address(prediction);
    const said: Reply = { kind: 'message', message: { text }, ...(to === null ? {} : { to }) };
    const others = await deps.answering.elsewhere(heard, prediction, 'whole');
    return [said, ...others, ...(await deps.answering.sign(heard, prediction, false))];
  },
});
