// The plain HTTP under the fake Discord's REST: bodies in, answers out, faults in between.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { DiscordRefusal } from './discord-checks.ts';
import type { DiscordFault } from './discord-faults.ts';

export interface Upload {
  readonly index: string;
  readonly name: string;
  readonly mime: string;
  readonly bytes: Buffer;
}

export interface RequestBody {
  readonly json: unknown;
  readonly uploads: readonly Upload[];
}

/** What a request sent: JSON, or a form with payload_json and files[n]. Throws DiscordRefusal above the server's 10 MiB. */
export async function readBody(request: IncomingMessage): Promise<RequestBody> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const whole = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) {
    return { json: whole.length === 0 ? undefined : JSON.parse(whole.toString('utf8')), uploads: [] };
  }
  if (whole.length > 10 * 1024 * 1024) throw new DiscordRefusal(413, 40005, 'Request entity too large');
  const form = await new Response(whole, { headers: { 'content-type': type } }).formData();
  let json: unknown;
  const uploads: Upload[] = [];
  for (const [key, value] of form) {
    if (key === 'payload_json' && typeof value === 'string') json = JSON.parse(value);
    const index = /^files\[(\d+)\]$/.exec(key)?.[1];
    if (index === undefined || typeof value === 'string') continue;
    uploads.push({ index, name: value.name, mime: value.type, bytes: Buffer.from(await value.arrayBuffer()) });
  }
  return { json, uploads };
}

export interface Answer {
  readonly status: number;
  readonly json?: unknown;
  readonly bytes?: Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export function answerOf(refusal: DiscordRefusal): Answer {
  return { status: refusal.status, json: { message: refusal.message, code: refusal.code } };
}

export function write(response: ServerResponse, answer: Answer): void {
  if (response.destroyed) return;
  response.writeHead(answer.status, {
    ...(answer.bytes === undefined && answer.json !== undefined ? { 'content-type': 'application/json' } : {}),
    ...answer.headers,
  });
  response.end(answer.bytes ?? (answer.json === undefined ? undefined : JSON.stringify(answer.json)));
}

/** Plays a fault around `call`; the call still takes effect where a real one would have. */
export async function withFault(
  fault: DiscordFault | undefined,
  response: ServerResponse,
  call: () => Promise<Answer>,
): Promise<void> {
  switch (fault?.kind) {
    case undefined:
      return write(response, await call());
    case 'delay':
      await new Promise((resolve) => setTimeout(resolve, fault.ms));
      return write(response, await call());
    case 'error':
      return write(response, {
        status: fault.status,
        json: {
          message: 'fault',
          code: fault.code ?? 0,
          ...(fault.retryAfter === undefined ? {} : { retry_after: fault.retryAfter, global: false }),
        },
        headers: fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) },
      });
    case 'drop':
      if (fault.when === 'after') await call();
      response.destroy();
      return undefined;
    case 'redirect':
      return write(response, { status: 302, headers: { location: fault.to } });
    case 'endless': {
      response.writeHead(200);
      const chunk = Buffer.alloc(1 << 16, 1);
      const pour = (): void => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once('drain', pour);
      };
      pour();
      return undefined;
    }
    case 'hang':
      return undefined;
  }
}
