// What concerns one member of a group is said to them alone, where Telegram can do that. Where it cannot (an older server says it for all to
// hear, a chat does not allow it), what was said is taken back, and the caller says it as ever.
import type { Api } from 'grammy';
import type { Message } from '../../src/chat/event.ts';
import { describe, isGone, movedTo } from './failures.ts';
import { say, type Said, type SayOptions, type Showing, type Spot } from './outgoing.ts';

/** Gives what stands now, for them alone; undefined where that cannot be. */
export type Whisper = (
  spot: Spot,
  to: { readonly user: number; readonly query?: string },
  message: Message,
  options?: SayOptions,
) => Promise<Said | undefined>;

export function makeWhisper({
  api,
  showing,
  unheard,
}: {
  readonly api: Api;
  readonly showing: Showing;
  readonly unheard: (because: string) => void;
}): Whisper {
  let known = true;
  return async (spot, to, message, options) => {
    // Several pictures are an album, and files may be many: they are said as ever.
    if (!known || (message.pictures ?? []).length > 1) return undefined;
    try {
      const said = await say(api, { ...spot, alone: to }, message, showing, options);
      if (said === undefined || said.alone !== undefined) return said;
      known = false;
      await api.deleteMessage(said.spot.chat, said.id);
      unheard('the server says for all what is meant for one');
    } catch (error) {
      if (isGone(error) || movedTo(error) !== undefined) throw error;
      unheard(describe(error));
    }
    return undefined;
  };
}
