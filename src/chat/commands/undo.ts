// /undo: the last answer of somebody in this chat is taken back.
import type { Recognition } from '../../recognition/outcomes.ts';
import type { Store } from '../../store/store.ts';
import { reply, type Command } from '../command.ts';

export const undoCommand = (deps: {
  readonly store: Pick<Store, 'verdicts'>;
  readonly recognition: Pick<Recognition, 'undoAll'>;
}): Command => ({
  name: 'undo',
  operatorsOnly: false,
  personal: true,
  async run({ event: { chat }, speaker, say }) {
    const last = deps.store.verdicts.lastBy(speaker.contributor.id, chat.id);
    if (last === undefined) return reply(say('nothing-to-undo'));
    // What was answered with one tap is taken back with one word.
    const undone = await deps.recognition.undoAll({ prediction: last.predictionId, speaker, chat, sameTap: true });
    if (undone.outcome !== 'undone' || undone.undone === 0) return reply(say('nothing-to-undo'));
    return reply(undone.undone === 1 ? say('undone') : say('several-undone', { count: undone.undone }));
  },
});
