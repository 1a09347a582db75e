// What one training run learns from: people's samples and, so that nothing is forgotten, replay synthesised from the bank.

/** What shapes the corpus besides the samples themselves; part of a snapshot's id, so a change here is a new id. */
export function corpusRecipe(bank: string | null): unknown {
  return { version: 1, bank };
}
