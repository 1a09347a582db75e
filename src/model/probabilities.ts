// From logits to probabilities that are honest about twins, too: shapes that differ only in size (o, O, 0) share what a glyph
// makes probable for all of them, and how it is shared has a temperature of its own, since networks are far too sure of that.
import type { ArtifactMetadata } from './artifact.ts';
import { softmax } from './metrics.ts';

/** What is needed to understand logits. */
interface Scale {
  /** Logits are divided by this before the softmax. */
  readonly temperature: number;
  /** Groups of outputs, and the temperature within each. */
  readonly twins?: { readonly groups: readonly (readonly number[])[]; readonly temperature: number } | undefined;
}

/** A probability for each output; they add up to 1. */
export function probabilitiesOf(logits: ArrayLike<number>, { temperature, twins }: Scale): Float64Array {
  const probabilities = softmax(logits, temperature);
  for (const group of twins?.groups ?? []) {
    const together = group.reduce((sum, output) => sum + (probabilities[output] ?? 0), 0);
    const within = softmax(
      group.map((output) => logits[output] ?? 0),
      twins?.temperature,
    );
    group.forEach((output, i) => (probabilities[output] = together * (within[i] ?? 0)));
  }
  return probabilities;
}

/** The scale of a model, its twins as outputs; labels that it lacks are left out. */
export function scaleOf(
  { temperature, twins }: Pick<ArtifactMetadata, 'temperature' | 'twins'>,
  outputs: readonly ({ readonly id: number } | null)[],
): Scale {
  if (twins === undefined) return { temperature };
  return { temperature, twins: { groups: groupsOf(twins.labels, outputs), temperature: twins.temperature } };
}

/** Groups of label ids as groups of outputs. */
function groupsOf(
  groups: readonly (readonly number[])[],
  outputs: readonly ({ readonly id: number } | null)[],
): readonly (readonly number[])[] {
  const places = new Map(outputs.map((output, place) => [output?.id, place]));
  return groups.map((ids) => ids.flatMap((id) => places.get(id) ?? []));
}
