// What is known of a backbone: it travels in the ONNX file itself, so that a file is enough, and its hash names both.
import { z } from 'zod';
import { OperationalError } from '../errors.ts';
import { metadataOf } from '../model/onnx/model-file.ts';

const METADATA_KEY = 'inkloop-backbone';

const cardSchema = z.object({
  /** 1 told less of what a network sees: embeddings of the two are never mixed, for the file has another hash. */
  formatVersion: z.literal(2),
  /** What people call it. */
  name: z.string().min(1).max(80),
  /** As its owner said it; 'unknown' where nobody did. */
  licence: z.string().min(1).max(80),
  /** Where it came from: the file's name, or the package. */
  source: z.string().min(1).max(200),
  /** Side of the square picture that it is shown. */
  side: z.int().min(16).max(1024),
  /** What it is shown is (level − mean) / deviation, of levels 0 … 255; one for all three colours, or one for each. */
  mean: z.array(z.number()).length(3),
  deviation: z.array(z.number().positive()).length(3),
  /** What of a picture is shown: all of it; that and with ground around it; four cuts of a photograph (views.ts). */
  views: z.enum(['whole', 'around', 'several']),
  /** Numbers in an embedding: those before the last dense layer, then what the network itself would answer. */
  length: z.int().min(4).max(16_384),
  /** How many of them are the network's own answers, probabilities; 0: it tells nothing apart by itself. */
  answers: z.int().min(0).max(8192),
  /** Whether what stands before the last dense layer goes below nothing. */
  signed: z.boolean(),
  /** The names of its input and of the answer that is the embedding. */
  input: z.string().min(1),
  output: z.string().min(1),
  /** The name of its own answers, and whether they are probabilities already; null: none. */
  answering: z.object({ name: z.string().min(1), shares: z.boolean() }).nullable(),
});

export type BackboneCard = Readonly<z.infer<typeof cardSchema>>;

/** As it stands in the file. */
export const cardMetadata = (card: BackboneCard): Readonly<Record<string, string>> => ({
  [METADATA_KEY]: JSON.stringify(cardSchema.parse(card)),
});

/** Throws OperationalError where the bytes are no backbone that was added here, or are damaged. */
export function cardOf(bytes: Uint8Array): BackboneCard {
  try {
    const text = metadataOf(bytes).get(METADATA_KEY);
    if (text === undefined) throw new Error('it has no card');
    return cardSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new OperationalError('the backbone is damaged: add it again ("backbone add")', { cause });
  }
}

/** A card as the database keeps it. */
export const readCard = (text: string): BackboneCard => cardSchema.parse(JSON.parse(text));
