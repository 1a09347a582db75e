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
  readonly pixels: number;
}

/** The bytes of a part: length of the header (32 bit, little end first), header, pixels. All glyphs have one size. */
export function encodePart(samples: readonly FrozenSample[]): Uint8Array {
  const contributors = [...new Set(samples.map((sample) => sample.contributor))];
  const place = new Map(contributors.map((contributor, index) => [contributor, index]));
  const pixels = samples[0]?.glyph.length ?? 0;
  const columns: Columns = {
    ids: samples.map((sample) => sample.id),
    labels: samples.map((sample) => sample.labelId),
    splits: samples.map((sample) => (sample.split === 'train' ? 'r' : 't')).join(''),
    contributors,
    by: samples.map((sample) => place.get(sample.contributor) ?? 0),
    copies: samples.map((sample) => sample.duplicateOf),
    pixels,
  };
  const header = new TextEncoder().encode(JSON.stringify(columns));
  const bytes = new Uint8Array(4 + header.length + samples.length * pixels);
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  bytes.set(header, 4);
  samples.forEach((sample, index) => {
    if (sample.glyph.length !== pixels) throw new RangeError('the glyphs of a snapshot must have one size');
    bytes.set(sample.glyph, 4 + header.length + index * pixels);
  });
  return bytes;
}

/** The samples again; their glyphs are views into `bytes`. Throws a RangeError or SyntaxError on bytes cut short. */
export function decodePart(bytes: Uint8Array): readonly FrozenSample[] {
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
  const columns = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as Columns;
  const { ids, pixels } = columns;
  if (bytes.length !== 4 + length + ids.length * pixels) throw new RangeError('a snapshot part is cut short');
  return ids.map((id, index) => {
    const start = 4 + length + index * pixels;
    return {
      id,
      labelId: columns.labels[index] ?? null,
      glyph: bytes.subarray(start, start + pixels),
      split: columns.splits[index] === 'r' ? 'train' : 'test',
      contributor: columns.contributors[columns.by[index] ?? 0] ?? '',
      duplicateOf: columns.copies[index] ?? null,
    };
  });
}
