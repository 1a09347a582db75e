// What Discord refuses, by its codes: which of it is everyday, which means that a chat is gone.
import { DiscordAPIError, DiscordjsError, HTTPError, RESTJSONErrorCodes as Codes } from 'discord.js';

export function codeOf(error: unknown): number | string | undefined {
  return error instanceof DiscordAPIError || error instanceof DiscordjsError ? error.code : undefined;
}

/**
 * An error as it may stand in the log. The library's own carry the address, which holds an interaction's token, and all
 * that was sent.
 */
export function forLog(error: unknown): object {
  if (!(error instanceof DiscordAPIError) && !(error instanceof HTTPError)) return { err: error };
  const { message, status, method } = error;
  return { because: message, code: codeOf(error), status, method };
}

/** The interaction is not known any more (too late), or somebody else has answered it. */
export function isInteractionLost(error: unknown): boolean {
  const code = codeOf(error);
  return code === Codes.UnknownInteraction || code === Codes.InteractionHasAlreadyBeenAcknowledged;
}

export const isAlreadyAcknowledged = (error: unknown): boolean =>
  codeOf(error) === Codes.InteractionHasAlreadyBeenAcknowledged;

export const isUnknownMessage = (error: unknown): boolean => codeOf(error) === Codes.UnknownMessage;

/** The token's quarter of an hour is over. */
export function isTokenOver(error: unknown): boolean {
  const code = codeOf(error);
  return code === Codes.InvalidWebhookToken || code === Codes.UnknownWebhook;
}

/** We may not write (or look) here. */
export function isForbidden(error: unknown): boolean {
  const code = codeOf(error);
  return code === Codes.MissingPermissions || code === Codes.MissingAccess;
}

export const isTooLarge = (error: unknown): boolean =>
  codeOf(error) === Codes.RequestEntityTooLarge || (error instanceof DiscordAPIError && error.status === 413);

const gone: readonly (number | string)[] = [
  Codes.UnknownChannel,
  Codes.UnknownGuild,
  Codes.UnknownUser,
  Codes.MissingAccess,
  Codes.MissingPermissions,
  Codes.CannotSendMessagesToThisUser,
  Codes.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds,
];

/** The chat is no longer there for us: deleted, blocked, or we were thrown out. */
export function isGone(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && gone.includes(code);
}

/** The connection broke: whether the call took effect is not known. */
export class NetworkBroke extends Error {
  override readonly name = 'NetworkBroke';
}
