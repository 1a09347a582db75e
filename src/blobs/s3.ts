// Blobs in S3-compatible storage, so that apps and workers need share no disk. The client is loaded only when this is
// used: it is large, and alone nobody needs it.
import { createReadStream } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { messageOf, OperationalError } from '../errors.ts';
import { checked, damaged, hashOf, isHash, type Blobs } from './blobs.ts';
import { makeFolderBlobs } from './folder.ts';

export interface S3Settings {
  readonly bucket: string;
  /** Null: Amazon's own endpoint for the region. */
  readonly endpoint: string | null;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const prefix = 'blobs/';
/** Folders in which pieces wait for an upload. */
const WAITING = 'inkloop-upload-';

/** Blobs in this bucket under `blobs/`. Nothing is asked of the network until the first call. */
export async function makeS3Blobs(settings: S3Settings): Promise<Blobs> {
  const s3 = await import('@aws-sdk/client-s3');
  const client: S3Client = new s3.S3Client({
    region: settings.region,
    credentials: { accessKeyId: settings.accessKeyId, secretAccessKey: settings.secretAccessKey },
    // Servers other than Amazon's seldom answer to the bucket as a host name.
    ...(settings.endpoint === null ? {} : { endpoint: settings.endpoint, forcePathStyle: true }),
    maxAttempts: 4,
    // Our own hash is the check; many servers do not know Amazon's newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const place = `the bucket ${settings.bucket}`;
  const at = (hash: string): { Bucket: string; Key: string } => {
    if (!isHash(hash)) throw new OperationalError(`${hash.slice(0, 80)} is not the hash of a blob.`);
    return { Bucket: settings.bucket, Key: prefix + hash };
  };
  const failure = (doing: string, cause: unknown): OperationalError =>
    new OperationalError(`${doing} ${place} failed: ${remedy(cause)}`, { cause });

  async function has(hash: string): Promise<boolean> {
    try {
      await client.send(new s3.HeadObjectCommand(at(hash)));
      return true;
    } catch (cause) {
      if (statusOf(cause) === 404) return false;
      throw failure('Looking into', cause);
    }
  }

  async function* read(hash: string): AsyncGenerator<Uint8Array, void> {
    try {
      const answer = await client.send(new s3.GetObjectCommand(at(hash)));
      if (!(answer.Body instanceof Readable)) throw new Error('the answer has no body');
      for await (const piece of answer.Body) yield piece as Uint8Array;
    } catch (cause) {
      if (cause instanceof OperationalError) throw cause;
      if (statusOf(cause) === 404 && nameOf(cause) !== 'NoSuchBucket')
        throw new OperationalError(`The blob ${hash} is missing in ${place}.`, { cause });
      throw failure('Reading from', cause);
    }
  }

  async function upload(hash: string, body: Uint8Array | Readable, length: number): Promise<void> {
    try {
      await client.send(new s3.PutObjectCommand({ ...at(hash), Body: body, ContentLength: length }));
    } catch (cause) {
      throw failure('Writing to', cause);
    }
  }

  return {
    has,
    async put(bytes) {
      const hash = hashOf(bytes);
      if (!(await has(hash))) await upload(hash, bytes, bytes.byteLength);
      return hash;
    },

    // The name is known only at the end, so the pieces wait in a folder of this machine.
    async putStream(pieces) {
      const waiting = await mkdtemp(path.join(tmpdir(), WAITING)).catch((cause: unknown) => {
        throw new OperationalError(
          `The folder for temporary files cannot be used (${messageOf(cause)}). Set TMPDIR to one that this user may write to.`,
          { cause },
        );
      });
      try {
        const folder = makeFolderBlobs(waiting);
        const hash = await folder.putStream(pieces);
        const file = folder.fileOf(hash);
        // Sent again though it may be there: a snapshot is seldom frozen twice, and what was damaged is mended.
        await upload(hash, createReadStream(file), (await stat(file)).size);
        return hash;
      } finally {
        await rm(waiting, { recursive: true, force: true });
      }
    },

    async get(hash) {
      const pieces: Uint8Array[] = [];
      for await (const piece of read(hash)) pieces.push(piece);
      const bytes = Buffer.concat(pieces);
      if (hashOf(bytes) !== hash) throw damaged(hash, place);
      return bytes;
    },

    stream: (hash) => checked(hash, read(hash), place),

    async delete(hash) {
      try {
        await client.send(new s3.DeleteObjectCommand(at(hash)));
      } catch (cause) {
        if (statusOf(cause) !== 404) throw failure('Deleting from', cause);
      }
    },

    async *list() {
      let token: string | undefined;
      do {
        const ask = {
          Bucket: settings.bucket,
          Prefix: prefix,
          ...(token === undefined ? {} : { ContinuationToken: token }),
        };
        const page = await client.send(new s3.ListObjectsV2Command(ask)).catch((cause: unknown) => {
          throw failure('Listing', cause);
        });
        for (const each of page.Contents ?? []) {
          const hash = each.Key?.slice(prefix.length) ?? '';
          const putAt = each.LastModified?.getTime() ?? Date.now();
          if (isHash(hash)) yield { hash, bytes: each.Size ?? 0, putAt };
        }
        token = page.NextContinuationToken;
      } while (token !== undefined);
    },

    // An upload is whole or not there; only what waits for it on this machine can be left.
    async dropHalfWritten(before) {
      for (const name of await readdir(tmpdir())) {
        if (!name.startsWith(WAITING)) continue;
        const place = path.join(tmpdir(), name);
        const found = await stat(place).catch(() => null);
        if (found !== null && found.mtimeMs < before) await rm(place, { recursive: true, force: true });
      }
    },
  };
}

function statusOf(thrown: unknown): number {
  const metadata = thrown instanceof Error && '$metadata' in thrown ? thrown.$metadata : null;
  return typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
    ? Number(metadata.httpStatusCode)
    : 0;
}

const nameOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.name : '');

/** What to do about it. The answer to a HEAD has no body: then the status is all that there is to go by. */
function remedy(cause: unknown): string {
  const name = nameOf(cause);
  if (name === 'NoSuchBucket') return 'there is no such bucket. Make it, or set S3_BUCKET.';
  const said = name.startsWith('Unknown') ? '' : ` (${name})`;
  switch (statusOf(cause)) {
    case 403:
      return `it was refused${said}. Check S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, and that these keys may list the bucket and read, write and delete in it.`;
    case 301:
    case 400:
      return `it was not understood${said}. Check S3_REGION and S3_ENDPOINT.`;
    default:
      return `${messageOf(cause) || name}. Check S3_ENDPOINT and the network.`;
  }
}
