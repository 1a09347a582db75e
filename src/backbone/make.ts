// A file that an owner found becomes a backbone: converted where it is TensorFlow Lite's, tried once, and given its card.
import { OperationalError, UsageError } from '../errors.ts';
import { encodeModel, withMore } from '../model/onnx/model-file.ts';
import { cardMetadata, type BackboneCard } from './card.ts';
import { openEmbedder } from './embedder.ts';
import { fromOnnx } from './from-onnx.ts';
import { fromTflite } from './from-tflite.ts';
import { isTflite } from './tflite.ts';

/** Far more than any network that reads a photo in a tenth of a second. */
export const MOST_BYTES = 150_000_000;

export interface BackboneWishes {
  readonly name: string;
  readonly licence: string;
  readonly source: string;
  /** What is shown of a picture: four cuts when left out, as for networks of photographs. */
  readonly views?: BackboneCard['views'] | undefined;
  /** What is seen is told place by place, of a .tflite network: where a finger is, not only that there is one. */
  readonly byPlace?: boolean | undefined;
  /** What levels an .onnx network was trained on; a .tflite one says so itself. */
  readonly levels?: Levels | undefined;
}

/** How levels of 0 … 255 are shown to a network: as for most trained on ImageNet, from 0 to 1, or from −1 to 1. */
export const LEVELS = {
  imagenet: { mean: [123.675, 116.28, 103.53], deviation: [58.395, 57.12, 57.375] },
  unit: { mean: [0, 0, 0], deviation: [255, 255, 255] },
  signed: { mean: [127.5, 127.5, 127.5], deviation: [127.5, 127.5, 127.5] },
} as const;
export type Levels = keyof typeof LEVELS;

interface MadeBackbone {
  readonly bytes: Uint8Array;
  readonly card: BackboneCard;
}

/** Throws UsageError or OperationalError in a sentence that names the file: damaged, too large, another input, an operator that is not read. */
export async function makeBackbone(bytes: Uint8Array, wishes: BackboneWishes): Promise<MadeBackbone> {
  if (bytes.length > MOST_BYTES)
    throw new UsageError(
      `${wishes.source} has ${Math.round(bytes.length / 1e6)} MB, and a backbone ${MOST_BYTES / 1e6} at most: smaller ones read as well.`,
    );
  try {
    return await make(bytes, wishes);
  } catch (cause) {
    if (!(cause instanceof OperationalError)) throw cause;
    throw new OperationalError(`${wishes.source} cannot be a backbone: ${cause.message}.`, { cause });
  }
}

/** A file with an answer that is what stands before the last dense layer, and how it is shown pictures; what is to be measured is not yet true. */
type Draft = Pick<MadeBackbone, 'bytes'> &
  Pick<BackboneCard, 'side' | 'mean' | 'deviation' | 'length' | 'answers' | 'input' | 'output' | 'answering'>;

async function make(
  bytes: Uint8Array,
  { name, licence, source, levels = 'imagenet', views = 'several', byPlace = false }: BackboneWishes,
): Promise<MadeBackbone> {
  const { bytes: file, ...shown } = isTflite(bytes) ? ofTflite(bytes, byPlace) : await fromOnnx(bytes, LEVELS[levels]);
  const draft: BackboneCard = { formatVersion: 2, name, licence, source, ...shown, views, signed: false };
  const card = { ...draft, signed: await isSigned(file, draft) };
  return { bytes: withMore(file, null, cardMetadata(card)), card };
}

function ofTflite(bytes: Uint8Array, byPlace: boolean): Draft {
  const { file, side, mean, deviation, length, answers } = fromTflite(bytes, byPlace);
  const three = (each: number): number[] => [each, each, each];
  return {
    bytes: encodeModel(file),
    side,
    mean: three(mean),
    deviation: three(deviation),
    length: length + answers,
    answers,
    input: 'picture',
    output: 'embedding',
    answering: answers === 0 ? null : { name: 'answers', shares: false },
  };
}

/** Whether it says anything below nothing of the pictures that it is tried on. */
async function isSigned(bytes: Uint8Array, card: BackboneCard): Promise<boolean> {
  const embedder = await openEmbedder(bytes, card, 1);
  try {
    let [low, high] = [0, 0];
    for (const square of trials(card.side))
      for (const value of (await embedder.raw(square)).pooled) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    if (high <= 0 && low >= 0) throw new OperationalError('it answers nothing but zeros');
    return low < -1e-3;
  } finally {
    await embedder.close();
  }
}

/** Pictures of nothing, different enough to make a network say what it can. */
function* trials(side: number): Generator<Uint8Array> {
  const drawn = (level: (x: number, y: number, colour: number) => number): Uint8Array =>
    Uint8Array.from({ length: 3 * side * side }, (_, at) => {
      const pixel = Math.floor(at / 3);
      return level((pixel % side) / side, Math.floor(pixel / side) / side, at % 3);
    });
  yield drawn(() => 127);
  yield drawn((x, y, colour) => 255 * (colour === 0 ? x : colour === 1 ? y : 1 - x));
  yield drawn((x, y) => (Math.hypot(x - 0.5, y - 0.5) < 0.3 ? 220 : 40));
  yield drawn((x, y, colour) => ((Math.floor(12 * x) + Math.floor(12 * y) + colour) % 2 === 0 ? 235 : 15));
  yield drawn((x, y, colour) => 127 + 120 * Math.sin(40 * x * y + 9 * y + colour));
}
