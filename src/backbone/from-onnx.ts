// An ONNX network that somebody exported becomes a backbone as it is: what its last dense layer reads is made an answer.
import { OperationalError } from '../errors.ts';
import type { BackboneCard } from './card.ts';
import { FEWEST_ANSWERS } from './from-tflite.ts';
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
  readonly answers: number;
  readonly input: string;
  readonly output: string;
  readonly answering: BackboneCard['answering'];
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
  const { pooled, own } = await triedOn(more, { input: input.name, output, side });
  return {
    bytes: more,
    side,
    mean: [...levels.mean],
    deviation: [...levels.deviation],
    length: pooled + (own?.count ?? 0),
    answers: own?.count ?? 0,
    input: input.name,
    output,
    answering: own === null ? null : { name: own.name, shares: own.shares },
  };
}

function outlined(bytes: Uint8Array): Outline {
  try {
    return outlineOf(bytes);
  } catch (cause) {
    throw new OperationalError('it is neither a whole .tflite nor a whole .onnx file', { cause });
  }
}

/** Asked of the network itself: how much it says, and whether it can be opened at all. */
async function triedOn(
  bytes: Uint8Array,
  { input, output, side }: { readonly input: string; readonly output: string; readonly side: number },
): Promise<{ readonly pooled: number; readonly own: OwnAnswers | null }> {
  let session: InferenceSession;
  try {
    session = await openSession(bytes, 1, { enableCpuMemArena: false });
  } catch (cause) {
    throw new OperationalError(`it cannot be opened (${firstLine(cause)})`, { cause });
  }
  try {
    const blank = new Tensor('float32', new Float32Array(3 * side * side), [1, 3, side, side]);
    const said = await session.run({ [input]: blank });
    const embedding = said[output];
    if (embedding?.type !== 'float32') throw new OperationalError('its embedding would be no floats');
    const others = session.outputNames.filter((name) => name !== output);
    return { pooled: embedding.data.length, own: ownAnswers(said, others) };
  } finally {
    await session.release();
  }
}

interface OwnAnswers {
  readonly name: string;
  readonly count: number;
  readonly shares: boolean;
}

/** What it answers to one picture, where that is one row of many numbers. */
function ownAnswers(said: Awaited<ReturnType<InferenceSession['run']>>, names: readonly string[]): OwnAnswers | null {
  const [name, another] = names;
  const answer = name === undefined ? undefined : said[name];
  if (name === undefined || another !== undefined || !(answer?.data instanceof Float32Array)) return null;
  const { data, dims } = answer;
  if (data.length < FEWEST_ANSWERS || dims.length !== 2) return null;
  const sum = data.reduce((all, each) => all + each, 0);
  return { name, count: data.length, shares: data.every((each) => each >= 0) && Math.abs(sum - 1) < 1e-3 };
}

const firstLine = (thrown: unknown): string =>
  (thrown instanceof Error ? thrown.message : String(thrown)).split('\n')[0]?.slice(0, 160) ?? '';
