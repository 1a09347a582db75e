// Small .tflite networks, made here, answer as can be reckoned by hand; what is damaged or not read is refused by name.
import { expect, test } from 'vitest';
import { fromTflite } from '../../src/backbone/from-tflite.ts';
import { OperationalError } from '../../src/errors.ts';
import { encodeModel } from '../../src/model/onnx/model-file.ts';
import { openSession, Tensor } from '../../src/model/onnx/runtime.ts';
import { makeRandom } from '../../src/random.ts';
import { CODES, SAME, VALID, tflite, type MadeOperator, type MadeTensor } from '../support/tflite.ts';

/** The embedding of a picture given as [height, width, 3] numbers. */
async function embed(
  bytes: Uint8Array,
  side: number,
  picture: Float32Array,
  byPlace = false,
): Promise<readonly number[]> {
  const { file } = fromTflite(bytes, byPlace);
  const session = await openSession(encodeModel(file), 1);
  const turned = new Float32Array(picture.length);
  for (let at = 0; at < side * side; at++)
    for (let colour = 0; colour < 3; colour++) turned[colour * side * side + at] = picture[3 * at + colour] ?? 0;
  try {
    const { embedding } = await session.run({ picture: new Tensor('float32', turned, [1, 3, side, side]) });
    return Array.from(embedding?.data as Float32Array);
  } finally {
    await session.release();
  }
}

function numbers(count: number, seed: number): Float32Array {
  const random = makeRandom(seed, count);
  return Float32Array.from({ length: count }, () => 2 * random.next() - 1);
}

interface Layer {
  readonly side: number;
  readonly channels: number;
  readonly values: Float32Array;
}

/** A convolution said in loops: [height, width, channels], zeros around, the odd one after. */
function looped(
  { side, channels, values }: Layer,
  weights: Float32Array,
  options: {
    readonly outputs: number;
    readonly kernel: number;
    readonly stride: number;
    readonly same: boolean;
    readonly apart?: boolean;
  },
): Layer {
  const { outputs, kernel, stride, same, apart = false } = options;
  const out = same ? Math.ceil(side / stride) : Math.floor((side - kernel) / stride) + 1;
  const before = same ? Math.floor(Math.max((out - 1) * stride + kernel - side, 0) / 2) : 0;
  const made = new Float32Array(out * out * outputs);
  for (let y = 0; y < out; y++)
    for (let x = 0; x < out; x++)
      for (let o = 0; o < outputs; o++) {
        let sum = 0;
        for (let dy = 0; dy < kernel; dy++)
          for (let dx = 0; dx < kernel; dx++) {
            const [row, column] = [y * stride + dy - before, x * stride + dx - before];
            if (row < 0 || column < 0 || row >= side || column >= side) continue;
            const at = (row * side + column) * channels;
            if (apart) {
              const channel = Math.floor((o * channels) / outputs);
              sum += (values[at + channel] ?? 0) * (weights[(dy * kernel + dx) * outputs + o] ?? 0);
            } else
              for (let c = 0; c < channels; c++)
                sum += (values[at + c] ?? 0) * (weights[((o * kernel + dy) * kernel + dx) * channels + c] ?? 0);
          }
        made[(y * out + x) * outputs + o] = sum;
      }
  return { side: out, channels: outputs, values: made };
}

const meanOf = ({ side, channels, values }: Layer): number[] =>
  Array.from({ length: channels }, (_, c) => {
    let sum = 0;
    for (let at = 0; at < side * side; at++) sum += values[at * channels + c] ?? 0;
    return sum / (side * side);
  });

const close = (found: readonly number[], wanted: readonly number[]): void => {
  expect(found).toHaveLength(wanted.length);
  found.forEach((each, at) => expect(each).toBeCloseTo(wanted[at] ?? NaN, 4));
};

/** What follows the embedding: three outputs that are never asked for. */
const headFrom = (
  input: number,
  width: number,
  first: number,
): { tensors: MadeTensor[]; operators: MadeOperator[] } => ({
  tensors: [{ shape: [3, width], data: new Float32Array(3 * width) }, { shape: [1, 3] }],
  operators: [{ code: CODES.dense, inputs: [input, first, -1], outputs: [first + 1], options: {} }],
});

test('a convolution of one pixel, a bias and a cut at six, by hand', async () => {
  const head = headFrom(4, 2, 5);
  const bytes = tflite(
    [
      { shape: [1, 1, 1, 3] },
      { shape: [2, 1, 1, 3], data: Float32Array.of(1, 2, 3, -1, 0, 0) },
      { shape: [2], data: Float32Array.of(0.5, 0.25) },
      { shape: [1, 1, 1, 2] },
      { shape: [1, 2] },
      ...head.tensors,
    ],
    [
      {
        code: CODES.conv,
        inputs: [0, 1, 2],
        outputs: [3],
        options: { 0: SAME, 1: { integer: 1 }, 2: { integer: 1 }, 3: { byte: 3 } },
      },
      { code: CODES.reshape, inputs: [3], outputs: [4] },
      ...head.operators,
    ],
    { inputs: [0], outputs: [6] },
  );
  // 1·1 + 2·2 + 3·0.1 + 0.5 = 5.8; −1 + 0.25 is below nothing. Then 1·2 + 2·2 + 3·1 + 0.5 is cut at six.
  close(await embed(bytes, 1, Float32Array.of(1, 2, 0.1)), [5.8, 0]);
  close(await embed(bytes, 1, Float32Array.of(2, 2, 1)), [6, 0]);
});

