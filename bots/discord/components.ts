// A keyboard as Discord's components: rows of buttons while they fit, else selects; what is pressed carries exactly the payload.
import {
  ButtonStyle,
  ComponentType,
  type APIActionRowComponent,
  type APIComponentInMessageActionRow,
} from 'discord.js';
import { decodeButton, laidOut } from '../../src/chat/buttons.ts';
import type { Button, Keyboard } from '../../src/chat/event.ts';
import { rowsOf } from '../../src/chat/rows.ts';
import { cut } from '../shared/text.ts';

const ROWS = 5;
const BUTTONS_IN_ROW = 5;
const OPTIONS = 25;

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

const styles = {
  primary: ButtonStyle.Primary,
  secondary: ButtonStyle.Secondary,
  danger: ButtonStyle.Danger,
} as const;

/**
 * The components of a keyboard. Rows wider than five are folded; when that makes more than five rows, all but a last row
 * that fits (undo, back, …) become selects of up to 25 options; of a list to choose from, which has no such row, all do. A
 * payload that stands there twice is shown once.
 * Throws RangeError above 125 choices: recognition pages long alphabets.
 */
export function componentsOf(keyboard: Keyboard): Row[] {
  const seen = new Set<string>();
  const rows = keyboard
    .map((row) => row.filter(({ payload }) => !seen.has(payload) && seen.add(payload)))
    .filter((row) => row.length > 0);
  const folded = rows.flatMap((row) => rowsOf(row, BUTTONS_IN_ROW));
  if (folded.length <= ROWS) return folded.map(buttonRow);
  const last = rows.at(-1) ?? [];
  const isList = last.every(({ payload }) => decodeButton(payload)?.do === 'choose');
  const keepsLast = !isList && last.length <= BUTTONS_IN_ROW;
  const choices = (keepsLast ? rows.slice(0, -1) : rows).flat();
  const selects = rowsOf(choices, OPTIONS).map(selectRow);
  const all = keepsLast ? [...selects, buttonRow(last)] : selects;
  if (all.length > ROWS) throw new RangeError(`a Discord message cannot hold ${choices.length} choices`);
  return all;
}

function buttonRow(buttons: readonly Button[]): Row {
  return {
    type: ComponentType.ActionRow,
    components: laidOut(buttons).map(({ text, payload, role = 'secondary' }) => ({
      type: ComponentType.Button,
      style: styles[role],
      label: cut(text, 80),
      custom_id: payload,
    })),
  };
}

function selectRow(choices: readonly Button[], index: number): Row {
  const [first, last] = [choices[0]?.text ?? '', choices.at(-1)?.text ?? ''];
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        // Only tells the selects of one message apart: what is meant stands in the option's value.
        custom_id: `select:${index}`,
        placeholder: cut(first === last ? first : `${first} … ${last}`, 150),
        options: choices.map(({ text, name, payload }) => ({
          label: cut(text, 100),
          value: payload,
          ...(name === undefined || name === text ? {} : { description: cut(name, 100) }),
        })),
      },
    ],
  };
}
