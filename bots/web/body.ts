// The picture (or the PDF) in a request's body, raw or as a form's field.
import type { MiddlewareHandler } from 'hono';
import { MAX_BYTES } from '../../src/glyph/inspect.ts';
import { type Call, type Env, Refusal } from './context.ts';

/** A picture's, with what a form may add to it. */
export const MOST_UPLOAD_BYTES = MAX_BYTES + 64 * 1024;

const FORM = 'multipart/form-data';
const RAW = ['application/octet-stream', 'application/pdf'];
const typeOf = (c: Call) => (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
const isRaw = (type: string) => type.startsWith('image/') || RAW.includes(type);

/** Refuses what is neither, before it is checked as a form: curl calls a raw picture one unless told otherwise. */
export const pictureType: MiddlewareHandler<Env> = async (c, next) => {
  const type = typeOf(c);
  if (!isRaw(type) && type !== FORM) throw new Refusal('unsupported-type');
  await next();
};

interface PictureBody {
  readonly bytes: Uint8Array;
  /** A text field of the form; undefined where it is absent or the body is raw. */
  readonly field: (name: string) => string | undefined;
}

/** Reads a raw picture (image/… or application/octet-stream), a PDF, or the field `image` of a form. Throws Refusal. */
export async function readUpload(c: Call): Promise<PictureBody> {
  const type = typeOf(c);
  if (isRaw(type)) {
    const bytes = await whole(() => c.req.arrayBuffer());
    return sized({ bytes: new Uint8Array(bytes), field: () => undefined });
  }
  if (type !== FORM) throw new Refusal('unsupported-type');
  const form = await whole(() => formOf(c));
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

/** The form in the body, which is already here. */
async function formOf(c: Call): Promise<FormData> {
  const type = c.req.header('content-type') ?? '';
  return (
    c.req.bodyCache.formData ??
    new Response(await c.req.arrayBuffer(), { headers: { 'content-type': type } }).formData()
  );
}

/** What `read` gives; a body that ends early or is not a form is the caller's mistake, not ours. */
async function whole<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('malformed');
  }
}

function sized(body: PictureBody): PictureBody {
  if (body.bytes.length > MAX_BYTES) throw new Refusal('too-large');
  return body;
}
