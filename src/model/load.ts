// A model made ready to answer: decoded, loaded, warm, and speaking of outcomes instead of thresholds.
import type { Alphabet } from '../alphabet/alphabet.ts';
import type { GlyphAnswer, LoadedModel } from './champion.ts';
import { openClassifier, type Classification } from './classifier.ts';
import type { Engine } from './engine.ts';
import type { SightOf } from './sight.ts';

/** Loads an artifact's bytes and lets the model answer once. Throws OperationalError when it cannot, or reads another alphabet. */
export async function loadModel(
  engine: Engine,
  bytes: Uint8Array,
  alphabet: Alphabet,
  sightOf?: SightOf,
): Promise<LoadedModel> {
  const classifier = await openClassifier(engine, bytes, alphabet, sightOf && { sightOf });
  // A model that cannot answer must not become anybody's.
  await classifier.warm();
  const { askBelow, rejectAbove, outputs } = classifier.metadata;
  return {
    facts: {
      outputs: outputs.map((output) => output?.id ?? null),
      embedding: classifier.embedding,
      askBelow,
      rejectAbove,
    },
    async classify(glyphs) {
      const answers = await classifier.classify(glyphs);
      return answers.map(({ candidates, rejected, sure, probabilities, embedding }) => ({
        candidates,
        outcome: outcomeOf({ rejected, sure }),
        seen: { probabilities, embedding },
      }));
    },
    close: () => classifier.close(),
  };
}

/** What a model's thresholds make of an answer. */
export function outcomeOf({ rejected, sure }: Pick<Classification, 'rejected' | 'sure'>): GlyphAnswer['outcome'] {
  return rejected ? 'not-a-character' : sure ? 'sure' : 'unsure';
}
