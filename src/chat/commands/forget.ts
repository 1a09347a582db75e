// /forget: everything of somebody's is deleted, once they have said that they mean it.
import type { People } from '../../recognition/people.ts';
import type { Store } from '../../store/store.ts';
import { encodeButton } from '../buttons.ts';
import { edit, notice, type Command, type Heard } from '../command.ts';
import type { Message } from '../event.ts';

/** Whether they mean it. */
export function forgetQuestion(
  deps: { readonly store: Pick<Store, 'contributors'>; readonly people: Pick<People, 'keyHash'> },
  { speaker, say }: Heard,
): Message {
  const payload = (value: string): string => encodeButton({ do: 'choose', what: 'forget', value });
  const samples = deps.store.contributors.stats(speaker.contributor.id).reduce((sum, each) => sum + each.samples, 0);
  // The button names who asked, so that nobody in a group can press it for somebody else.
  const mine = deps.people.keyHash(speaker).slice(0, 16);
  return {
    text: say('forget-question', { samples }),
    keyboard: [
      [{ text: say('forget-yes'), role: 'danger', payload: payload(mine) }],
      [{ text: say('forget-no'), payload: payload(`no-${mine}`) }],
    ],
  };
}

export function forgetCommand(deps: {
  readonly store: Pick<Store, 'chats' | 'contributors'>;
  readonly people: Pick<People, 'keyHash' | 'meet' | 'speaksFor'>;
  /** Everything of a contributor's, in the database and in blobs. */
  readonly forget: (contributorId: number) => Promise<{ readonly samples: number; readonly predictions: number }>;
}): Command {
  const { store, people } = deps;
  return {
    name: 'forget',
    operatorsOnly: false,
    personal: true,
    run: (heard) => [{ kind: 'message', message: forgetQuestion(deps, heard) }],
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
