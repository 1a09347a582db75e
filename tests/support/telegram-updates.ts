// The fake's queue of updates: long polling with offsets, one poller at a time, or a webhook that is called until it says 200.
import { ApiRefusal, badRequest } from './telegram-wire.ts';
import type { Update } from './telegram-words.ts';

export interface Webhook {
  readonly url: string;
  readonly secret: string | undefined;
}

export interface PollRequest {
  readonly offset: number;
  readonly limit: number;
  readonly timeoutMs: number;
  readonly allowed: readonly string[] | undefined;
}

export interface UpdateQueue {
  push(update: Readonly<Record<string, unknown>>): Update;
  /** Sends an update once more under its own id, as the real server does when it heard no answer. */
  redeliver(update: Update): void;
  poll(request: PollRequest, onClosed: (listener: () => void) => void): Promise<readonly Update[]>;
  setWebhook(webhook: Webhook | undefined, allowed?: readonly string[]): void;
  webhook(): Webhook | undefined;
  pending(): readonly Update[];
  close(): void;
}

interface Waiting {
  deliver(): boolean;
  conflict(): void;
  give(updates: readonly Update[]): void;
}

export function makeUpdateQueue(): UpdateQueue {
  let nextId = 700_000_001;
  let queue: Update[] = [];
  let allowed: readonly string[] = [];
  let webhook: Webhook | undefined;
  let waiting: Waiting | undefined;
  let delivering = false;
  let closed = false;

  // An empty list means all kinds but the noisy ones, of which this fake makes none.
  const isAllowed = (update: Update): boolean =>
    allowed.length === 0 || Object.keys(update).some((key) => allowed.includes(key));

  function add(update: Update): void {
    queue = [...queue.filter((each) => each.update_id !== update.update_id), update].sort(
      (a, b) => a.update_id - b.update_id,
    );
    waiting?.deliver();
    void callWebhook();
  }

  async function callWebhook(): Promise<void> {
    if (delivering) return;
    delivering = true;
    try {
      for (;;) {
        const hook = closed ? undefined : webhook;
        const update = queue.find(isAllowed);
        if (hook === undefined || update === undefined) return;
        const response = await fetch(hook.url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            ...(hook.secret === undefined ? {} : { 'x-telegram-bot-api-secret-token': hook.secret }),
          },
          body: JSON.stringify(update),
        }).catch(() => undefined);
        await response?.arrayBuffer().catch(() => undefined);
        if (response?.ok === true) queue = queue.filter((each) => each !== update);
        else await new Promise((resolve) => setTimeout(resolve, 50));
      }
    } finally {
      delivering = false;
    }
  }

  return {
    push(content) {
      const update: Update = { update_id: nextId++, ...content };
      add(update);
      return update;
    },
    redeliver: add,
    pending: () => queue,
    webhook: () => webhook,
    setWebhook(next, kinds) {
      webhook = next;
      if (kinds !== undefined) allowed = kinds;
      void callWebhook();
    },
    poll(request, onClosed) {
      if (webhook !== undefined) {
        throw new ApiRefusal(
          409,
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        );
      }
      if (request.limit < 1 || request.limit > 100) throw badRequest('limit must be between 1 and 100');
      if (request.allowed !== undefined) allowed = request.allowed;
      // The newer poller wins; the older is told so.
      waiting?.conflict();
      // An offset confirms everything before it.
      queue = queue.filter((each) => each.update_id >= request.offset && isAllowed(each));
      return new Promise((resolve, reject) => {
        const settle = (): void => {
          clearTimeout(timer);
          if (waiting === self) waiting = undefined;
        };
        const self: Waiting = {
          deliver() {
            const batch = queue.filter(isAllowed).slice(0, request.limit);
            if (batch.length === 0) return false;
            self.give(batch);
            return true;
          },
          give(updates) {
            settle();
            resolve(updates);
          },
          conflict() {
            settle();
            reject(
              new ApiRefusal(
                409,
                'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
              ),
            );
          },
        };
        const timer = setTimeout(() => self.give([]), request.timeoutMs);
        waiting = self;
        onClosed(() => {
          if (waiting === self) self.give([]);
        });
        self.deliver();
      });
    },
    close() {
      closed = true;
      waiting?.give([]);
    },
  };
}
