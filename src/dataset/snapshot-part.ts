// One part of a snapshot as bytes. Columns rather than records: a header of JSON, then all the pixels, which compress
// together. The bytes are canonical (the snapshot's id is hashed from them), so nothing here may change without a new format.
import type { Split } from '../store/splitter.ts';

/** A sample as frozen: no times, no addresses. */
export interface FrozenSample {
  readonly id: number;
  /** Null: not a character. */
  readonly labelId: number | null;
  readonly glyph: Uint8Array;
  readonly split: Split;
  /** Keyed hash of the contributor, hex. */
  readonly contributor: string;
  /** Samples with the same `duplicateOf ?? id` are one photo and count once as evidence. */
  readonly duplicateOf: number | null;
}

interface Columns {
  readonly ids: readonly number[];
  readonly labels: readonly (number | null)[];
  readonly splits: string;
  /** Contributors named once; `by` points into them. */
  readonly contributors: readonly string[];
  readonly by: readonly number[];
  readonly copies: readonly (number | null)[];
  /** Bytes of each glyph; of pictures, which differ, `lengths` tells. */
  readonly pixels: number;
  readonly lengths?: readonly number[];
}

/** The bytes of a part: length of the header (32 bit, little end first), header, pixels. */
export function encodePart(samples: readonly FrozenSample[]): Uint8Array {
  const contributors = [...new Set(samples.map((sample) => sample.contributor))];
  const place = new Map(contributors.map((contributor, index) => [contributor, index]));
  const pixels = samples[0]?.glyph.length ?? 0;
  const differ = samples.some(({ glyph }) => glyph.length !== pixels);
  const columns: Columns = {
    ids: samples.map((sample) => sample.id),
    labels: samples.map((sample) => sample.labelId),
    splits: samples.map((sample) => (sample.split === 'train' ? 'r' : 't')).join(''),
    contributors,
    by: samples.map((sample) => place.get(sample.contributor) ?? 0),
    copies: samples.map((sample) => sample.duplicateOf),
    pixels,
    ...(differ && { lengths: samples.map(({ glyph }) => glyph.length) }),
  };
  const header = new TextEncoder().encode(JSON.stringify(columns));
  const bytes = new Uint8Array(4 + header.length + samples.reduce((sum, { glyph }) => sum + glyph.length, 0));
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  bytes.set(header, 4);
  let at = 4 + header.length;
  for (const { glyph } of samples) {
    bytes.set(glyph, at);
    at += glyph.length;
  }
  return bytes;
}

/** The samples again; their glyphs are views into `bytes`. Throws a RangeError or SyntaxError on bytes cut short. */
export function decodePart(bytes: Uint8Array): readonly FrozenSample[] {
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
  const columns = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as Columns;
  const { ids, pixels, lengths = ids.map(() => pixels) } = columns;
  if (bytes.length !== lengths.reduce((sum, each) => sum + each, 4 + length))
    throw new RangeError('a snapshot part is cut short');
  let end = 4 + length;
  return ids.map((id, index) => {
    const start = end;
    end += lengths[index] ?? 0;
    return {
      id,
      labelId: columns.labels[index] ?? null,
      glyph: bytes.subarray(start, end),
      split: columns.splits[index] === 'r' ? 'train' : 'test',
      contributor: columns.contributors[columns.by[index] ?? 0] ?? '',
      duplicateOf: columns.copies[index] ?? null,
    };
  });
}
