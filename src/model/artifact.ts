// A trained model as one file: a plain model.onnx that any tool can open, with what we must know of it under the metadata key
// `inkloop`. Decoding checks everything, so that a damaged, foreign or mismatched file is refused by name before it can answer.
import { z } from 'zod';
import type { Alphabet } from '../alphabet/alphabet.ts';
import { labelById } from '../alphabet/alphabet.ts';
import { messageOf, OperationalError, UsageError } from '../errors.ts';
import { architectureSchema } from './architectures/architecture.ts';
import type { Network } from './engine.ts';
import { inferenceModel } from './onnx/inference-model.ts';
import { decodeModel, encodeModel } from './onnx/model-file.ts';
import { planOf } from './plan.ts';
import { checkWeights } from './weights.ts';

const FORMAT_VERSION = 1;
const METADATA_KEY = 'inkloop';

const lineageSchema = z.object({
  /** Version it was trained on from, or null for a fresh start. */
  parent: z.string().nullable(),
  /** Hash of the snapshot it was trained on, or null. */
  snapshot: z.string().nullable(),
  seed: z.number(),
  engine: z.enum(['onnx', 'tfjs']),
  threads: z.int().min(1),
  codeVersion: z.string(),
});

const metadataSchema = z.object({
  formatVersion: z.literal(FORMAT_VERSION),
  alphabet: z.string().min(1),
  /** What each output stands for: a label, or null for "not a character". */
  outputs: z.array(z.object({ id: z.int().min(0), text: z.string().min(1) }).nullable()).min(2),
  /** Side of a glyph, or of a small picture; of what is seen with a backbone, numbers in an embedding. */
  glyphSize: z.int().min(4),
  /** Hash of the backbone whose embeddings it reads, or `none`: it reads small pictures in colour; absent: it reads glyphs of ink. */
  backbone: z.string().optional(),
  architecture: architectureSchema,
  /** Logits are divided by this before the softmax. */
  temperature: z.number().positive(),
  /** Labels whose shapes differ only in size, and the temperature of their shares in what they have together. */
  twins: z.object({ labels: z.array(z.array(z.int().min(0)).min(2)), temperature: z.number().positive() }).optional(),
  /** Below this probability of the best candidate the reader asks rather than asserts. */
  askBelow: z.number().min(0).max(1),
  /** Above this probability of "not a character" the glyph is rejected. */
  rejectAbove: z.number().min(0).max(1),
  lineage: lineageSchema,
  /** Figures of the model card, by name. */
  metrics: z.record(z.string(), z.number()),
});

export type ArtifactMetadata = Readonly<z.infer<typeof metadataSchema>>;

export interface Artifact {
  readonly metadata: ArtifactMetadata;
  readonly network: Network;
}

/**
 * The file's bytes. `precision` 16 stores kernels as float16 (half the size; a network decoded from it has rounded weights).
 * Throws UsageError when weights, outputs and architecture do not belong together.
 */
export function encodeArtifact(artifact: Artifact, options: { readonly precision?: 16 | 32 } = {}): Uint8Array {
  const { metadata, network } = artifact;
  if (metadata.outputs.length !== network.outputs) {
    throw new UsageError(`${metadata.outputs.length} outputs are named, but the network has ${network.outputs}`);
  }
  const checked = metadataSchema.parse(metadata);
  const model = inferenceModel(network, { precision: options.precision ?? 32 });
  return encodeModel({ ...model, metadata: { [METADATA_KEY]: JSON.stringify(checked) } });
}

/**
 * Reads an artifact back. With `alphabet`, also makes sure that every label of the model is one of its labels, by id and text.
 * Throws OperationalError in one sentence: damaged, not ours, of a newer version, or which label does not belong.
 */
export function decodeArtifact(bytes: Uint8Array, alphabet?: Alphabet): Artifact {
  const file = attempt('the model file is damaged', () => decodeModel(bytes));
  const text = file.metadata.get(METADATA_KEY);
  if (text === undefined)
    throw new OperationalError('the model file was not made by Inkloop: it lacks its description');
  const described = attempt('the description in the model file is damaged', () => JSON.parse(text) as unknown);
  const version = z.object({ formatVersion: z.number() }).safeParse(described);
  if (version.success && version.data.formatVersion > FORMAT_VERSION) {
    throw new OperationalError(
      `the model file has format ${version.data.formatVersion}, this program reads up to ${FORMAT_VERSION}: update Inkloop`,
    );
  }
  const metadata = attempt('the description in the model file is damaged', () => metadataSchema.parse(described));
  if (alphabet !== undefined) checkLabels(metadata, alphabet);
  const network = attempt('the weights in the model file are damaged', () => {
    const plan = planOf(metadata.architecture, metadata.outputs.length);
    if (metadata.glyphSize !== metadata.architecture.inputSize) throw new Error('two different glyph sizes');
    checkWeights(plan, file.weights);
    return { architecture: metadata.architecture, outputs: plan.outputs, weights: file.weights };
  });
  return { metadata, network };
}

/** Throws OperationalError unless the model is of this alphabet and all its labels are labels there, by id and text. */
function checkLabels(metadata: ArtifactMetadata, alphabet: Alphabet): void {
  if (metadata.alphabet !== alphabet.id) {
    throw new OperationalError(`the model reads the alphabet ${metadata.alphabet}, not ${alphabet.id}`);
  }
  for (const output of metadata.outputs) {
    if (output === null) continue;
    // What was renamed or joined since is the same to whoever learnt it.
    const label = labelById(alphabet, output.id);
    const known = [label?.text, alphabet.merged?.get(output.id)?.text, ...(label?.former ?? [])];
    if (label === undefined || !known.includes(output.text)) {
      throw new OperationalError(
        `the model knows a label ${output.text} (${output.id}) that the alphabet ${alphabet.id} lacks`,
      );
    }
  }
}

function attempt<T>(what: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    throw new OperationalError(`${what} (${firstLine(messageOf(cause))}): use another version, or train again`, {
      cause,
    });
  }
}

const firstLine = (text: string): string => (text.split('\n')[0] ?? '').slice(0, 200);
