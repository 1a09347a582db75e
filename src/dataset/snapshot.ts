// The frozen bytes of a snapshot: what one training run saw, streamed in and out so that memory stays bounded.
//
// Bytes: a magic line, then frames of [length (32 bit, little end first), bytes]: one of JSON that says what this is, one
// a part (src/dataset/snapshot-part.ts, deflated), and an empty one at the end, so that bytes cut short are noticed.
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { OperationalError } from '../errors.ts';
import { decodePart, encodePart, type FrozenSample } from './snapshot-part.ts';

export type { FrozenSample };

interface SnapshotHeader {
  readonly alphabet: string;
  /** How replay is made and whatever else shapes the training corpus (JSON); part of the id. */
  readonly recipe: unknown;
}

interface SnapshotSummary {
  /** SHA-256 over header and samples, hex: the same data gives the same id, however it is compressed. */
  readonly id: string;
  readonly train: number;
  readonly test: number;
  /** 0 when it holds no sample. */
  readonly lastSampleId: number;
}

interface SnapshotWriter {
  /** The frozen bytes, in pieces of some 100 kB; to be consumed once. */
  readonly bytes: AsyncGenerator<Uint8Array, void>;
  /** Known once `bytes` is consumed; rejected when that failed. */
  readonly summary: Promise<SnapshotSummary>;
}

const MAGIC = new TextEncoder().encode('inkloop snapshot 1\n');
const SAMPLES_A_PART = 512;
/** Far more than a part can be: a longer one is damage, and not worth the memory. */
const LONGEST_FRAME = 2 ** 26;
const DAMAGED = 'The snapshot is damaged. Freeze a new one.';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

/** Freezes samples, which must come in order of id. Holds one part in memory. */
export function freezeSnapshot(
  header: SnapshotHeader,
  samples: Iterable<FrozenSample> | AsyncIterable<FrozenSample>,
): SnapshotWriter {
  let resolve: (summary: SnapshotSummary) => void;
  let reject: (reason: unknown) => void;
  const summary = new Promise<SnapshotSummary>((...settle) => ([resolve, reject] = settle));
  // Who stops reading the bytes after an error need not ask for the summary as well.
  summary.catch(() => undefined);
  async function* bytes(): AsyncGenerator<Uint8Array, void> {
    try {
      const { alphabet, recipe } = header;
      const said = new TextEncoder().encode(JSON.stringify({ alphabet, recipe: recipe ?? null }));
      const hash = createHash('sha256').update(said);
      const counts = { train: 0, test: 0 };
      let lastSampleId = 0;
      yield MAGIC;
      yield framed(said);
      for await (const part of partsOf(samples)) {
        for (const sample of part) {
          if (sample.id <= lastSampleId) throw new RangeError('samples to freeze must come in order of id');
          lastSampleId = sample.id;
          counts[sample.split] += 1;
        }
        const encoded = encodePart(part);
        hash.update(encoded);
        yield framed(await deflate(encoded, { level: 3 }));
      }
      yield framed(new Uint8Array(0));
      resolve({ id: hash.digest('hex'), ...counts, lastSampleId });
    } catch (error) {
      reject(error);
      throw error;
    }
  }
  return { bytes: bytes(), summary };
}

