// /language: a person's choice goes with them everywhere; what they are told unasked in their own chat follows it.
import type { Store } from '../../store/store.ts';
import { isLanguage, languages, sayIn, type Language } from '../../words/words.ts';
import { choice } from '../choice.ts';
import { edit, reply, textArgument, type Command, type Heard } from '../command.ts';

const nameOf = (language: Language): string => sayIn(language)('language-name');

export function languageCommand({ store }: { readonly store: Pick<Store, 'chats' | 'contributors'> }): Command {
  function choose({ event: { chat }, speaker, say }: Heard, wanted: string): string {
    const named = languages.find((each) => nameOf(each).toLowerCase() === wanted);
    const language = named ?? wanted;
    if (!isLanguage(language)) return say('language-unknown', { language: wanted, known: languages.join(', ') });
    store.contributors.setLanguage(speaker.contributor.id, language);
    if (chat.kind === 'private') store.chats.set(speaker.platform, chat.id, { language });
    return sayIn(language)('language-chosen');
  }
  return {
    name: 'language',
    operatorsOnly: false,
    personal: true,
    argument: textArgument,
    run(heard, rest) {
      if (rest !== '') return reply(choose(heard, rest.toLowerCase()));
      const keyboard = languages.map((each) => [choice(nameOf(each), 'language', each, each === heard.language)]);
      return reply(heard.say('language-question'), { keyboard });
    },
    buttons: { language: (heard, value) => edit(choose(heard, value)) },
  };
}
