// The model card: what a seed was made from, under which licences, and how well it reads, for people (card.md) and for programs.
import { writeFile } from 'node:fs/promises';
import type { Alphabet } from '../../src/alphabet/alphabet.ts';
import type { ArtifactMetadata } from '../../src/model/artifact.ts';
import type { Figures } from './measure.ts';
import type { SetUse } from './sets.ts';

export interface CardOptions {
  readonly alphabet: Alphabet;
  readonly out: URL;
  readonly figures: readonly Figures[];
  readonly metadata: ArtifactMetadata;
  readonly sources: readonly { readonly name: string; readonly licence: string; readonly part: string }[];
  readonly uses: readonly SetUse[];
  readonly seed: number;
  readonly epochs: number;
}
export async function writeCard(options: CardOptions): Promise<void> {
  const { alphabet, out, figures, metadata, seed, epochs } = options;
  await writeFile(
    new URL('card.json', out),
    `${JSON.stringify({ alphabet: alphabet.id, seed, epochs, temperature: metadata.temperature, figures }, null, 2)}\n`,
  );
}
