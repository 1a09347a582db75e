// Who may change what a whole chat has chosen: in private whoever is there, in a group its admins and our operators.
import type { Heard } from '../command.ts';

export async function mayChangeChat({ event: { chat }, speaker }: Heard): Promise<boolean> {
  return chat.kind === 'private' || speaker.isOperator || (await chat.isChatAdmin());
}
