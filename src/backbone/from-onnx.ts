// An ONNX network that somebody exported becomes a backbone as it is: what its last dense layer reads is made an answer.
import { OperationalError } from '../errors.ts';
import { outlineOf, withMore, type Outline } from '../model/onnx/model-file.ts';
import { openSession, Tensor, type InferenceSession } from '../model/onnx/runtime.ts';

/** Where a network takes pictures of any size. */
const USUAL_SIDE = 224;

interface Shown {
  readonly bytes: Uint8Array;
  readonly side: number;
  readonly mean: number[];
  readonly deviation: number[];
  readonly length: number;
  readonly input: string;
  readonly output: string;
}

/** Throws OperationalError in half a sentence: damaged, another input, no dense layer, or an operator that is not there. */
export async function fromOnnx(
  bytes: Uint8Array,
  levels: { readonly mean: readonly number[]; readonly deviation: readonly number[] },
): Promise<Shown> {
  const { inputs, nodes } = outlined(bytes);
  const [input] = inputs;
  if (input === undefined || inputs.length > 1)
    throw new OperationalError(`it has ${inputs.length} inputs, where one picture is needed`);
  const [, colours, height, width] = input.shape;
  if (input.shape.length !== 4 || colours !== 3 || height !== width)
    throw new OperationalError(
      `its input is ${input.shape.map((size) => size ?? 'any').join('×')}, where a square picture in three colours, these first, is needed`,
    );
  const dense = nodes.findLast(({ operator }) => operator === 'Gemm' || operator === 'MatMul');
  const [output] = dense?.inputs ?? [];
  if (output === undefined) throw new OperationalError('it has no dense layer, before which an embedding would stand');
  const more = withMore(bytes, output, {});
  const side = height ?? USUAL_SIDE;
  const length = await lengthOf(more, input.name, output, side);
  return {
    bytes: more,
    side,
    mean: [...levels.mean],
    deviation: [...levels.deviation],
    length,
    input: input.name,
    output,
  };
}

function outlined(bytes: Uint8Array): Outline {
  try {
    return outlineOf(bytes);
  } catch (cause) {
    throw new OperationalError('it is neither a whole .tflite nor a whole .onnx file', { cause });
  }
}

/** Asked of the network itself: it tells as well whether it can be opened at all. */
async function lengthOf(bytes: Uint8Array, input: string, output: string, side: number): Promise<number> {
  let session: InferenceSession;
  try {
    session = await openSession(bytes, 1, { enableCpuMemArena: false });
  } catch (cause) {
    throw new OperationalError(`it cannot be opened (${firstLine(cause)})`, { cause });
  }
  try {
    const blank = new Tensor('float32', new Float32Array(3 * side * side), [1, 3, side, side]);
    const embedding = (await session.run({ [input]: blank }, [output]))[output];
    if (embedding?.type !== 'float32') throw new OperationalError('its embedding would be no floats');
    return embedding.data.length;
  } finally {
    await session.release();
  }
}

const firstLine = (thrown: unknown): string =>
  (thrown instanceof Error ? thrown.message : String(thrown)).split('\n')[0]?.slice(0, 160) ?? '';
