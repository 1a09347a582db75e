// A button that chooses among several, with a mark at what is chosen now.
import { encodeButton, type ChooseWhat } from './buttons.ts';
import type { Button } from './event.ts';

export const choice = (text: string, what: ChooseWhat, value: string, chosen: boolean): Button => ({
  text: chosen ? `✓ ${text}` : text,
  payload: encodeButton({ do: 'choose', what, value }),
  role: chosen ? 'primary' : 'secondary',
});
