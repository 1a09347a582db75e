// Blobs in S3: the real client against a server that checks every signature and every hash.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashOf, type Blobs } from '../../src/blobs/blobs.ts';
import { makeS3Blobs, type S3Settings } from '../../src/blobs/s3.ts';
import { OperationalError } from '../../src/errors.ts';
import { freePort } from '../support/redis.ts';
import { startS3, type FakeS3 } from '../support/s3.ts';

let s3: FakeS3;
let blobs: Blobs;
beforeEach(async () => {
  s3 = await startS3();
  blobs = await makeS3Blobs(settings());
});
afterEach(() => s3.close());

function settings(changes: Partial<S3Settings> = {}): S3Settings {
  const { bucket, endpoint, region, accessKeyId, secretAccessKey } = s3;
  return { bucket, endpoint, region, accessKeyId, secretAccessKey, ...changes };
}
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
async function everything<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const each of source) all.push(each);
  return all;
}

describe('blobs in S3', () => {
  it('gives back what was put, whole or in pieces', async () => {
    const hash = await blobs.put(bytesOf('ink'));
    expect(hash).toBe(hashOf(bytesOf('ink')));
    expect(Buffer.from(await blobs.get(hash)).toString()).toBe('ink');
    const big = new Uint8Array(3_000_000).map((_, i) => i % 251);
    async function* pieces(): AsyncGenerator<Uint8Array, void> {
      for (let from = 0; from < big.length; from += 100_000) yield Promise.resolve(big.subarray(from, from + 100_000));
    }
    const streamed = await blobs.putStream(pieces());
    expect(streamed).toBe(hashOf(big));
    expect(Buffer.concat(await everything(blobs.stream(streamed))).equals(big)).toBe(true);
  });

  it('does not send again what is there', async () => {
    await blobs.put(bytesOf('ink'));
    await blobs.put(bytesOf('ink'));
    expect(s3.requests.filter((each) => each.startsWith('PUT'))).toHaveLength(1);
  });

  it('lists page by page, tells and deletes', async () => {
    const hashes = await Promise.all(Array.from({ length: 8 }, (_, i) => blobs.put(bytesOf(`blob ${i}`))));
    s3.objects.set('blobs/not-a-blob', bytesOf('x'));
    expect((await everything(blobs.list())).map(({ hash }) => hash).sort()).toEqual(hashes.toSorted());
    await blobs.delete(hashes[0] ?? '');
    await blobs.delete(hashes[0] ?? '');
    expect([await blobs.has(hashes[0] ?? ''), await blobs.has(hashes[1] ?? '')]).toEqual([false, true]);
  });

  it('says which blob is missing or damaged', async () => {
    const hash = await blobs.put(bytesOf('ink'));
    s3.objects.set(`blobs/${hash}`, bytesOf('inc'));
    await expect(blobs.get(hash)).rejects.toThrow(/damaged/);
    await expect(everything(blobs.stream(hash))).rejects.toThrow(/damaged/);
    await expect(blobs.get(hashOf(bytesOf('other')))).rejects.toThrow(/missing/);
    await expect(blobs.get('../secret')).rejects.toBeInstanceOf(OperationalError);
  });

  it('puts what was damaged back whole when it comes in pieces, as snapshots do', async () => {
    const hash = await blobs.put(bytesOf('ink'));
    s3.objects.set(`blobs/${hash}`, bytesOf('inc'));
    async function* pieces(): AsyncGenerator<Uint8Array, void> {
      yield await Promise.resolve(bytesOf('ink'));
    }
    expect(await blobs.putStream(pieces())).toBe(hash);
    expect(Buffer.from(await blobs.get(hash)).toString()).toBe('ink');
  });

  it('goes on when the server stumbles', async () => {
    s3.stumble(2);
    const hash = await blobs.put(bytesOf('ink'));
    s3.stumble(1);
    expect(Buffer.from(await blobs.get(hash)).toString()).toBe('ink');
  });

  it('says what to check when the keys, the bucket or the place are wrong', async () => {
    const withKey = await makeS3Blobs(settings({ secretAccessKey: 'wrong' }));
    // The first thing that is asked is answered without a body, by a status alone.
    await expect(withKey.put(bytesOf('ink'))).rejects.toThrow(/S3_SECRET_ACCESS_KEY/);
    await expect(withKey.get(hashOf(bytesOf('ink')))).rejects.toThrow(/S3_SECRET_ACCESS_KEY/);
    const withBucket = await makeS3Blobs(settings({ bucket: 'another' }));
    await expect(everything(withBucket.list())).rejects.toThrow(/no such bucket/);
    await expect(withBucket.get(hashOf(bytesOf('ink')))).rejects.toThrow(/no such bucket/);
    const withRegion = await makeS3Blobs(settings({ region: 'elsewhere' }));
    await expect(withRegion.put(bytesOf('ink'))).rejects.toThrow(/S3_REGION/);
    const away = await makeS3Blobs(settings({ endpoint: `http://127.0.0.1:${await freePort()}` }));
    await expect(away.get(hashOf(bytesOf('ink')))).rejects.toThrow(/S3_ENDPOINT/);
  });

  it('says that the keys lack rights', async () => {
    s3.forbid('PUT');
    await expect(blobs.put(bytesOf('ink'))).rejects.toThrow(
      /Writing.*AccessDenied.*may list the bucket and read, write/,
    );
    // Who may not list hears 403 instead of 404 of what is not there.
    s3.forbid('HEAD');
    await expect(blobs.put(bytesOf('ink'))).rejects.toThrow(/may list the bucket and read, write/);
  });
});
