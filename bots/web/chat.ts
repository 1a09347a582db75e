// The page's side of the conversation: what a browser posts becomes a ChatEvent, and the replies go back as JSON or as events.
import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import { pressedPrediction } from '../../src/chat/buttons.ts';
import type { ChatEvent } from '../../src/chat/event.ts';
import { plainly } from '../../src/chat/signs.ts';
import { makeBeside } from './beside.ts';
import { MOST_UPLOAD_BYTES, readUpload } from './body.ts';
import { clientAddress, householdOf, neighbourhoodOf } from './caller.ts';
import type { Channels } from './channels.ts';
import { type Call, type Env, Refusal } from './context.ts';
import { ANSWER_WITHIN_MS, type WebDeps } from './deps.ts';
import type { Held } from './held.ts';
import type { Intake } from './intake.ts';
import { makeOnce } from './once.ts';
import type { OperatorSessions } from './operators.ts';
import { eventStreams } from './streams.ts';
import type { Visitors } from './visitors.ts';
import { cookieRules, makeWho, OPERATOR, VISITOR } from './who.ts';
import { wireMessage, wireReply, type WireReply } from './wire.ts';

const YEAR_SECONDS = 365 * 24 * 3600;

export interface ChatRoutesDeps
  extends
    Pick<WebDeps, 'handle' | 'commands' | 'log' | 'now'>,
    Pick<WebDeps, 'recognition' | 'alphabets' | 'gallery' | 'examples' | 'meet' | 'host'> {
  readonly visitors: Visitors;
  readonly operators: OperatorSessions;
  readonly channels: Channels;
  readonly intake: Intake;
  readonly held: Held;
  /** Which version of the page is served: an open one that is older looks for the new one. */
  readonly page: string;
}

const exampleBody = z.strictObject({ place: z.int().min(0).max(99) });
const pressBody = z.strictObject({ payload: z.string().min(1).max(64), message: z.string().max(64).optional() });
const textBody = z.strictObject({ text: z.string().trim().min(1).max(2000), about: z.string().max(64).optional() });
const secret = z.string().min(1).max(512);
const logInBody = z.union([z.strictObject({ token: secret }), z.strictObject({ link: secret })]);
const command = /^\/([a-z][a-z0-9_-]{0,31})(?:\s+([\s\S]*))?$/i;

