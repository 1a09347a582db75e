// What storing the kernels in fewer bits costs: the same network with its kernels rounded, on everything it is measured on.
import { encodeArtifact, type ArtifactMetadata } from '../../src/model/artifact.ts';
import type { Network } from '../../src/model/engine.ts';
import { onnxEngine } from '../../src/model/onnx/engine.ts';
import { fromHalf, toHalf } from '../../src/model/onnx/half.ts';
import { planOf, elementCount } from '../../src/model/plan.ts';
import { inksOf } from '../../src/model/classifier.ts';
import { measure, type TestSample } from './measure.ts';
import type { Alphabet } from '../../src/alphabet/alphabet.ts';

export interface PrecisionFigures {
  readonly bits: 32 | 16 | 8;
  readonly bytes: number;
  /** Share of the glyphs read right, twins counted as one. */
  readonly right: number;
  readonly of: number;
  /** Reading one glyph on one thread, median. */
  readonly milliseconds: number;
}

/** Reads the same test glyphs with kernels of so many bits (8: with a scale for each output channel). */
export async function comparePrecisions(
  alphabet: Alphabet,
  metadata: ArtifactMetadata,
  network: Network,
  samples: readonly TestSample[],
  widths: readonly PrecisionFigures['bits'][],
): Promise<readonly PrecisionFigures[]> {
  const size = metadata.glyphSize;
  const figures: PrecisionFigures[] = [];
  for (const bits of widths) {
    const rounded = bits === 32 ? network : roundKernels(network, bits);
    const inference = await onnxEngine.load(rounded, { threads: 1 });
    const reader = {
      alphabet,
      metadata,
      logits: (glyphs: readonly Uint8Array[]) => inference.logits(inksOf(glyphs, size * size)),
    };
    const { figures: read } = await measure(reader, 'all', '', samples, false);
    const share = read.confusableAware ?? read.strict;
    const one = new Float32Array(size * size).fill(0.2);
    const times: number[] = [];
    for (let i = 0; i < 300; i++) {
      const start = performance.now();
      await inference.logits(one);
      times.push(performance.now() - start);
    }
    await inference.close();
    times.sort((a, b) => a - b);
    figures.push({
      bits,
      bytes: fileSize({ metadata, network }, bits),
      right: share?.right ?? 0,
      of: share?.of ?? 0,
      milliseconds: times[150] ?? 0,
    });
  }
  return figures;
}

function fileSize(artifact: { metadata: ArtifactMetadata; network: Network }, bits: 32 | 16 | 8): number {
  if (bits !== 8) return encodeArtifact(artifact, { precision: bits }).length;
  // A byte a kernel's number instead of two, and one more scale an output channel.
  const { kernels, channels } = kernelsOf(artifact.network);
  return encodeArtifact(artifact, { precision: 16 }).length - kernels + 4 * channels;
}

function kernelsOf({ architecture, outputs }: Network): { readonly kernels: number; readonly channels: number } {
  const specs = planOf(architecture, outputs).weights.filter(({ role }) => role === 'kernel');
  return {
    kernels: specs.reduce((sum, { shape }) => sum + elementCount(shape), 0),
    channels: specs.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0),
  };
}

function roundKernels(network: Network, bits: 16 | 8): Network {
  const kernels = new Set(
    planOf(network.architecture, network.outputs)
      .weights.filter(({ role }) => role === 'kernel')
      .map(({ name }) => name),
  );
  const weights = new Map(
    [...network.weights].map(([name, { shape, data }]) => {
      if (!kernels.has(name)) return [name, { shape, data }] as const;
      return [name, { shape, data: bits === 16 ? fromHalf(toHalf(data)) : toBytes(data, shape[0] ?? 1) }] as const;
    }),
  );
  return { ...network, weights };
}

/** Whole numbers from -127 to 127 times a scale of each output channel's own. */
function toBytes(data: Float32Array, channels: number): Float32Array {
  const rounded = new Float32Array(data.length);
  const length = data.length / channels;
  for (let start = 0; start < data.length; start += length) {
    const channel = data.subarray(start, start + length);
    const scale = channel.reduce((most, each) => Math.max(most, Math.abs(each)), 0) / 127 || 1;
    for (let i = 0; i < length; i++) rounded[start + i] = Math.round((channel[i] ?? 0) / scale) * scale;
  }
  return rounded;
}
