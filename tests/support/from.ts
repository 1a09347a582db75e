// Requests from many places: every address of 127.0.0.0/8 is this machine, and counts as somebody else.
import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';

export interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly ms: number;
}

interface Asked {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Uint8Array;
  readonly signal?: AbortSignal;
}

/** One request from this address (127.x.y.z), on a connection of its own. */
export function askFrom(address: string, url: string, { body, ...asked }: Asked = {}): Promise<Answered> {
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': body.length };
    const headers = { 'accept-language': 'en', ...length, ...asked.headers };
    const asking = request(url, { agent: false, ...asked, localAddress: address, headers }, (response) => {
      let text = '';
      response
        .setEncoding('utf8')
        .on('data', (chunk: string) => (text += chunk))
        .on('error', reject)
        .on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
            ms: performance.now() - began,
          }),
        );
    });
    asking.on('error', reject).end(body);
  });
}

export interface Dripping {
  /** When the server had enough: the status it gave, 0 where it only hung up, and after how long. */
  readonly ended: Promise<{ readonly status: number; readonly ms: number }>;
  stop(): void;
}

/** A body of which a byte comes now and then. */
export function dripFrom(address: string, url: string, headers: OutgoingHttpHeaders, everyMs: number): Dripping {
  const began = performance.now();
  const asking = request(url, {
    agent: false,
    method: 'POST',
    localAddress: address,
    headers: { 'content-length': 5_000_000, ...headers },
  });
  asking.flushHeaders();
  const drip = setInterval(() => asking.write(Buffer.alloc(1)), everyMs);
  const ended = new Promise<{ status: number; ms: number }>((resolve) => {
    const over = (status: number) => () => {
      clearInterval(drip);
      resolve({ status, ms: performance.now() - began });
    };
    asking.on('response', (response) => {
      over(response.statusCode ?? 0)();
      response.resume();
    });
    asking.on('error', over(0)).on('close', over(0));
  });
  return {
    ended,
    stop() {
      clearInterval(drip);
      asking.destroy();
    },
  };
}