test.each([
  { stride: 1, same: true, side: 5 },
  { stride: 2, same: true, side: 6 },
  { stride: 2, same: true, side: 7 },
  { stride: 2, same: false, side: 7 },
])(
  'convolution, by channel and whole, sum and mean: $side pixels, stride $stride, same $same',
  async ({ stride, same, side }) => {
    const [depth, whole, back] = [numbers(3 * 3 * 6, 1), numbers(4 * 3 * 3 * 6, 2), numbers(4 * 4, 3)];
    const picture = numbers(side * side * 3, 4);
    const spread = looped({ side, channels: 3, values: picture }, depth, {
      outputs: 6,
      kernel: 3,
      stride,
      same,
      apart: true,
    });
    const mixed = looped(spread, whole, { outputs: 4, kernel: 3, stride: 1, same: true });
    const turned = looped(mixed, back, { outputs: 4, kernel: 1, stride: 1, same: true });
    const sum = { ...mixed, values: mixed.values.map((each, at) => each + (turned.values[at] ?? 0)) };
    const padding = same ? SAME : VALID;
    const steps = { 1: { integer: stride }, 2: { integer: stride } };
    const one = { 0: SAME, 1: { integer: 1 }, 2: { integer: 1 } };
    const head = headFrom(9, 4, 10);
    const shape = [1, spread.side, spread.side, 4];
    const bytes = tflite(
      [
        { shape: [1, side, side, 3] },
        { shape: [1, 3, 3, 6], data: depth },
        { shape: [1, spread.side, spread.side, 6] },
        { shape: [4, 3, 3, 6], data: whole },
        { shape },
        { shape: [4, 1, 1, 4], data: back },
        { shape },
        { shape },
        { shape: [2], type: 'int32', data: Int32Array.of(1, 2) },
        { shape: [1, 4] },
        ...head.tensors,
      ],
      [
        {
          code: CODES.depthwise,
          inputs: [0, 1, -1],
          outputs: [2],
          options: { 0: padding, ...steps, 3: { integer: 2 } },
        },
        { code: CODES.conv, inputs: [2, 3, -1], outputs: [4], options: one },
        { code: CODES.conv, inputs: [4, 5, -1], outputs: [6], options: one },
        { code: CODES.add, inputs: [4, 6], outputs: [7], options: {} },
        { code: CODES.mean, inputs: [7, 8], outputs: [9], options: {} },
        ...head.operators,
      ],
      { inputs: [0], outputs: [11] },
    );
    close(await embed(bytes, side, picture), meanOf(sum));
  },
);

test('whole numbers stand for others, by slices, and answers are held to what they can say', async () => {
  const head = headFrom(4, 2, 5);
  const bytes = tflite(
    [
      { shape: [1, 2, 2, 3], type: 'uint8', scale: [1 / 128], zero: [128] },
      // (10 − 10) · 0.5, (12 − 10) · 0.5, (10 − 10) · 0.5; (0 − 5) · 2, (5 − 5) · 2, (6 − 5) · 2.
      { shape: [2, 1, 1, 3], type: 'uint8', data: Uint8Array.of(10, 12, 10, 0, 5, 6), scale: [0.5, 2], zero: [10, 5] },
      { shape: [2], type: 'int32', data: Int32Array.of(4, -8), scale: [0.25, 0.125] },
      // 0 … 1.275
      { shape: [1, 2, 2, 2], type: 'uint8', scale: [0.005], zero: [0] },
      { shape: [1, 1, 1, 2], type: 'uint8', scale: [0.005], zero: [0] },
      ...head.tensors,
    ],
    [
      { code: CODES.conv, inputs: [0, 1, 2], outputs: [3], options: { 0: SAME, 1: { integer: 1 }, 2: { integer: 1 } } },
      {
        code: CODES.averagePool,
        inputs: [3],
        outputs: [4],
        options: { 0: VALID, 1: { integer: 2 }, 2: { integer: 2 }, 3: { integer: 2 }, 4: { integer: 2 } },
      },
      ...head.operators,
    ],
    { inputs: [0], outputs: [6] },
  );
  expect(fromTflite(bytes)).toMatchObject({ side: 2, length: 2, mean: 128, deviation: 128 });
  // First: the second colour + 1, never over 1.275: 1.25, 1.275, 1, 0.5. Second: −10 · the first + 2 · the third − 1, never below 0.
  const picture = Float32Array.of(0, 0.25, 1, 0, 0.5, 1, 0, 0, 0.75, 0, -0.5, 0);
  close(await embed(bytes, 2, picture), [(1.25 + 1.275 + 1 + 0.5) / 4, (1 + 1 + 0.5 + 0) / 4]);
});

