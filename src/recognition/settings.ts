// What a person or a chat can choose: alphabet, language, who may answer, announcements; by command or by button.
import type { Alphabet } from '../alphabet/alphabet.ts';
import type { Store } from '../store/store.ts';
import { isLanguage, languageNames, languages, sayIn, type Say } from '../words/words.ts';
import { encodeButton, type ChooseWhat } from './buttons.ts';
import type { Button, Keyboard, Message, Reply } from './chat.ts';
import { alphabetArgument, reply, type Command, type Heard } from './command.ts';
import { findAlphabet } from './find-alphabet.ts';
import type { People } from './people.ts';
import type { Recognition } from './recognition.ts';

/** A press on a button that chooses something. */
export type Choose = (heard: Heard, what: ChooseWhat, value: string) => Promise<readonly Reply[]>;

interface Deps {
  readonly store: Pick<Store, 'chats' | 'contributors'>;
  readonly people: People;
  readonly recognition: Recognition;
  readonly alphabet: (id: string) => Alphabet | undefined;
  readonly alphabets: () => readonly Alphabet[];
}

const button = (text: string, what: ChooseWhat, value: string, chosen: boolean): Button => ({
  text: chosen ? `✓ ${text}` : text,
  payload: encodeButton({ do: 'choose', what, value }),
  role: chosen ? 'primary' : 'secondary',
});

export function settingsCommands(deps: Deps): readonly Command[] {
  const { recognition } = deps;
  return [
    {
      name: 'alphabet',
      operatorsOnly: false,
      argument: alphabetArgument,
      run(heard, rest) {
        const { event, say } = heard;
        const now = recognition.alphabetOf(event.person, event.chat);
        if (rest !== '') return [{ kind: 'message', message: { text: setAlphabet(deps, heard, rest) } }];
        const buttons = deps.alphabets().map(({ id, title }) => [button(title, 'alphabet', id, id === now)]);
        return reply(say('alphabet-question', { alphabet: deps.alphabet(now)?.title ?? now }), { keyboard: buttons });
      },
    },
    {
      name: 'language',
      operatorsOnly: false,
      argument: { name: 'command-argument-text', description: 'command-argument-text-description' },
      run(heard, rest) {
        if (rest !== '') return reply(setLanguage(deps, heard, rest.toLowerCase()));
        const keyboard = languages.map((each) => [
          button(languageNames[each], 'language', each, each === heard.language),
        ]);
        return reply(heard.say('language-question'), { keyboard });
      },
    },
    {
      name: 'settings',
      operatorsOnly: false,
      run(heard) {
        return [{ kind: 'message', message: settingsMessage(deps, heard) }];
      },
    },
  ];
}

/** What this chat and this person have set, to be changed by buttons. */
function settingsMessage({ store, people }: Deps, { event, say }: Heard): Message {
  const settings = store.chats.get(event.person.platform, event.chat.id);
  const { silenced } = people.contributor(event.person);
  const announcing = settings.announceTo !== null;
  const group = event.chat.kind === 'group';
  const who: Keyboard = group
    ? (['asker', 'anyone', 'admins'] as const).map((each) => [
        button(say(`answering-${each}`), 'answering', each, settings.whoMayAnswer === each),
      ])
    : [];
  return {
    text: say(group ? 'settings-question' : 'settings-group-only'),
    keyboard: [
      ...who,
      [
        button(say('announce-on'), 'announce', 'on', announcing),
        button(say('announce-off'), 'announce', 'off', !announcing),
      ],
      [button(say('silence-off'), 'silence', 'off', !silenced), button(say('silence-on'), 'silence', 'on', silenced)],
    ],
  };
}

/** Under what somebody is told of what they taught: no more of that, please. */
export function hushButton(say: Say): Button {
  return { text: say('silence-on'), payload: encodeButton({ do: 'choose', what: 'silence', value: 'hush' }) };
}

/** What the buttons of the commands above do; `forget` and operators' choices are handed on. */
export function makeChoose(
  deps: Deps,
  others: Partial<Record<ChooseWhat, (heard: Heard, value: string) => Promise<readonly Reply[]>>>,
): Choose {
  const { store, people } = deps;
  return async (heard, what, value) => {
    const { event, say } = heard;
    const { person, chat } = event;
    const edit = (text: string): readonly Reply[] => [{ kind: 'edit', message: { text } }];
    const changed = (by: Heard): readonly Reply[] => [
      { kind: 'edit', message: settingsMessage(deps, by) },
      { kind: 'notice', text: say('settings-saved') },
    ];
    switch (what) {
      case 'alphabet':
        return edit(setAlphabet(deps, heard, value));
      case 'language':
        return edit(setLanguage(deps, heard, value));
      case 'answering':
      case 'announce': {
        if (chat.kind === 'group' && !(await chat.isChatAdmin()) && !people.isOperator(person)) {
          return [{ kind: 'notice', text: say('settings-not-admin') }];
        }
        if (what === 'announce') {
          const announceTo = value === 'on' ? event.address : null;
          const whose = chat.kind === 'private' ? person.id : null;
          store.chats.set(person.platform, chat.id, { announceTo, language: heard.language, person: whose });
          return changed(heard);
        }
        if (value !== 'asker' && value !== 'anyone' && value !== 'admins') break;
        store.chats.set(person.platform, chat.id, { whoMayAnswer: value });
        return changed(heard);
      }
      case 'silence':
        store.contributors.setSilenced(people.contributor(person).id, value !== 'off');
        // The announcement stays as it is: it is somebody's picture.
        return value === 'hush' ? [{ kind: 'notice', text: say('silenced') }] : changed(heard);
      case 'forget':
      case 'rollback':
      case 'withdraw': {
        const other = others[what];
        if (other !== undefined) return other(heard, value);
        break;
      }
    }
    return [{ kind: 'notice', text: say('unknown-button') }];
  };
}

function setAlphabet(deps: Deps, { event, say }: Heard, wanted: string): string {
  const found = findAlphabet(deps, wanted);
  const known = deps.alphabets().map(({ id }) => id);
  // One that was archived is read where it was chosen before, and chosen no more.
  if (found === undefined || !known.includes(found.id)) {
    return say('alphabet-unknown', { alphabet: wanted, known: known.join(', ') });
  }
  deps.store.chats.set(event.person.platform, event.chat.id, { alphabet: found.id });
  return say('alphabet-chosen', { alphabet: found.title });
}

/** A person's choice goes with them everywhere; what they are told unasked in their own chat follows it. */
function setLanguage(deps: Deps, { event: { person, chat }, say }: Heard, wanted: string): string {
  const named = languages.find((each) => languageNames[each].toLowerCase() === wanted);
  const language = named ?? wanted;
  if (!isLanguage(language)) return say('language-unknown', { language: wanted, known: languages.join(', ') });
  deps.store.contributors.setLanguage(deps.people.contributor(person).id, language);
  if (chat.kind === 'private') deps.store.chats.set(person.platform, chat.id, { language });
  return sayIn(language)('language-chosen');
}
