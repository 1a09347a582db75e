// A fake Telegram on loopback: the Bot API with its file server, and people who send photos and press buttons.
// The real grammY talks to it; tests play the people and look at what the bot said.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Fault, makeFaultPlan } from './telegram-faults.ts';
import { isMethod, type Method, neverAnswers, parameters, perform } from './telegram-methods.ts';
import { makePeople, type People } from './telegram-people.ts';
import { makeState, type TelegramState } from './telegram-state.ts';
import { makeUpdateQueue, type UpdateQueue } from './telegram-updates.ts';
import { ApiRefusal, badRequest, type Fields, parseBody, readBody } from './telegram-wire.ts';
import { tokenBytes } from './token.ts';

export interface Call {
  readonly method: string;
  readonly payload: Fields;
  readonly at: number;
  /** What was answered: 200, an error's code, 0 for a connection that was dropped; undefined until then. */
  code: number | undefined;
}

export interface FakeTelegram extends People {
  /** For TELEGRAM_API_ROOT. */
  readonly apiRoot: string;
  /** For TELEGRAM_BOT_TOKEN. */
  readonly token: string;
  readonly state: TelegramState;
  readonly updates: UpdateQueue;
  /** Every call so far, in order, downloads as 'file'. */
  readonly calls: readonly Call[];
  callsOf(method: string): readonly Call[];
  /** Makes the next `times` (1) calls of a method fail; '*': of any but getUpdates; 'file': downloads. */
  fail(method: Method | '*' | 'file', fault: Fault, times?: number): void;
  /** Takes back every fault that has not happened yet. */
  heal(): void;
  /** The token is taken away: every call is a 401 from now on, or not any more. */
  revoke(revoked: boolean): void;
  /** Closes every connection and listens no more: the network is gone until `up`. */
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

export interface FakeTelegramOptions {
  readonly username?: string;
  readonly token?: string;
}

export async function startFakeTelegram(options: FakeTelegramOptions = {}): Promise<FakeTelegram> {
  const token = options.token ?? `424242:${tokenBytes(26).toString('base64url')}`;
  const state = makeState({
    id: Number(token.split(':')[0]),
    is_bot: true,
    first_name: 'Inkloop',
    username: options.username ?? 'inkloop_bot',
  });
  const updates = makeUpdateQueue();
  const faults = makeFaultPlan();
  const calls: Call[] = [];
  let revoked = false;

  const server = createServer((request, response) => {
    respond(request, response).catch((error: unknown) => {
      console.error('fake Telegram:', error);
      response.destroy();
    });
  });

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request).catch(() => undefined);
    if (body === undefined) return;
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = /^\/file\/bot([^/]+)\/(.+)$/.exec(path);
    if (file !== null) return serveFile(response, file[1] ?? '', file[2] ?? '');
    const [, given, name] = /^\/bot([^/]+)\/(\w+)$/.exec(path) ?? [];
    const call: Call = { method: name ?? path, payload: {}, at: Date.now(), code: undefined };
    calls.push(call);
    try {
      if (given === undefined || name === undefined) throw new ApiRefusal(404, 'Not Found');
      if (given !== token || revoked) throw new ApiRefusal(401, 'Unauthorized');
      if (!isMethod(name)) throw new ApiRefusal(404, 'Not Found: method not found');
      const parsed = parseBody(request.headers['content-type'] ?? '', body);
      const payload = parameters(name, parsed.fields, parsed.uploads, parsed.multipart);
      Object.assign(call, { payload });
      const fault = faults.take(name);
      if (fault !== undefined && (await misbehave(fault, call, response))) return;
      if (neverAnswers(state, name, payload)) return;
      const result = await run(name, payload, parsed.uploads, response);
      if (fault?.kind === 'drop') {
        call.code = 0;
        response.destroy();
        return;
      }
      call.code = 200;
      reply(response, 200, { ok: true, result });
    } catch (error) {
      if (!(error instanceof ApiRefusal)) throw error;
      call.code = error.code;
      reply(response, error.code, {
        ok: false,
        error_code: error.code,
        description: error.message,
        ...(error.parameters === undefined ? {} : { parameters: error.parameters }),
      });
    }
  }

  /** Whether the fault was an answer of its own. */
  async function misbehave(fault: Fault, call: Call, response: ServerResponse): Promise<boolean> {
    switch (fault.kind) {
      case 'error': {
        const { retryAfter, movedTo } = fault;
        const usual =
          retryAfter === undefined ? 'Internal Server Error' : `Too Many Requests: retry after ${retryAfter}`;
        throw new ApiRefusal(fault.code, fault.description ?? usual, {
          ...(retryAfter === undefined ? {} : { retry_after: retryAfter }),
          ...(movedTo === undefined ? {} : { migrate_to_chat_id: movedTo }),
        });
      }
      case 'drop':
        if (fault.when === 'after') return false;
        call.code = 0;
        response.destroy();
        return true;
      case 'hang':
        return true;
      case 'redirect':
      case 'endless':
        throw new Error('only a download can be sent elsewhere or never end');
      case 'garbage':
        response.writeHead(502, { 'content-type': 'text/html' }).end('<html>Bad Gateway</html>');
        return true;
      case 'delay':
        await new Promise((resolve) => setTimeout(resolve, fault.ms));
        return false;
    }
  }

  async function run(
    method: Method,
    payload: Fields,
    uploads: Parameters<typeof perform>[3],
    response: ServerResponse,
  ): Promise<unknown> {
    if (method === 'getUpdates') {
      const allowed = payload['allowed_updates'] as readonly string[] | undefined;
      const { offset = 0, limit = 100, timeout = 0 } = payload as { offset?: number; limit?: number; timeout?: number };
      return updates.poll({ offset, limit, timeoutMs: 1000 * timeout, allowed }, (listener) =>
        response.on('close', listener),
      );
    }
    if (method === 'setWebhook') {
      const { url, secret_token: secret } = payload as { url: string; secret_token?: string };
      if (secret !== undefined && !/^[\w-]{1,256}$/.test(secret)) throw badRequest('secret token is invalid');
      updates.setWebhook(url === '' ? undefined : { url, secret }, payload['allowed_updates'] as string[] | undefined);
      return true;
    }
    if (method === 'deleteWebhook') {
      updates.setWebhook(undefined);
      return true;
    }
    return perform(state, method, payload, uploads);
  }

  function serveFile(response: ServerResponse, given: string, path: string): void {
    const fault = faults.take('file');
    const call: Call = { method: 'file', payload: { path }, at: Date.now(), code: undefined };
    calls.push(call);
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'drop') {
      call.code = 0;
      response.destroy();
      return;
    }
    if (fault?.kind === 'redirect') {
      call.code = 302;
      response.writeHead(302, { location: fault.to }).end();
      return;
    }
    if (fault?.kind === 'endless') {
      call.code = 200;
      response.writeHead(200);
      const chunk = Buffer.alloc(1 << 16, 1);
      const pour = (): void => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once('drain', pour);
      };
      pour();
      return;
    }
    const file = state.links.get(path);
    const code = given !== token ? 401 : fault?.kind === 'error' ? fault.code : file === undefined ? 404 : 200;
    call.code = code;
    if (code !== 200 || file === undefined) {
      reply(response, code, { ok: false, error_code: code, description: 'Not Found' });
      return;
    }
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': file.bytes.length });
    response.end(file.bytes);
  }

  function reply(response: ServerResponse, code: number, content: Fields): void {
    response.writeHead(code, { 'content-type': 'application/json' }).end(JSON.stringify(content));
  }

  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const hangUp = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;

  return {
    ...makePeople(state, updates),
    apiRoot: `http://127.0.0.1:${port}`,
    token,
    state,
    updates,
    calls,
    callsOf: (method) => calls.filter((call) => call.method === method),
    fail: (method, fault, times = 1) => faults.add(method, fault, times),
    heal: () => faults.clear(),
    revoke: (now) => {
      revoked = now;
    },
    down: hangUp,
    up: () => listen(port),
    close: async () => {
      updates.close();
      if (server.listening) await hangUp();
    },
  };
}
