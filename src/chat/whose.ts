// Which platform said a message: the one that people are known from, or the page, which speaks to people of other platforms as well.
import type { ReplyAddress } from '../records/address.ts';
import type { ChatPlatform } from './event.ts';

/** `name`: the platform of the person whom it was said to. */
export const platformOf = <Platform extends Pick<ChatPlatform, 'name' | 'holds'>>(
  platforms: readonly Platform[],
  name: string,
  message: ReplyAddress,
): Platform | undefined =>
  platforms.find((each) => each.holds?.(message) === true) ?? platforms.find((each) => each.name === name);
