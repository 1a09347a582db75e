// A visitor without a browser: fetch with a cookie jar, speaking to the real server.
import type { WireReply } from '../../../bots/web/wire.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Visitor {
  cookies: string;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Posts and expects replies. */
  say(path: string, body: unknown, headers?: Record<string, string>): Promise<readonly WireReply[]>;
}

/** Somebody new, who has opened the page. */
export async function arrive(url: string, cookies = ''): Promise<Visitor> {
  const visitor: Visitor = {
    cookies,
    get: (path, headers = {}) => ask('GET', path, undefined, headers),
    post: (path, body, headers = {}) => ask('POST', path, body, headers),
    async say(path, body, headers = {}) {
      const answer = await ask('POST', path, body, headers);
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      return answer.body['replies'] as readonly WireReply[];
    },
  };

  async function ask(method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Answer> {
    const raw = body instanceof Uint8Array || body instanceof FormData || body === undefined;
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(visitor.cookies !== '' && { cookie: visitor.cookies }),
        ...(body instanceof Uint8Array && { 'content-type': 'image/png' }),
        ...(!raw && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: raw ? (body as Uint8Array<ArrayBuffer> | FormData) : JSON.stringify(body) }),
    });
    const set = response.headers.getSetCookie().map((each) => each.split(';')[0] ?? '');
    if (set.length > 0) visitor.cookies = [visitor.cookies, ...set].filter((each) => each !== '').join('; ');
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') ?? false;
    const content = json ? (JSON.parse(text) as Answer['body']) : { text };
    return { status: response.status, headers: response.headers, body: content };
  }

  if (cookies === '') await visitor.get('/chat/session');
  return visitor;
}

/** The events of a stream until `enough` of them came. */
export async function eventsOf(
  url: string,
  visitor: Visitor,
  enough: number,
  since = '',
): Promise<readonly { id: string; event: Readonly<Record<string, unknown>> }[]> {
  const ended = new AbortController();
  const response = await fetch(`${url}/chat/events?since=${encodeURIComponent(since)}`, {
    headers: { cookie: visitor.cookies },
    signal: AbortSignal.any([ended.signal, AbortSignal.timeout(20_000)]),
  });
  const events: { id: string; event: Readonly<Record<string, unknown>> }[] = [];
  let text = '';
  for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      const id = /^id: (.*)$/m.exec(block)?.[1] ?? '';
      if (data !== undefined && !block.startsWith('event: '))
        events.push({ id, event: JSON.parse(data) as Readonly<Record<string, unknown>> });
    }
    if (events.length >= enough) break;
  }
  ended.abort();
  return events;
}
