// From logits to what the product speaks of: candidates with calibrated probabilities, and the doubt that it is a character at all.
import { joined, type Alphabet } from '../alphabet/alphabet.ts';
import { OperationalError, UsageError } from '../errors.ts';
import { decodeArtifact, type ArtifactMetadata } from './artifact.ts';
import type { Engine, Inference } from './engine.ts';
import { inputLength } from './plan.ts';
import { probabilitiesOf, scaleOf } from './probabilities.ts';
import { onlyPlain, type Sight, type SightOf } from './sight.ts';

interface ScoredLabel {
  readonly labelId: number;
  readonly probability: number;
}

export interface Classification {
  /** Of each of the model's outputs, in their order; adds up to 1. */
  readonly probabilities: Float64Array;
  /** All labels the model knows, the most probable first. Together with `notACharacter` the probabilities add up to 1. */
  readonly candidates: readonly ScoredLabel[];
  /** 0 for a model that has no such output. */
  readonly notACharacter: number;
  /** The doubt is over the model's threshold: say that this is no character. */
  readonly rejected: boolean;
  /** The best candidate is over the model's threshold: assert it; otherwise ask. */
  readonly sure: boolean;
}

export interface Classifier {
  readonly metadata: ArtifactMetadata;
  /** Answers once, to nothing: the first answer of a session is the slow one. Throws where it cannot. */
  warm(): Promise<void>;
  /** Numbers in an embedding. */
  readonly embedding: number;
  /** Reads glyphs as they are kept. Throws UsageError for one of another kind than the model's. */
  classify(glyphs: readonly Uint8Array[]): Promise<readonly (Classification & { readonly embedding: Float32Array })[]>;
  close(): Promise<void>;
}

/** The candidates that logits stand for. */
export function classificationOf(
  logits: Float32Array,
  metadata: ArtifactMetadata,
  alphabet: Pick<Alphabet, 'merged'> = {},
): Classification {
  const probabilities = probabilitiesOf(logits, scaleOf(metadata, metadata.outputs));
  let notACharacter = 0;
  const said: ScoredLabel[] = [];
  metadata.outputs.forEach((output, index) => {
    const probability = probabilities[index] ?? 0;
    if (output === null) notACharacter += probability;
    else said.push({ labelId: output.id, probability });
  });
  said.sort((a, b) => b.probability - a.probability || a.labelId - b.labelId);
  const candidates = joined(alphabet, said);
  const best = candidates[0]?.probability ?? 0;
  return {
    probabilities,
    candidates,
    notACharacter,
    rejected: notACharacter > metadata.rejectAbove,
    sure: best >= metadata.askBelow,
  };
}

function makeClassifier(
  inference: Inference,
  metadata: ArtifactMetadata,
  sight: Sight,
  alphabet: Pick<Alphabet, 'merged'>,
): Classifier {
  const length = inputLength(metadata.architecture);
  return {
    metadata,
    warm: async () => void (await inference.logits(new Float32Array(length))),
    embedding: inference.embedding,
    classify: async (glyphs) => {
      if (glyphs.length === 0) return [];
      const { logits, embeddings } = await inference.answers(inksOf(await sight.see(glyphs), length));
      if (!logits.every(Number.isFinite)) {
        throw new OperationalError('the model answers with numbers that are not finite: use another version');
      }
      const row = (of: Float32Array, index: number, width: number): Float32Array =>
        of.subarray(index * width, (index + 1) * width);
      return glyphs.map((_, index) => ({
        ...classificationOf(row(logits, index, inference.outputs), metadata, alphabet),
        embedding: row(embeddings, index, inference.embedding),
      }));
    },
    close: () => inference.close(),
  };
}

/** A classifier from an artifact's bytes. Throws OperationalError when they are damaged or of another alphabet. */
export async function openClassifier(
  engine: Engine,
  bytes: Uint8Array,
  alphabet: Alphabet,
  options: { readonly threads?: number; readonly sightOf?: SightOf } = {},
): Promise<Classifier> {
  const { metadata, network } = decodeArtifact(bytes, alphabet);
  const sight = await (options.sightOf ?? onlyPlain)(metadata.backbone ?? null);
  if (metadata.backbone !== undefined && sight.length !== inputLength(network.architecture))
    throw new OperationalError(
      'the model reads embeddings of another length than its backbone makes: use another version',
    );
  return makeClassifier(await engine.load(network, { threads: options.threads ?? 1 }), metadata, sight, alphabet);
}

/** Glyphs (0 … 255) side by side as what networks eat (0 … 1), each of so many numbers. Throws UsageError for a glyph of another size. */
export function inksOf(glyphs: readonly Uint8Array[], area: number): Float32Array {
  const inks = new Float32Array(glyphs.length * area);
  glyphs.forEach((glyph, index) => {
    if (glyph.length !== area) {
      throw new UsageError(`a glyph has ${glyph.length} numbers where the model needs ${area}`);
    }
    for (let i = 0; i < area; i++) inks[index * area + i] = (glyph[i] ?? 0) / 255;
  });
  return inks;
}
