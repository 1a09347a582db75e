// The picture in a request's body, raw or as a form's field, with a cap on what is read before anything looks at it.
import type { MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { addressOf } from './caller.ts';
import { type Call, type Env, Refusal } from './context.ts';
import { makeFairLine } from './fair-line.ts';

/** Bytes of a picture, as on the other platforms. */
const MOST_PICTURE_BYTES = 20 * 1024 * 1024;
/** What a form may add to its picture. */
const FORM_BYTES = 64 * 1024;
const UPLOADS_AT_ONCE = 16;
/** So many wait for their turn, with nothing of their picture read yet: a whole school class may send at once. */
const UPLOADS_WAITING = 512;

export function capped(maxSize: number): MiddlewareHandler<Env> {
  return bodyLimit({
    maxSize,
    onError: () => {
      throw new Refusal('too-large', { headers: { connection: 'close' } });
    },
  });
}

/** For the routes that take pictures: caps their size, and how many are being received at once, from all and from one address. */
export function pictureUploads(): readonly [MiddlewareHandler<Env>, MiddlewareHandler<Env>] {
  const line = makeFairLine(UPLOADS_AT_ONCE, UPLOADS_WAITING);
  return [
    async (c, next) => {
      const taken = line.run(addressOf(c.get('facts')), next);
      if (taken === undefined) throw new Refusal('busy', { retryAfterSeconds: 2 });
      await taken;
    },
    capped(MOST_PICTURE_BYTES + FORM_BYTES),
  ];
}

const FORM = 'multipart/form-data';
const typeOf = (c: Call) => (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
const isRaw = (type: string) => type.startsWith('image/') || type === 'application/octet-stream';

/** Refuses what is neither, before it is checked as a form: curl calls a raw picture one unless told otherwise. */
export const pictureType: MiddlewareHandler<Env> = async (c, next) => {
  const type = typeOf(c);
  if (!isRaw(type) && type !== FORM) throw new Refusal('unsupported-type');
  await next();
};

export interface PictureBody {
  readonly bytes: Uint8Array;
  /** A text field of the form; undefined where it is absent or the body is raw. */
  readonly field: (name: string) => string | undefined;
}

/** Reads a raw picture (image/… or application/octet-stream) or the field `image` of a form. Throws Refusal. */
export async function readPicture(c: Call): Promise<PictureBody> {
  const type = typeOf(c);
  if (isRaw(type)) {
    const bytes = await whole(() => c.req.arrayBuffer());
    return sized({ bytes: new Uint8Array(bytes), field: () => undefined });
  }
  if (type !== FORM) throw new Refusal('unsupported-type');
  const form = await whole(() => c.req.formData());
  const image = form.get('image');
  if (!(image instanceof File)) throw new Refusal('malformed');
  return sized({
    bytes: new Uint8Array(await image.arrayBuffer()),
    field: (name) => {
      const value = form.get(name);
      return typeof value === 'string' && value !== '' ? value : undefined;
    },
  });
}

/** What `read` gives; a body that ends early or is no form is the caller's mistake, not ours. */
async function whole<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('malformed');
  }
}

function sized(body: PictureBody): PictureBody {
  if (body.bytes.length > MOST_PICTURE_BYTES) throw new Refusal('too-large');
  return body;
}
