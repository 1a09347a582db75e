// The door for Telegram's own calls, where a webhook is set: the secret is checked, the update taken over, 200 said at once.
// With too much in hand it says 503, and Telegram comes again: nothing is lost.
import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Update } from 'grammy/types';

interface WebhookDeps {
  readonly secret: string;
  /** False when there is no room now. */
  readonly accept: (update: Update) => boolean;
}

const shape = z.looseObject({ update_id: z.int() });

export function makeWebhook({ secret, accept }: WebhookDeps): (request: Request) => Promise<Response> {
  const expected = Buffer.from(secret);
  return async (request) => {
    const given = Buffer.from(request.headers.get('x-telegram-bot-api-secret-token') ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      return new Response('unauthorized', { status: 401 });
    }
    if (request.method !== 'POST') return new Response('method not allowed', { status: 405 });
    const parsed = shape.safeParse(await request.json().catch(() => undefined));
    if (!parsed.success) return new Response('not an update', { status: 400 });
    return accept(parsed.data)
      ? new Response(null, { status: 200 })
      : new Response('busy', { status: 503, headers: { 'retry-after': '1' } });
  };
}
