// What a failed call to Telegram means for us, read once: Telegram says most of it only in English sentences.
import { GrammyError, HttpError } from 'grammy';

/** The token is wrong or was revoked; the real server says 404 to a token of the wrong shape. */
export function isRefusedToken(error: unknown): boolean {
  return (
    error instanceof GrammyError && (error.error_code === 401 || (error.error_code === 404 && error.method === 'getMe'))
  );
}

/** Telegram said no; everything else (a broken connection, a server that is unwell) may be otherwise in a moment. */
export function isRefusal(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code >= 400 && error.error_code < 500 && error.error_code !== 429;
}

/** A Bot API server that is older than the method. */
export function isUnknownMethod(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 404;
}

/** Another process polls with our token, or a webhook was set behind our back. */
export function isConflict(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 409;
}

const gone =
  /chat not found|PEER_ID_INVALID|user is deactivated|message thread not found|TOPIC_(CLOSED|DELETED)|CHAT_WRITE_FORBIDDEN|not enough rights to send/i;
/** A chat may forbid photos or files and bear words. */
const onlyMedia = /not enough rights to send (photos|documents|videos|media)|CHAT_SEND_(MEDIA|PHOTOS|DOCS)_FORBIDDEN/i;

/** Nobody can be reached there any more: blocked, thrown out, deleted, muted. */
export function isGone(error: unknown): boolean {
  if (!(error instanceof GrammyError) || onlyMedia.test(error.description)) return false;
  return error.error_code === 403 || (error.error_code === 400 && gone.test(error.description));
}

const says =
  (pattern: RegExp) =>
  (error: unknown): boolean =>
    error instanceof GrammyError && error.error_code === 400 && pattern.test(error.description);

export const isNotModified = says(/message is not modified/);
/** The message to edit was deleted, or may not be edited any more. */
export const isLostMessage = says(/message to edit not found|message can't be edited|MESSAGE_ID_INVALID/);
export const isWithoutText = says(/there is no text in the message/);
export const isWithoutCaption = says(/there is no caption in the message/);
export const isExpiredPress = says(/query is too old|query ID is invalid|QUERY_ID_INVALID/);
/** The buttons are what it does not take. */
export const isBadButtons = says(/BUTTON_|REPLY_MARKUP|inline keyboard/i);
export const isBadPicture = says(/PHOTO_|IMAGE_PROCESS_FAILED/);

/** A file above what a bot may send: 50 MB, or more by a Bot API server of one's own. */
export function isTooLarge(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 413;
}

/** Where a group went that became a supergroup. */
export function movedTo(error: unknown): number | undefined {
  return error instanceof GrammyError ? error.parameters.migrate_to_chat_id : undefined;
}

/** Seconds that Telegram asks us to wait. */
export function retryAfter(error: unknown): number | undefined {
  return error instanceof GrammyError ? error.parameters.retry_after : undefined;
}

/** One clause for the log: no payload (it holds what people wrote), no inner error (it holds the URL with the token). */
export function describe(error: unknown): string {
  if (error instanceof GrammyError) return `${error.method}: ${error.error_code} ${error.description}`;
  if (error instanceof HttpError) {
    const inner = error.error;
    const code = typeof inner === 'object' && inner !== null && 'code' in inner ? String(inner.code) : undefined;
    const timedOut = inner instanceof Error && inner.message.includes('timed out');
    return `${error.message} (${code ?? (timedOut ? 'timed out' : 'no answer')})`;
  }
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
