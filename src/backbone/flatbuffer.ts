// Reads FlatBuffers, the container of .tflite files: tables whose fields are found through a table of offsets. Every place is checked
// by the view itself, so a damaged file is a RangeError and nothing worse.

/** A table of a FlatBuffer; fields are asked for by their number in the schema. */
export class Table {
  readonly #view: DataView;
  readonly #at: number;

  constructor(view: DataView, at: number) {
    this.#view = view;
    this.#at = at;
  }

  /** The table that the file begins with. */
  static root(bytes: Uint8Array): Table {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return new Table(view, view.getUint32(0, true));
  }

  /** Where a field's content stands; null where it was left out, and its default holds. */
  #field(number: number): number | null {
    const offsets = this.#at - this.#view.getInt32(this.#at, true);
    const place = 4 + 2 * number;
    if (place >= this.#view.getUint16(offsets, true)) return null;
    const offset = this.#view.getUint16(offsets + place, true);
    return offset === 0 ? null : this.#at + offset;
  }

  byte(number: number, otherwise = 0): number {
    const at = this.#field(number);
    return at === null ? otherwise : this.#view.getInt8(at);
  }

  integer(number: number, otherwise = 0): number {
    const at = this.#field(number);
    return at === null ? otherwise : this.#view.getInt32(at, true);
  }

  float(number: number, otherwise = 0): number {
    const at = this.#field(number);
    return at === null ? otherwise : this.#view.getFloat32(at, true);
  }

  flag(number: number): boolean {
    return this.byte(number) !== 0;
  }

  #target(number: number): number | null {
    const at = this.#field(number);
    return at === null ? null : at + this.#view.getUint32(at, true);
  }

  table(number: number): Table | null {
    const at = this.#target(number);
    return at === null ? null : new Table(this.#view, at);
  }

  /** Bytes of a vector whose elements take `size` each; none where it was left out. */
  bytes(number: number, size = 1): Uint8Array {
    const at = this.#target(number);
    if (at === null) return new Uint8Array();
    const length = this.#view.getUint32(at, true) * size;
    if (at + 4 + length > this.#view.byteLength) throw new RangeError('a vector reaches beyond the end');
    return new Uint8Array(this.#view.buffer, this.#view.byteOffset + at + 4, length);
  }

  text(number: number): string {
    return new TextDecoder().decode(this.bytes(number));
  }

  integers(number: number): number[] {
    return [...new Int32Array(this.bytes(number, 4).slice().buffer)];
  }

  /** 64-bit integers, as numbers. */
  longs(number: number): number[] {
    return Array.from(new BigInt64Array(this.bytes(number, 8).slice().buffer), Number);
  }

  floats(number: number): number[] {
    return [...new Float32Array(this.bytes(number, 4).slice().buffer)];
  }

  tables(number: number): Table[] {
    const at = this.#target(number);
    if (at === null) return [];
    const count = this.bytes(number, 4).length / 4;
    return Array.from({ length: count }, (_, index) => {
      const place = at + 4 + 4 * index;
      return new Table(this.#view, place + this.#view.getUint32(place, true));
    });
  }
}
