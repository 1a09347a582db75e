// A small S3 server for tests: one bucket in memory, path style, strict where the real one is: signatures (version 4), the
// hash of every body, bucket and key names, pages of a list, and errors as XML.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface FakeS3 {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** What lies in the bucket, by key; tests may damage it. */
  readonly objects: Map<string, Uint8Array>;
  /** Method and path of every request that was answered with success. */
  readonly requests: string[];
  /** Answers so many of the next requests with 503, as an overloaded server does. */
  stumble(times: number): void;
  /** Refuses these methods from now on, as a policy that gives too few rights does. */
  forbid(...methods: readonly string[]): void;
  close(): Promise<void>;
}

/** Keys a page of a list: small, so that paging is met. */
const PAGE = 3;

class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(code);
    this.status = status;
    this.code = code;
  }
}

export async function startS3(): Promise<FakeS3> {
  const objects = new Map<string, Uint8Array>();
  const requests: string[] = [];
  const settings = {
    bucket: 'inkloop-test',
    region: 'eu-test-1',
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'a-secret/with+signs',
  };
  let stumbling = 0;
  let forbidden: readonly string[] = [];

  const server = createServer((request, response) => {
    answer(request, response).catch((thrown: unknown) => {
      const refusal = thrown instanceof Refusal ? thrown : new Refusal(500, 'InternalError');
      response.writeHead(refusal.status, { 'content-type': 'application/xml' });
      const body = `<?xml version="1.0"?><Error><Code>${refusal.code}</Code><Message>${refusal.code}</Message></Error>`;
      response.end(request.method === 'HEAD' ? undefined : body);
    });
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    if (stumbling > 0) {
      stumbling--;
      throw new Refusal(503, 'SlowDown');
    }
    checkSignature(request, body, settings);
    if (forbidden.includes(request.method ?? '')) throw new Refusal(403, 'AccessDenied');
    const url = new URL(request.url ?? '/', 'http://s3');
    const [, bucket = '', ...rest] = decodeURIComponent(url.pathname).split('/');
    if (bucket !== settings.bucket) throw new Refusal(404, 'NoSuchBucket');
    const key = rest.join('/');
    requests.push(`${request.method} ${url.pathname}`);
    if (key === '' && request.method === 'GET') return list(url, response);
    const found = objects.get(key);
    switch (request.method) {
      case 'PUT':
        if (Number(request.headers['content-length']) !== body.length) throw new Refusal(411, 'MissingContentLength');
        objects.set(key, body);
        response.writeHead(200, { etag: `"${createHash('md5').update(body).digest('hex')}"` }).end();
        return;
      case 'GET':
      case 'HEAD':
        if (found === undefined) throw new Refusal(404, 'NoSuchKey');
        response.writeHead(200, { 'content-length': found.length, 'content-type': 'application/octet-stream' });
        response.end(request.method === 'HEAD' ? undefined : found);
        return;
      case 'DELETE':
        objects.delete(key);
        response.writeHead(204).end();
        return;
      case undefined:
      default:
        throw new Refusal(405, 'MethodNotAllowed');
    }
  }

  function list(url: URL, response: ServerResponse): void {
    if (url.searchParams.get('list-type') !== '2') throw new Refusal(400, 'InvalidArgument');
    const prefix = url.searchParams.get('prefix') ?? '';
    const after = url.searchParams.get('continuation-token') ?? '';
    const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
    const page = keys.slice(0, PAGE);
    const more = keys.length > PAGE;
    const contents = page.map(
      (key) => `<Contents><Key>${key}</Key><Size>${objects.get(key)?.length ?? 0}</Size></Contents>`,
    );
    const next = more ? `<NextContinuationToken>${page.at(-1) ?? ''}</NextContinuationToken>` : '';
    response.writeHead(200, { 'content-type': 'application/xml' });
    response.end(
      `<?xml version="1.0"?><ListBucketResult><Name>${settings.bucket}</Name><KeyCount>${page.length}</KeyCount><IsTruncated>${more}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`,
    );
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    ...settings,
    endpoint: `http://127.0.0.1:${address.port}`,
    objects,
    requests,
    stumble(times) {
      stumbling = times;
    },
    forbid(...methods) {
      forbidden = methods;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

const sha256 = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: Uint8Array | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** Signature version 4, as AWS documents it; throws the errors that S3 gives. */
function checkSignature(
  request: IncomingMessage,
  body: Buffer,
  keys: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly region: string },
): void {
  const header = request.headers.authorization ?? '';
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      header,
    );
  if (match === null) throw new Refusal(403, 'AccessDenied');
  const [, id = '', day = '', region = '', signedHeaders = '', signature = ''] = match;
  if (id !== keys.accessKeyId) throw new Refusal(403, 'InvalidAccessKeyId');
  if (region !== keys.region) throw new Refusal(400, 'AuthorizationHeaderMalformed');
  const names = signedHeaders.split(';');
  for (const needed of ['host', 'x-amz-content-sha256', 'x-amz-date'])
    if (!names.includes(needed)) throw new Refusal(403, 'AccessDenied');
  const stated = String(request.headers['x-amz-content-sha256']);
  if (stated !== 'UNSIGNED-PAYLOAD' && stated !== sha256(body)) throw new Refusal(400, 'XAmzContentSHA256Mismatch');

  const date = String(request.headers['x-amz-date']);
  const skew = Math.abs(
    Date.now() - Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')),
  );
  if (!(skew < 15 * 60_000)) throw new Refusal(403, 'RequestTimeTooSkewed');

  const url = new URL(request.url ?? '/', 'http://s3');
  const encode = (text: string): string =>
    encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const query = [...url.searchParams]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const headers = names.map((name) => `${name}:${String(request.headers[name]).trim().replace(/ +/g, ' ')}\n`).join('');
  const canonical = [request.method, url.pathname, query, headers, signedHeaders, stated].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n');
  const key = hmac(hmac(hmac(hmac(`AWS4${keys.secretAccessKey}`, day), region), 's3'), 'aws4_request');
  if (!timingSafeEqual(Buffer.from(signature, 'hex'), hmac(key, toSign)))
    throw new Refusal(403, 'SignatureDoesNotMatch');
}
