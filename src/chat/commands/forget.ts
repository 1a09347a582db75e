// /forget: everything of somebody's is deleted, once they have said that they mean it.
import type { People } from '../../recognition/people.ts';
import type { Store } from '../../store/store.ts';
import { encodeButton } from '../buttons.ts';
import { edit, notice, reply, type Command } from '../command.ts';

export function forgetCommand(deps: {
  readonly store: Pick<Store, 'chats' | 'contributors'>;
  readonly people: Pick<People, 'keyHash' | 'meet' | 'speaksFor'>;
  /** Everything of a contributor's, in the database and in blobs. */
  readonly forget: (contributorId: number) => Promise<{ readonly samples: number; readonly predictions: number }>;
}): Command {
  const { store, people } = deps;
  const payload = (value: string): string => encodeButton({ do: 'choose', what: 'forget', value });
  return {
    name: 'forget',
    operatorsOnly: false,
    personal: true,
    run({ speaker, say }) {
      const samples = store.contributors.stats(speaker.contributor.id).reduce((sum, each) => sum + each.samples, 0);
      // The button names who asked, so that nobody in a group can press it for somebody else.
      const mine = people.keyHash(speaker).slice(0, 16);
      return reply(say('forget-question', { samples }), {
        keyboard: [
          [{ text: say('forget-yes'), role: 'danger', payload: payload(mine) }],
          [{ text: say('forget-no'), payload: payload(`no-${mine}`) }],
        ],
      });
    },
    buttons: {
      async forget({ event: { chat }, speaker, say }, value) {
        const [, no, whose] = /^(no-)?(.*)$/.exec(value) ?? [];
        const { platform } = speaker;
        // An admin who asked in the group's own name presses under their own.
        const asked = [speaker, people.meet({ platform, id: chat.id })].find(
          (each) => people.keyHash(each).slice(0, 16) === whose,
        );
        if (asked === undefined) return notice(say('not-yours'));
        const { id } = asked.contributor;
        if (asked !== speaker && !(await people.speaksFor(speaker, chat, id))) return notice(say('not-yours'));
        if (no !== undefined) return edit(say('forget-kept'));
        const { samples, predictions } = await deps.forget(id);
        if (asked === speaker) store.chats.forgetPerson(platform, speaker.id);
        if (chat.kind === 'private') store.chats.forget(platform, chat.id);
        return edit(say('forgotten', { samples, predictions }));
      },
    },
  };
}
