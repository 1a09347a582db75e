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
  /** What of a picture is shown: all of it; that and with ground around it; these and turned; four cuts of a photograph (views.ts). */
  views: z.enum(['whole', 'around', 'turned', 'several']),
  /** Numbers in an embedding: those before the last dense layer, or by place before these, then what the network itself would answer. */
  length: z.int().min(4).max(16_384),
  /** How many of them are the network's own answers, probabilities; 0: it tells nothing apart by itself. */
  answers: z.int().min(0).max(8192),
  /** Whether that goes below nothing, its own answers apart. */
  signed: z.boolean(),
  /** The names of its input and of the answer that is the embedding. */
  input: z.string().min(1),
  output: z.string().min(1),
  /** The name of its own answers, and whether they are probabilities already; null: none. */
  answering: z.object({ name: z.string().min(1), shares: z.boolean() }).nullable(),
});

/** What tells less of a network than is needed now. */
const earlier = z.object({ formatVersion: z.literal(1) });
const OF_EARLIER =
  'the backbone was added by an earlier Inkloop, and models that see with it cannot answer: add it again ("backbone add"), and make a new alphabet of the exported samples';

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
    const said: unknown = JSON.parse(text);
    if (earlier.safeParse(said).success) throw new OperationalError(OF_EARLIER);
    return cardSchema.parse(said);
  } catch (cause) {
    if (cause instanceof OperationalError) throw cause;
    throw new OperationalError('the backbone is damaged: add it again ("backbone add")', { cause });
  }
}

/** A card as the database keeps it; null for one of an earlier program, which nothing can be seen with any more. */
export function readCard(text: string): BackboneCard | null {
  const said: unknown = JSON.parse(text);
  return earlier.safeParse(said).success ? null : cardSchema.parse(said);
}