async function* partsOf(
  samples: Iterable<FrozenSample> | AsyncIterable<FrozenSample>,
): AsyncGenerator<readonly FrozenSample[], void> {
  let part: FrozenSample[] = [];
  for await (const sample of samples) {
    part.push(sample);
    if (part.length < SAMPLES_A_PART) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}

function framed(bytes: Uint8Array): Uint8Array {
  const frame = new Uint8Array(4 + bytes.length);
  new DataView(frame.buffer).setUint32(0, bytes.length, true);
  frame.set(bytes, 4);
  return frame;
}

export interface SnapshotReader {
  readonly header: SnapshotHeader;
  /** In order of id; to be consumed once. */
  readonly samples: AsyncGenerator<FrozenSample, void>;
}

/**
 * Reads frozen bytes, whole or in pieces, a part in memory at a time. Throws OperationalError (here or while the samples
 * are read) when they are no snapshot, damaged or cut short.
 */
export async function readSnapshot(
  bytes: Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<SnapshotReader> {
  const pieces = taker(bytes instanceof Uint8Array ? [bytes] : bytes);
  /** Read to the end first: a blob store knows then that its bytes are damaged, and which ones they are. */
  const refuse = async (sentence: string, cause?: unknown): Promise<never> => {
    await pieces.drain();
    throw new OperationalError(sentence, { cause });
  };
  const decoded = async <T>(bytes: Uint8Array, decode: (bytes: Uint8Array) => T | Promise<T>): Promise<T> => {
    try {
      return await decode(bytes);
    } catch (error) {
      return refuse(DAMAGED, error);
    }
  };
  const magic = await pieces.take(MAGIC.length);
  if (!magic.every((byte, index) => byte === MAGIC[index]))
    return refuse('These bytes are no snapshot that this version of Inkloop can read. Freeze a new one.');
  const frame = async (): Promise<Uint8Array> => {
    const length = await pieces.take(4);
    const bytes = new DataView(length.buffer, length.byteOffset, 4).getUint32(0, true);
    return bytes > LONGEST_FRAME ? refuse(DAMAGED) : pieces.take(bytes);
  };
  const header = await decoded(await frame(), (said) => JSON.parse(new TextDecoder().decode(said)) as SnapshotHeader);
  async function* samples(): AsyncGenerator<FrozenSample, void> {
    for (;;) {
      const part = await frame();
      if (part.length === 0) return pieces.drain();
      yield* await decoded(part, async (deflated) => decodePart(await inflate(deflated)));
    }
  }
  return { header, samples: samples() };
}

interface Taker {
  /** Exactly so many bytes. */
  take(length: number): Promise<Uint8Array<ArrayBuffer>>;
  /** Reads to the end: a blob store checks its bytes after the last piece. */
  drain(): Promise<void>;
}

/** Hands out bytes from pieces of any length. */
function taker(pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Taker {
  const iterator = Symbol.asyncIterator in pieces ? pieces[Symbol.asyncIterator]() : pieces[Symbol.iterator]();
  let rest: Uint8Array = new Uint8Array(0);
  return {
    async take(length) {
      const taken = new Uint8Array(length);
      for (let filled = 0; filled < length;) {
        if (rest.length === 0) {
          const next = await iterator.next();
          if (next.done === true) throw new OperationalError('The snapshot is cut short. Freeze a new one.');
          rest = next.value;
        }
        const piece = rest.subarray(0, length - filled);
        taken.set(piece, filled);
        filled += piece.length;
        rest = rest.subarray(piece.length);
      }
      return taken;
    },
    async drain() {
      while ((await iterator.next()).done !== true);
    },
  };
}

/**
 * The frozen bytes without a forgotten contributor's samples. The snapshot keeps its id, which names what was trained on;
 * only the hash of its bytes changes.
 */
export async function withoutContributor(
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  contributor: string,
): Promise<AsyncGenerator<Uint8Array, void>> {
  const { header, samples } = await readSnapshot(bytes);
  async function* kept(): AsyncGenerator<FrozenSample, void> {
    for await (const sample of samples) if (sample.contributor !== contributor) yield sample;
  }
  return freezeSnapshot(header, kept()).bytes;
}

interface SnapshotDiff {
  /** Sample ids only in the second. */
  readonly added: readonly number[];
  /** Sample ids only in the first. */
  readonly removed: readonly number[];
  readonly sameRecipe: boolean;
}

/** What changed from one snapshot to another. */
export async function diffSnapshots(before: SnapshotReader, after: SnapshotReader): Promise<SnapshotDiff> {
  const idsOf = async (reader: SnapshotReader): Promise<Set<number>> => {
    const ids = new Set<number>();
    for await (const sample of reader.samples) ids.add(sample.id);
    return ids;
  };
  const old = await idsOf(before);
  const young = await idsOf(after);
  return {
    added: [...young].filter((id) => !old.has(id)),
    removed: [...old].filter((id) => !young.has(id)),
    sameRecipe: JSON.stringify(before.header.recipe) === JSON.stringify(after.header.recipe),
  };
}
