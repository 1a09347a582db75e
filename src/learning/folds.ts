// Parts of a training set that hold each other's test: by photo, so that a copy never stands on both sides.
import { makeRandom } from '../random.ts';
import type { Glyphs } from './glyphs.ts';

/**
 * Places of the glyphs in `parts` parts of about equal size, each label spread evenly over them. The same for the same
 * glyphs and seed. None for 0 parts.
 */
export function foldsOf(glyphs: Glyphs, parts: number, seed: number): readonly (readonly number[])[] {
  const result: number[][] = Array.from({ length: parts }, () => []);
  if (parts === 0) return result;
  // Groups of one label in an order of chance, dealt out like cards.
  const byLabel = new Map<number, Set<number>>();
  for (let i = 0; i < glyphs.count; i++) {
    const output = glyphs.outputs[i] ?? 0;
    const groups = byLabel.get(output) ?? new Set();
    byLabel.set(output, groups.add(glyphs.groups[i] ?? 0));
  }
  const partOf = new Map<number, number>();
  let next = 0;
  for (const [, groups] of [...byLabel].sort(([a], [b]) => a - b)) {
    const order = [...groups].map((group) => ({ group, at: makeRandom(seed, group).next() }));
    order.sort((a, b) => a.at - b.at || a.group - b.group);
    for (const { group } of order) if (!partOf.has(group)) partOf.set(group, next++ % parts);
  }
  for (let i = 0; i < glyphs.count; i++) result[partOf.get(glyphs.groups[i] ?? 0) ?? 0]?.push(i);
  return result;
}
