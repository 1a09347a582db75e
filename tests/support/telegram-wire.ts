// How a Bot API call stands on the wire: JSON or multipart in, typed fields out. Written leniently for multipart,
// since real clients leave out what the standard calls for, and strictly for the fields themselves.
import type { IncomingMessage } from 'node:http';

export type Fields = Record<string, unknown>;

export interface Upload {
  readonly name: string;
  readonly bytes: Buffer;
}

/** What a call may carry: every field by name with its type; a `!` marks one that must be there. */
export type Spec = Readonly<Record<string, FieldType | `${FieldType}!`>>;
type FieldType = 'integer' | 'string' | 'boolean' | 'object' | 'array' | 'id' | 'file';

/** An answer that is not ok, as the Bot API words it. */
export class ApiRefusal extends Error {
  readonly code: number;
  readonly parameters: Fields | undefined;
  constructor(code: number, description: string, parameters?: Fields) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

export const badRequest = (what: string): ApiRefusal => new ApiRefusal(400, `Bad Request: ${what}`);

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Splits a body into fields (still text where multipart) and uploads by part name. */
export function parseBody(
  contentType: string,
  body: Buffer,
): { fields: Fields; uploads: Map<string, Upload>; multipart: boolean } {
  const uploads = new Map<string, Upload>();
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (contentType.startsWith('multipart/form-data') && boundary !== undefined) {
    const fields: Fields = {};
    for (const part of parts(body, boundary)) {
      const gap = part.indexOf('\r\n\r\n');
      if (gap < 0) throw badRequest("can't parse multipart body");
      const head = part.subarray(0, gap).toString('utf8');
      const name = /[\s;]name="?([^";\r\n]+)"?/i.exec(head)?.[1];
      if (name === undefined) throw badRequest('multipart part without a name');
      const file = /filename="?([^";\r\n]*)"?/i.exec(head)?.[1];
      const content = part.subarray(gap + 4);
      if (file === undefined) fields[name] = content.toString('utf8');
      else uploads.set(name, { name: file, bytes: Buffer.from(content) });
    }
    return { fields, uploads, multipart: true };
  }
  if (body.length === 0) return { fields: {}, uploads, multipart: false };
  if (!contentType.startsWith('application/json')) throw badRequest(`unsupported content type ${contentType}`);
  try {
    return { fields: JSON.parse(body.toString('utf8')) as Fields, uploads, multipart: false };
  } catch {
    throw badRequest("can't parse JSON");
  }
}

function parts(body: Buffer, boundary: string): Buffer[] {
  const found: Buffer[] = [];
  const mark = Buffer.from(`--${boundary}`);
  let from = body.indexOf(mark);
  while (from >= 0) {
    const start = from + mark.length;
    if (body.subarray(start, start + 2).toString('latin1') === '--') break;
    const next = body.indexOf(mark, start);
    if (next < 0) break;
    found.push(body.subarray(start + 2, next - 2));
    from = next;
  }
  return found;
}

/** Checks fields against a spec and gives them their types; a file field becomes its upload, or the text that names one. */
export function readFields(
  spec: Spec,
  fields: Fields,
  uploads: ReadonlyMap<string, Upload>,
  multipart: boolean,
): Fields {
  const result: Fields = {};
  for (const name of Object.keys(fields)) {
    if (!(name in spec)) throw badRequest(`unknown parameter "${name}"`);
  }
  for (const [name, given] of Object.entries(spec)) {
    const type = given.replace('!', '') as FieldType;
    const value = fields[name];
    if (value === undefined || value === null) {
      if (given.endsWith('!')) throw badRequest(`parameter "${name}" is required`);
      continue;
    }
    result[name] = typed(name, type, value, uploads, multipart);
  }
  return result;
}

function typed(
  name: string,
  type: FieldType,
  value: unknown,
  uploads: ReadonlyMap<string, Upload>,
  multipart: boolean,
): unknown {
  const wrong = (): ApiRefusal => badRequest(`parameter "${name}" must be of type ${type}`);
  const isText = typeof value === 'string';
  switch (type) {
    case 'string':
      if (!isText) throw wrong();
      return value;
    case 'file': {
      if (!isText) throw wrong();
      return value.startsWith('attach://') ? attached(value, uploads) : value;
    }
    case 'integer':
    case 'id': {
      const number = isText && (multipart || type === 'id') ? Number(value) : value;
      if (typeof number !== 'number' || !Number.isSafeInteger(number)) throw wrong();
      return number;
    }
    case 'boolean': {
      const flag = multipart && isText ? value === 'true' : value;
      if (typeof flag !== 'boolean') throw wrong();
      return flag;
    }
    case 'object':
    case 'array': {
      const parsed: unknown = isText ? JSON.parse(value) : value;
      if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed) !== (type === 'array')) throw wrong();
      return parsed;
    }
  }
}

/** The upload that an `attach://name` speaks of. */
export function attached(reference: string, uploads: ReadonlyMap<string, Upload>): Upload {
  const upload = uploads.get(reference.slice('attach://'.length));
  if (upload === undefined) throw badRequest('wrong file identifier/HTTP URL specified');
  if (upload.bytes.length === 0) throw badRequest('file must be non-empty');
  return upload;
}
