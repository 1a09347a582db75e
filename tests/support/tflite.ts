// Makes small .tflite files: as much of FlatBuffers and of the schema as tests need, written apart from the code that reads them.

type Field =
  | { readonly byte: number }
  | { readonly integer: number }
  | { readonly bytes: Uint8Array }
  | { readonly integers: readonly number[] }
  | { readonly floats: readonly number[] }
  | { readonly longs: readonly number[] }
  | { readonly text: string }
  | { readonly table: Fields }
  | { readonly tables: readonly Fields[] };
type Fields = Readonly<Record<number, Field>>;

class Writer {
  readonly #bytes: number[] = [];

  get place(): number {
    return this.#bytes.length;
  }

  u16(value: number): void {
    this.#bytes.push(value & 255, (value >> 8) & 255);
  }

  u32(value: number): void {
    this.u16(value & 0xffff);
    this.u16(value >>> 16);
  }

  raw(bytes: Uint8Array): void {
    for (const byte of bytes) this.#bytes.push(byte);
  }

  align(to: number): void {
    while (this.#bytes.length % to !== 0) this.#bytes.push(0);
  }

  patch(at: number, value: number): void {
    for (let i = 0; i < 4; i++) this.#bytes[at + i] = (value >>> (8 * i)) & 255;
  }

  done(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }

  /** Where the table begins. */
  table(fields: Fields): number {
    const numbers = Object.keys(fields).map(Number);
    const count = Math.max(-1, ...numbers) + 1;
    this.align(4);
    const offsets = this.place;
    this.u16(4 + 2 * count);
    this.u16(4 + 4 * numbers.length);
    for (let number = 0; number < count; number++) {
      const at = numbers.indexOf(number);
      this.u16(at === -1 ? 0 : 4 + 4 * at);
    }
    this.align(4);
    const table = this.place;
    this.u32(table - offsets);
    const later: (() => void)[] = [];
    for (const number of numbers) {
      const field = fields[number];
      const slot = this.place;
      if (field === undefined) continue;
      if ('byte' in field) this.u32(field.byte & 255);
      else if ('integer' in field) this.u32(field.integer);
      else {
        this.u32(0);
        later.push(() => this.patch(slot, this.content(field) - slot));
      }
    }
    for (const write of later) write();
    return table;
  }

  private content(field: Field): number {
    if ('table' in field) return this.table(field.table);
    this.align(8);
    // The length stands before what may have to lie on a multiple of eight.
    this.u32(0);
    const start = this.place;
    if ('tables' in field) {
      this.u32(field.tables.length);
      const slots = field.tables.map(() => {
        this.u32(0);
        return this.place - 4;
      });
      field.tables.forEach((each, i) => this.patch(slots[i] ?? 0, this.table(each) - (slots[i] ?? 0)));
      return start;
    }
    const [bytes, count] = bytesOf(field);
    this.u32(count);
    this.raw(bytes);
    this.align(4);
    return start;
  }
}

function bytesOf(field: Field): readonly [bytes: Uint8Array, count: number] {
  if ('bytes' in field) return [field.bytes, field.bytes.length];
  if ('text' in field) return [Buffer.from(field.text), Buffer.byteLength(field.text)];
  if ('integers' in field) return [new Uint8Array(Int32Array.from(field.integers).buffer), field.integers.length];
  if ('floats' in field) return [new Uint8Array(Float32Array.from(field.floats).buffer), field.floats.length];
  if ('longs' in field)
    return [new Uint8Array(BigInt64Array.from(field.longs, (each) => BigInt(each)).buffer), field.longs.length];
  throw new Error('no vector');
}

const TYPES = { float32: 0, float16: 1, int32: 2, uint8: 3 } as const;

export interface MadeTensor {
  readonly shape: readonly number[];
  readonly type?: keyof typeof TYPES;
  readonly data?: Float32Array | Int32Array | Uint8Array | Uint16Array;
  readonly scale?: readonly number[];
  readonly zero?: readonly number[];
  readonly dimension?: number;
}

export interface MadeOperator {
  /** Its number in the schema. */
  readonly code: number;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly options?: Fields;
}

/** The bytes of a file of one graph. */
export function tflite(
  tensors: readonly MadeTensor[],
  operators: readonly MadeOperator[],
  ends: { readonly inputs: readonly number[]; readonly outputs: readonly number[] },
): Uint8Array {
  const codes = [...new Set(operators.map(({ code }) => code))];
  const graph: Fields = {
    0: {
      tables: tensors.map(({ shape, type = 'float32', scale, zero, dimension = 0 }, at) => ({
        0: { integers: shape },
        1: { byte: TYPES[type] },
        2: { integer: at + 1 },
        3: { text: `tensor ${at}` },
        ...(scale && {
          4: { table: { 2: { floats: scale }, 3: { longs: zero ?? scale.map(() => 0) }, 6: { integer: dimension } } },
        }),
      })),
    },
    1: { integers: ends.inputs },
    2: { integers: ends.outputs },
    3: {
      tables: operators.map(({ code, inputs, outputs, options }) => ({
        0: { integer: codes.indexOf(code) },
        1: { integers: inputs },
        2: { integers: outputs },
        ...(options && { 3: { byte: 1 }, 4: { table: options } }),
      })),
    },
  };
  const buffers = [undefined, ...tensors.map(({ data }) => data)].map((data) =>
    data === undefined ? {} : { 0: { bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) } },
  );
  const writer = new Writer();
  writer.u32(0);
  writer.raw(Buffer.from('TFL3'));
  const root = writer.table({
    0: { integer: 3 },
    1: { tables: codes.map((code) => ({ 0: { byte: Math.min(127, code) }, 3: { integer: code } })) },
    2: { tables: [graph] },
    4: { tables: buffers },
  });
  writer.patch(0, root);
  return writer.done();
}

export const CODES = {
  add: 0,
  averagePool: 1,
  conv: 3,
  depthwise: 4,
  dequantize: 6,
  dense: 9,
  reshape: 22,
  mean: 40,
  prelu: 54,
  gather: 36,
  hardSwish: 117,
} as const;
export const SAME = { byte: 0 } as const;
export const VALID = { byte: 1 } as const;