export function chatRoutes(deps: ChatRoutesDeps): Hono<Env> {
  const { visitors, operators, channels, held, intake } = deps;
  const once = makeOnce<readonly WireReply[]>();
  const small = intake.body(16 * 1024);
  const events = eventStreams(channels, deps.now);

  const who = makeWho(deps);
  const { isOperator, visitorOf, said } = who;
  const beside = makeBeside(deps, who);

  /** Hands the event over once, however often the page has to send it again. */
  async function answer(c: Call, visitor: string, event: () => Promise<ChatEvent> | ChatEvent): Promise<Response> {
    const key = c.req.header('idempotency-key');
    const replies = await once(key === undefined ? undefined : `${visitor} ${key}`, async () =>
      plainly(await deps.handle(await event())).flatMap((reply) => {
        // Not an answer to remember: the page sends it again by itself.
        if (reply.kind === 'message' && reply.retryAfterSeconds !== undefined)
          throw new Refusal('busy', { ...reply, detail: reply.message.text });
        if (reply.kind === 'revise') {
          const { visitor: of, message: id } = reply.said;
          // Whoever asks is there, though their page's stream may still be on its way back.
          if (typeof of === 'string' && typeof id === 'string')
            channels.publish(of, { kind: 'update', id, live: false, message: wireMessage(reply.message, held) });
          return [];
        }
        const id = randomUUID();
        if (reply.kind === 'message') reply.said?.({ visitor, message: id });
        return wireReply(reply, id, held);
      }),
    );
    return c.json({ replies }, 200, { 'cache-control': 'no-store' });
  }

  const routes = new Hono<Env>();

  /** Who I am and what I may do here; makes a newcomer a visitor. */
  routes.get('/session', (c) => {
    let visitor = who.known(c);
    if (visitor === undefined) {
      const address = clientAddress(c.get('facts'));
      const admission = visitors.admit(householdOf(address), neighbourhoodOf(address));
      if (admission.outcome === 'too-many') throw new Refusal('too-many-visitors', admission);
      setCookie(c, VISITOR, admission.cookie, { ...cookieRules(c), maxAge: YEAR_SECONDS });
      visitor = admission.id;
    }
    const operator = isOperator(c);
    const commands = deps.commands(c.get('language')).filter((each) => operator || !each.operatorsOnly);
    const { page } = deps;
    const me = { operator, logInBy: operators.logInBy, commands, page, ...beside.session(c, visitor) };
    return c.json(me, 200, { 'cache-control': 'no-store' });
  });

  routes.post('/photo', intake.body(MOST_UPLOAD_BYTES), (c) => {
    const visitor = visitorOf(c);
    return answer(c, visitor, async () => {
      const { bytes, field } = await readUpload(c);
      const caption = field('caption');
      const waits = { signal: c.get('leaving'), withinMs: ANSWER_WITHIN_MS };
      return { kind: 'photo', bytes, ...waits, ...said(c, visitor), ...(caption !== undefined && { caption }) };
    });
  });

  routes.post('/press', small, (c) => {
    const visitor = visitorOf(c);
    return answer(c, visitor, async () => {
      const { payload, message } = await parsed(c, pressBody);
      // The page replaces this message itself: a late page must not be told its old state.
      if (message !== undefined) channels.forget(visitor, message);
      return {
        kind: 'press',
        payload,
        ...said(c, visitor),
        ...(message !== undefined && { on: { visitor, message } }),
      };
    });
  });

  routes.post('/text', small, (c) => {
    const visitor = visitorOf(c);
    return answer(c, visitor, async () => {
      const { text, about } = await parsed(c, textBody);
      const [, name, rest = ''] = command.exec(text) ?? [];
      if (name !== undefined)
        return { kind: 'command', name: name.toLowerCase(), rest: rest.trim(), ...said(c, visitor) };
      const prediction = about === undefined ? undefined : pressedPrediction(about);
      return { kind: 'text', text, ...said(c, visitor), ...(prediction !== undefined && { about: prediction }) };
    });
  });

  routes.post('/example', small, async (c) => {
    const alphabet = beside.alphabetOf(visitorOf(c));
    const { place } = await parsed(c, exampleBody);
    const replies = plainly(await deps.examples.answer(alphabet, place, c.get('say'))).flatMap((reply) =>
      reply.kind === 'revise' ? [] : [wireReply(reply, randomUUID(), held)],
    );
    return c.json({ replies }, 200, { 'cache-control': 'no-store' });
  });

  routes.post('/log-in', small, async (c) => {
    const shown = await parsed(c, logInBody);
    const result =
      'link' in shown
        ? operators.checkLink(shown.link)
        : operators.checkToken(shown.token, neighbourhoodOf(clientAddress(c.get('facts'))));
    if (result.outcome === 'too-many-attempts') throw new Refusal(result.outcome, result);
    if (result.outcome !== 'right') throw new Refusal(result.outcome);
    const { session, maxAgeSeconds } = operators.open();
    setCookie(c, OPERATOR, session, { ...cookieRules(c), maxAge: maxAgeSeconds });
    return c.json({ operator: true }, 200, { 'cache-control': 'no-store' });
  });

  routes.post('/log-out', (c) => {
    operators.close(getCookie(c, OPERATOR));
    deleteCookie(c, OPERATOR, cookieRules(c));
    return c.json({ operator: false });
  });

  routes.get('/files/:id', (c) => {
    const file = held.get(c.req.param('id'));
    if (file === undefined) throw new Refusal('not-found');
    const headers = new Headers({ 'content-type': file.type, 'cache-control': 'private, max-age=31536000, immutable' });
    if (file.name !== null) {
      headers.set('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`);
    }
    return new Response(Uint8Array.from(file.bytes), { headers });
  });

  routes.get('/events', (c) => events(c, visitorOf(c)));
  routes.route('/', beside.routes);

  return routes;
}

async function parsed<T>(c: Call, schema: z.ZodType<T>): Promise<T> {
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) throw new Refusal('unsupported-type');
  const body: unknown = await c.req.json().catch(() => undefined);
  const result = schema.safeParse(body);
  if (!result.success) throw new Refusal('malformed');
  return result.data;
}
