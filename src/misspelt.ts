// Finds, among names that mean nothing here, those that somebody probably meant for one of ours: PROT, ADMIN_TOKE, TELEGRAM_TOKEN.
// The environment is full of others' names, so only what is very near counts.

/** The name of ours that this one was meant for; null when it is nobody's concern. */
export function meant(name: string, ours: readonly string[]): string | null {
  const said = name.toUpperCase();
  const near = ours
    .map((our) => ({ our, away: distance(said, our) }))
    .filter(({ our, away }) => away <= slips(our) && !isAnotherWord(said, our))
    .sort((a, b) => a.away - b.away);
  return near[0]?.our ?? ours.find((our) => isShortFor(said, our)) ?? null;
}

/** Slips that leave a name recognisable: a long one more. */
const slips = (name: string): number => (name.length < 10 ? 1 : 2);

/** A short name with another letter in it is often a word of its own: POST is not meant for PORT or HOST. */
function isAnotherWord(said: string, our: string): boolean {
  const letters = (name: string): string => name.split('').sort().join('');
  return our.length < 6 && said.length === our.length && letters(said) !== letters(our);
}

/** TELEGRAM_TOKEN for TELEGRAM_BOT_TOKEN: two words or more, from the first one on, in order, some left out. */
function isShortFor(said: string, our: string): boolean {
  const words = said.split('_');
  const all = our.split('_');
  if (words.length < 2 || words.length >= all.length || words[0] !== all[0]) return false;
  let at = 0;
  for (const word of all) if (word === words[at]) at += 1;
  return at === words.length;
}

/** How many letters were changed, left out, added or swapped with their neighbour (optimal string alignment). */
function distance(a: string, b: string): number {
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
