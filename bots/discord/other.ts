// "other…" of an alphabet with more labels than stand side by side: a window to write the label in. Left empty, it leads to the list.
import { ComponentType, TextInputStyle, type APIModalInteractionResponseCallbackData } from 'discord.js';
import { decodeButton } from '../../src/chat/buttons.ts';
import type { Say } from '../../src/words/words.ts';
import { cut } from '../shared/text.ts';

const FIELD = 'label';
/** What tells the window from a button: then comes the button's payload. */
const PREFIX = 'other:';
const [TITLE, NAME, HELP, LONGEST] = [45, 45, 100, 100];

/** The window; it has to be the first answer to the press. */
export function otherWindow(payload: string, say: Say): APIModalInteractionResponseCallbackData {
  return {
    custom_id: `${PREFIX}${payload}`,
    title: cut(say('discord-other'), TITLE),
    components: [
      {
        type: ComponentType.Label,
        label: cut(say('discord-other-field'), NAME),
        description: cut(say('discord-other-help'), HELP),
        component: {
          type: ComponentType.TextInput,
          custom_id: FIELD,
          style: TextInputStyle.Short,
          required: false,
          max_length: LONGEST,
        },
      },
    ],
  };
}

/** The prediction that a press on "other…" is about; undefined for any other press. */
export function otherOf(payload: string): string | undefined {
  const action = decodeButton(payload);
  return action?.do === 'rows' && action.page === 0 ? action.prediction : undefined;
}

/** What was written into the window, and where; undefined for a window that is not ours. */
export function writtenIn(window: {
  readonly customId: string;
  readonly fields: { getTextInputValue(name: string): string };
}): { readonly payload: string; readonly prediction: string; readonly text: string } | undefined {
  if (!window.customId.startsWith(PREFIX)) return undefined;
  const payload = window.customId.slice(PREFIX.length);
  const prediction = otherOf(payload);
  return prediction === undefined
    ? undefined
    : { payload, prediction, text: window.fields.getTextInputValue(FIELD).trim() };
}
