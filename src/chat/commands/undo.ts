// /undo: the last answer of somebody in this chat is taken back.
import type { Recognition } from '../../recognition/outcomes.ts';
import type { Store } from '../../store/store.ts';
import { reply, type Command } from '../command.ts';

export const undoCommand = (deps: {
  readonly store: Pick<Store, 'verdicts'>;
  readonly recognition: Pick<Recognition, 'undo'>;
}): Command => ({
  name: 'undo',
  operatorsOnly: false,
  async run({ event: { chat }, speaker, say }) {
    const last = deps.store.verdicts.lastBy(speaker.contributor.id, chat.id);
    if (last === undefined) return reply(say('nothing-to-undo'));
    const undone = await deps.recognition.undo({ prediction: last.predictionId, speaker, chat });
    return reply(say(undone.outcome === 'undone' ? 'undone' : 'nothing-to-undo'));
  },
});
