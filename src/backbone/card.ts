// What is known of a backbone: it travels in the ONNX file itself, so that a file is enough, and its hash names both.
import { z } from 'zod';
import { OperationalError } from '../errors.ts';
import { metadataOf } from '../model/onnx/model-file.ts';

const METADATA_KEY = 'inkloop-backbone';

const cardSchema = z.object({
  formatVersion: z.literal(1),
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
  /** What of a picture is shown: all of it; that and with ground around it; its middle as it is and mirrored (views.ts). */
  views: z.enum(['whole', 'around', 'middle']),
  /** Numbers in an embedding, and between what they lie. */
  length: z.int().min(4).max(8192),
  range: z.tuple([z.number(), z.number()]),
  /** The names of its input and of the answer that is the embedding. */
  input: z.string().min(1),
  output: z.string().min(1),
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
