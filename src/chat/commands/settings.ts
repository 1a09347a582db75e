// /settings: who may answer, announcements here, and whether somebody is told of what they taught; changed by buttons.
import { hasBoth, onlys } from '../../alphabet/only.ts';
import type { Alphabet } from '../../alphabet/alphabet.ts';
import type { Recognition } from '../../recognition/outcomes.ts';
import type { Store } from '../../store/store.ts';
import type { Say } from '../../words/words.ts';
import { encodeButton } from '../buttons.ts';
import { choice } from '../choice.ts';
import { notice, type Command, type Heard } from '../command.ts';
import type { Button, Keyboard, Message, Reply } from '../event.ts';
import { mayChangeChat } from './of-the-chat.ts';

interface Deps {
  readonly store: Pick<Store, 'chats' | 'contributors' | 'hands'>;
  readonly recognition: Pick<Recognition, 'alphabetOf'>;
  readonly alphabet: (id: string) => Alphabet | undefined;
}

/** What this chat and this person have set. */
function settingsMessage(
  { store, recognition, alphabet }: Deps,
  { event, speaker, say }: Heard,
  silenced: boolean,
): Message {
  const ownHand = store.hands.isOn(speaker.contributor.id);
  const settings = store.chats.get(event.person.platform, event.chat.id);
  const announcing = settings.announceTo !== null;
  const group = event.chat.kind === 'group';
  const read = alphabet(recognition.alphabetOf(event.person.platform, event.chat));
  const only: Keyboard =
    read === undefined || !hasBoth(read)
      ? []
      : [
          ([null, ...onlys] as const).map((each) =>
            choice(say(`only-${each ?? 'both'}`), 'only', each ?? 'both', settings.only === each),
          ),
        ];
  const who: Keyboard = group
    ? (['asker', 'anyone', 'admins'] as const).map((each) => [
        choice(say(`answering-${each}`), 'answering', each, settings.whoMayAnswer === each),
      ])
    : [];
  return {
    text: say(group ? 'settings-question' : 'settings-group-only'),
    keyboard: [
      ...who,
      ...only,
      [
        choice(say('announce-on'), 'announce', 'on', announcing),
        choice(say('announce-off'), 'announce', 'off', !announcing),
      ],
      [choice(say('silence-off'), 'silence', 'off', !silenced), choice(say('silence-on'), 'silence', 'on', silenced)],
      [choice(say('hand-on'), 'hand', 'on', ownHand), choice(say('hand-off'), 'hand', 'off', !ownHand)],
    ],
  };
}

/** Under what somebody is told of what they taught: no more of that, please. */
export function hushButton(say: Say): Button {
  return { text: say('silence-on'), payload: encodeButton({ do: 'choose', what: 'silence', value: 'hush' }) };
}

export function settingsCommand(deps: Deps): Command {
  const { store } = deps;
  const changed = (heard: Heard, silenced = heard.speaker.contributor.silenced): readonly Reply[] => [
    { kind: 'edit', message: settingsMessage(deps, heard, silenced) },
    { kind: 'notice', text: heard.say('settings-saved') },
  ];
  const byAdmins =
    (change: (heard: Heard, value: string) => readonly Reply[]) =>
    async (heard: Heard, value: string): Promise<readonly Reply[]> => {
      const may = await mayChangeChat(heard);
      return may ? change(heard, value) : notice(heard.say('settings-not-admin'));
    };
  return {
    name: 'settings',
    operatorsOnly: false,
    run: (heard) => [{ kind: 'message', message: settingsMessage(deps, heard, heard.speaker.contributor.silenced) }],
    buttons: {
      announce: byAdmins((heard, value) => {
        const { event, speaker, language } = heard;
        const announceTo = value === 'on' ? event.address : null;
        const person = event.chat.kind === 'private' ? speaker.id : null;
        store.chats.set(speaker.platform, event.chat.id, { announceTo, language, person });
        return changed(heard);
      }),
      answering: byAdmins((heard, value) => {
        if (value !== 'asker' && value !== 'anyone' && value !== 'admins') return notice(heard.say('unknown-button'));
        store.chats.set(heard.speaker.platform, heard.event.chat.id, { whoMayAnswer: value });
        return changed(heard);
      }),
      only: byAdmins((heard, value) => {
        const only = onlys.find((each) => each === value) ?? null;
        store.chats.set(heard.speaker.platform, heard.event.chat.id, { only });
        return changed(heard);
      }),
      hand(heard, value) {
        store.hands.setOn(heard.speaker.contributor.id, value !== 'off');
        return changed(heard);
      },
      silence(heard, value) {
        const silenced = value !== 'off';
        store.contributors.setSilenced(heard.speaker.contributor.id, silenced);
        // The announcement stays as it is: it is somebody's picture.
        return value === 'hush' ? notice(heard.say('silenced')) : changed(heard, silenced);
      },
    },
  };
}
