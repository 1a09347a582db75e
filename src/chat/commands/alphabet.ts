// /alphabet: which alphabet a chat reads in.
import type { Recognition } from '../../recognition/outcomes.ts';
import type { Store } from '../../store/store.ts';
import { choice } from '../choice.ts';
import { edit, notice, reply, type Command, type Heard } from '../command.ts';
import { findAlphabet, unknownAlphabet, type FindableAlphabets } from '../find-alphabet.ts';
import { alphabetArgument } from './about-alphabet.ts';
import { mayChangeChat } from './of-the-chat.ts';

export function alphabetCommand(
  deps: FindableAlphabets & {
    readonly store: Pick<Store, 'chats'>;
    readonly recognition: Pick<Recognition, 'alphabetOf'>;
  },
): Command {
  function choose({ event, speaker, say }: Heard, wanted: string): string {
    const found = findAlphabet(deps, wanted);
    // One that was archived is read where it was chosen before, and chosen no more.
    if (found === undefined || !deps.alphabets().some(({ id }) => id === found.id)) {
      return unknownAlphabet(deps, wanted, say);
    }
    deps.store.chats.set(speaker.platform, event.chat.id, { alphabet: found.id });
    return say('alphabet-chosen', { alphabet: found.title });
  }
  return {
    name: 'alphabet',
    operatorsOnly: false,
    argument: alphabetArgument,
    async run(heard, rest) {
      const { event, speaker, say } = heard;
      if (rest !== '') return reply((await mayChangeChat(heard)) ? choose(heard, rest) : say('settings-not-admin'));
      const now = deps.recognition.alphabetOf(speaker.platform, event.chat);
      const keyboard = deps.alphabets().map(({ id, title }) => [choice(title, 'alphabet', id, id === now)]);
      return reply(say('alphabet-question', { alphabet: deps.alphabet(now)?.title ?? now }), { keyboard });
    },
    buttons: {
      alphabet: async (heard, value) =>
        (await mayChangeChat(heard)) ? edit(choose(heard, value)) : notice(heard.say('settings-not-admin')),
    },
  };
}
