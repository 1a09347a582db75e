// Which calls are repeated when they fail, and how often. A call whose answer was lost may have been done: every reply
// is safe to repeat, and a photo without an answer is worse than one with two.
import { autoRetry } from '@grammyjs/auto-retry';
import { type Api, HttpError, type Transformer } from 'grammy';

/** These have a loop of their own (connection.ts), or are not worth a second attempt. */
const once: ReadonlySet<string> = new Set(['getUpdates', 'getMe', 'deleteWebhook', 'setWebhook', 'sendChatAction']);

const ATTEMPTS = 3;

export function installRetries(api: Api, networkMs: number): void {
  // auto-retry would repeat a dropped connection without end: it is left 429 and 5xx, which it counts.
  const counted = autoRetry({ maxRetryAttempts: ATTEMPTS, maxDelaySeconds: 30, rethrowHttpErrors: true });
  const network: Transformer = async (prev, method, payload, signal) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await prev(method, payload, signal);
      } catch (error) {
        if (!(error instanceof HttpError) || once.has(method) || attempt >= ATTEMPTS || signal?.aborted === true)
          throw error;
        await new Promise((resolve) => setTimeout(resolve, networkMs * 2 ** (attempt - 1)));
      }
    }
  };
  const retried: Transformer = (prev, method, payload, signal) =>
    once.has(method) ? prev(method, payload, signal) : counted(prev, method, payload, signal);
  api.config.use(network, retried);
}