test('half floats that are widened in the file, a slope below zero for each channel, and a hard swish', async () => {
  const head = headFrom(8, 3, 9);
  const bytes = tflite(
    [
      { shape: [1, 1, 1, 3] },
      // 1, −2, 0.5 on the diagonal, as half floats.
      { shape: [3, 1, 1, 3], type: 'float16', data: Uint16Array.of(0x3c00, 0, 0, 0, 0xc000, 0, 0, 0, 0x3800) },
      { shape: [3, 1, 1, 3] },
      { shape: [1, 1, 1, 3] },
      { shape: [1, 1, 3], data: Float32Array.of(0.1, 0.2, 0.3) },
      { shape: [1, 1, 1, 3] },
      { shape: [1, 1, 1, 3] },
      { shape: [2], type: 'int32', data: Int32Array.of(1, 2) },
      { shape: [1, 3] },
      ...head.tensors,
    ],
    [
      { code: CODES.dequantize, inputs: [1], outputs: [2] },
      {
        code: CODES.conv,
        inputs: [0, 2, -1],
        outputs: [3],
        options: { 0: SAME, 1: { integer: 1 }, 2: { integer: 1 } },
      },
      { code: CODES.prelu, inputs: [3, 4], outputs: [5] },
      { code: CODES.hardSwish, inputs: [5], outputs: [6] },
      { code: CODES.mean, inputs: [6, 7], outputs: [8], options: {} },
      ...head.operators,
    ],
    { inputs: [0], outputs: [10] },
  );
  // 2 · (2 + 3) / 6; −2 · 0.2 = −0.4, · 2.6 / 6; 2, · 5 / 6.
  close(await embed(bytes, 1, Float32Array.of(2, 1, 4)), [10 / 6, (-0.4 * 2.6) / 6, 10 / 6]);
});

const tiny = (code: number, shape: readonly number[] = [1, 4, 4, 3]): Uint8Array => {
  const head = headFrom(1, 48, 2);
  return tflite(
    [{ shape }, { shape: [1, 48] }, ...head.tensors],
    [{ code, inputs: [0], outputs: [1] }, ...head.operators],
    { inputs: [0], outputs: [3] },
  );
};

test('what is not read is named', () => {
  expect(() => fromTflite(tiny(CODES.gather))).toThrow(
    new OperationalError('it needs the operator GATHER, which is not read here'),
  );
  expect(() => fromTflite(tiny(CODES.reshape, [1, 4, 5, 3]))).toThrow(
    'its input is 1×4×5×3, where a square picture in three colours',
  );
  expect(() => fromTflite(tiny(CODES.reshape, [1, 4, 4, 1]))).toThrow('its input is 1×4×4×1');
});

test('a file cut short or spoilt anywhere is refused, never worse', () => {
  const whole = tiny(CODES.reshape);
  expect(fromTflite(whole).length).toBe(3);
  const random = makeRandom(7, 7);
  for (let round = 0; round < 400; round++) {
    const spoilt = round % 2 === 0 ? whole.slice(0, random.below(whole.length)) : whole.slice();
    if (round % 2 === 1) for (let i = 0; i < 4; i++) spoilt[8 + random.below(spoilt.length - 8)] = random.below(256);
    try {
      fromTflite(spoilt);
    } catch (error) {
      expect(error).toBeInstanceOf(OperationalError);
    }
  }
});

test('place by place: the means of nine windows of the last sum, and refused where there is none', async () => {
  const side = 7;
  const head = headFrom(4, 3, 5);
  const network = (code: number): Uint8Array =>
    tflite(
      [
        { shape: [1, side, side, 3] },
        { shape: [1, side, side, 3] },
        { shape: [1, side, side, 3] },
        { shape: [2], type: 'int32', data: Int32Array.of(1, 2) },
        { shape: [1, 3] },
        ...head.tensors,
      ],
      [
        { code, inputs: code === CODES.add ? [0, 0] : [0], outputs: [1], options: {} },
        { code: CODES.hardSwish, inputs: [1], outputs: [2] },
        { code: CODES.mean, inputs: [2, 3], outputs: [4], options: {} },
        ...head.operators,
      ],
      { inputs: [0], outputs: [6] },
    );
  const picture = numbers(3 * side * side, 4);
  const wanted: number[] = [];
  for (let channel = 0; channel < 3; channel++)
    for (const top of [0, 2, 4])
      for (const left of [0, 2, 4]) {
        let sum = 0;
        for (let y = top; y < top + 3; y++)
          for (let x = left; x < left + 3; x++) sum += 2 * (picture[3 * (y * side + x) + channel] ?? 0);
        wanted.push(sum / 9);
      }
  close(await embed(network(CODES.add), side, picture, true), wanted);
  expect(fromTflite(network(CODES.add), true)).toMatchObject({ length: 27 });
  expect(fromTflite(network(CODES.add))).toMatchObject({ length: 3 });
  expect(() => fromTflite(network(CODES.hardSwish), true)).toThrow('it adds up to no picture');
});
