// Whose something is, from the widest to the narrowest: platform, neighbourhood, person. Where there is not enough for
// everybody, whoever holds most gives way first; so many addresses of one neighbourhood get no more than one.

export type Share = readonly string[];

/** The held things of whoever holds most: of the greediest at the widest level, of the greediest within it, and so on. */
export function greediest<T>(
  held: readonly T[],
  shareOf: (each: T) => Share,
  weightOf: (each: T) => number = () => 1,
): readonly T[] {
  let left = held;
  for (let depth = 0; left.some((each) => shareOf(each).length > depth); depth++) {
    const groups = groupedAt(left, shareOf, depth).map((group) => ({
      group,
      weight: group.reduce((sum, each) => sum + weightOf(each), 0),
    }));
    const most = Math.max(...groups.map(({ weight }) => weight));
    const among = new Set(groups.flatMap(({ group, weight }) => (weight === most ? group : [])));
    left = left.filter((each) => among.has(each));
  }
  return left;
}

/** Things with the same name at this depth together, in the order in which each name came first. */
export function groupedAt<T>(
  things: readonly T[],
  shareOf: (each: T) => Share,
  depth: number,
): readonly (readonly [T, ...T[]])[] {
  const groups = new Map<string, [T, ...T[]]>();
  for (const each of things) {
    const name = shareOf(each)[depth] ?? '';
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [each]);
    else group.push(each);
  }
  return [...groups.values()];
}
