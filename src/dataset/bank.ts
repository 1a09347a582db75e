// The glyph bank: renderings of an alphabet's characters, packed small enough to ship with a model. Replay and the base
// test set are synthesised from it, so the product needs neither the fonts nor any data set.
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { z } from 'zod';
import { OperationalError } from '../errors.ts';

/** One bit a pixel, row by row; the ink touches the borders on its longer side and is centred on the other. */
export interface Rendering {
  readonly side: number;
  /** side², 0 paper, 1 ink. */
  readonly bits: Uint8Array;
}

/** A source's renderings are all for training or all for testing: what is tested was never trained on. */
export type BankPart = 'train' | 'test';

export interface BankEntry {
  /** The label's id; null: something that is no character of the alphabet. */
  readonly label: number | null;
  /** Index into `sources`. */
  readonly source: number;
  readonly rendering: Rendering;
}

export interface Bank {
  readonly alphabet: string;
  /** Side of every rendering. */
  readonly side: number;
  readonly sources: readonly { readonly name: string; readonly licence: string; readonly part: BankPart }[];
  readonly entries: readonly BankEntry[];
}

const MAGIC = 'INKBANK1';
const headSchema = z.strictObject({
  alphabet: z.string().min(1),
  side: z.int().min(8).max(256),
  sources: z.array(z.strictObject({ name: z.string(), licence: z.string(), part: z.enum(['train', 'test']) })),
  /** Label and source of each entry. */
  entries: z.array(z.tuple([z.int().nonnegative().nullable(), z.int().nonnegative()])),
});

/** Packs a bank: the magic word, then (brotli) the length of a JSON head, the head, and the pixels of all entries. */
export function writeBank(bank: Bank): Uint8Array {
  const { alphabet, side, sources } = bank;
  const entries = bank.entries.map((entry) => [entry.label, entry.source] as const);
  const head = Buffer.from(JSON.stringify({ alphabet, side, sources, entries }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const pictures = bank.entries.map((entry) => packBits(entry.rendering.bits));
  const packed = brotliCompressSync(Buffer.concat([length, head, ...pictures]), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
  });
  return Buffer.concat([Buffer.from(MAGIC), packed]);
}

/** Unpacks a bank. Throws OperationalError when the bytes are damaged. */
export function readBank(bytes: Uint8Array): Bank {
  try {
    const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (file.toString('latin1', 0, MAGIC.length) !== MAGIC) throw new RangeError('it does not start as a bank does');
    const content = brotliDecompressSync(file.subarray(MAGIC.length));
    const start = 4 + content.readUInt32LE(0);
    const head = headSchema.parse(JSON.parse(content.toString('utf8', 4, start)));
    const stride = Math.ceil(head.side ** 2 / 8);
    if (content.length !== start + stride * head.entries.length) throw new RangeError('its length is wrong');
    const entries = head.entries.map(([label, source], index) => {
      if (source >= head.sources.length) throw new RangeError('an entry names no source');
      const at = start + index * stride;
      const bits = unpackBits(content.subarray(at, at + stride), head.side ** 2);
      return { label, source, rendering: { side: head.side, bits } };
    });
    return { alphabet: head.alphabet, side: head.side, sources: head.sources, entries };
  } catch (cause) {
    throw new OperationalError(
      'the glyph bank is damaged: restore it from the release, or make it again with npm run seed',
      {
        cause,
      },
    );
  }
}

function packBits(bits: Uint8Array): Uint8Array {
  const packed = new Uint8Array(Math.ceil(bits.length / 8));
  for (let i = 0; i < bits.length; i++) if (bits[i] === 1) packed[i >> 3] = (packed[i >> 3] ?? 0) | (128 >> (i & 7));
  return packed;
}

function unpackBits(packed: Uint8Array, length: number): Uint8Array {
  const bits = new Uint8Array(length);
  for (let i = 0; i < length; i++) bits[i] = ((packed[i >> 3] ?? 0) >> (7 - (i & 7))) & 1;
  return bits;
}
