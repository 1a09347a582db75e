// A message of ours said anew, by what it is known by: in a chat of ours, or where we were a guest.
import type { Api } from 'grammy';
import type { Message } from '../../src/chat/event.ts';
import type { ReplyAddress } from '../../src/records/address.ts';
import { reviseGuest } from './guest-answer.ts';
import { revise, saidOf, type Showing } from './outgoing.ts';

/** 'lost': it is not there any more. */
export type SayAnew = (handle: ReplyAddress, message: Message) => Promise<'edited' | 'lost'>;

export const makeSayAnew =
  (api: Api, showing: Showing): SayAnew =>
  async (handle, message) => {
    const { inline } = handle;
    if (typeof inline === 'string') return reviseGuest(api, inline, message);
    const said = saidOf(handle);
    // In a supergroup that a group became, its messages have other numbers.
    return said !== undefined && (await revise(api, said, message, showing)) === 'edited' ? 'edited' : 'lost';
  };
