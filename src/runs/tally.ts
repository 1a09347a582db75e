// Wins and losses by person: how much each counts, what is left without one of the people, and the exact test on that.
import { voicesOf } from '../learning/voices.ts';

/** So many of a person's glyphs always count. */
const FEWEST_VOICES = 3;
/** Who contradicts everybody else as clearly as this has one voice, whatever they say. */
const CONTRADICTION = 0.01;

export interface Counts {
  readonly wins: number;
  readonly losses: number;
}

/** One person's glyphs that the two models read differently. */
export interface Tally extends Counts {
  readonly trusted: boolean;
  /** How much each of these wins and losses counts: 1, or less where one person has many. */
  readonly weight: number;
}

/** P(X ≥ wins) for X ~ Binomial(wins + losses, ½): the exact one-sided McNemar test. 1 when nothing differs. */
export function oneSidedP(wins: number, losses: number): number {
  const n = wins + losses;
  // Summed from the far tail, in logarithms: exact for small n, and nothing overflows for large.
  let logTerm = -n * Math.LN2;
  let sum = 0;
  for (let k = n; k >= wins; k--) {
    sum += Math.exp(logTerm);
    logTerm += Math.log(k) - Math.log(n - k + 1);
  }
  return Math.min(1, sum);
}

/** Beyond this nobody waits for proof. */
const MOST_WINS = 10_000;

/** With so many wins, and no more losses than there are, the test passes at this level; null when it never would. */
export function winsForProof({ wins, losses }: Counts, level: number): number | null {
  if (level <= 0) return null;
  for (let enough = wins; enough <= MOST_WINS; enough++) if (oneSidedP(enough, losses) <= level) return enough;
  return null;
}

/** Capped counts that are not whole, rounded against the challenger. */
export function wholeOf({ wins, losses }: Counts): Counts {
  // Thirds of thirds do not always add up to the whole they came from.
  return { wins: Math.floor(wins + 1e-9), losses: Math.max(0, Math.ceil(losses - 1e-9)) };
}

export function pOf(counts: Counts): number {
  const { wins, losses } = wholeOf(counts);
  return oneSidedP(wins, losses);
}

interface Outcome {
  readonly contributor: number;
  readonly trusted: boolean;
  readonly champion: boolean;
  readonly challenger: boolean;
}

/**
 * Everybody whose glyphs are among these, also those on whose glyphs the models agree. Who is not trusted counts for no more
 * than all the others together, and for one glyph when theirs contradict the others'. `alone`: nobody else has taught
 * anything, so all of it counts.
 */
export function tally(outcomes: readonly Outcome[], alone: boolean): readonly Tally[] {
  const byPerson = new Map<number, { trusted: boolean; wins: number; losses: number }>();
  for (const { contributor, trusted, champion, challenger } of outcomes) {
    const known = byPerson.get(contributor) ?? { trusted, wins: 0, losses: 0 };
    byPerson.set(contributor, known);
    if (challenger && !champion) known.wins++;
    if (champion && !challenger) known.losses++;
  }
  const people = [...byPerson.values()];
  if (alone) return people.map((each) => ({ ...each, weight: 1 }));
  const differing = people.reduce((sum, each) => sum + each.wins + each.losses, 0);
  const weigh = (most: (mine: number, others: number) => number) =>
    people.map((each) => {
      const mine = each.wins + each.losses;
      const weight = each.trusted || mine === 0 ? 1 : Math.min(1, most(mine, differing - mine) / mine);
      return { ...each, weight };
    });
  // Compared with the others, nobody weighs much: who has very many would be what everybody else contradicts.
  const compared = weigh(voicesOf);
  const all = together(compared);
  return weigh((_, others) => Math.max(FEWEST_VOICES, others)).map((each, i) => {
    const { wins, losses, trusted } = each;
    if (trusted) return each;
    const weight = compared[i]?.weight ?? 1;
    const others = { wins: Math.round(all.wins - weight * wins), losses: Math.round(all.losses - weight * losses) };
    return contradicts({ wins, losses }, others) ? { ...each, weight: 1 / (wins + losses) } : each;
  });
}

/** Whether somebody's wins and losses are to one another as everybody else's only in so few cases by chance (Fisher). */
export function contradicts(mine: Counts, others: Counts, chance = CONTRADICTION): boolean {
  const [n, wins] = [mine.wins + mine.losses, mine.wins + others.wins];
  const losses = mine.losses + others.losses;
  // Hypergeometric: so many of mine are wins when mine are drawn from all.
  let [atMost, atLeast] = [0, 0];
  const all = logChoose(wins + losses, n);
  for (let k = Math.max(0, n - losses); k <= Math.min(n, wins); k++) {
    const p = Math.exp(logChoose(wins, k) + logChoose(losses, n - k) - all);
    if (k <= mine.wins) atMost += p;
    if (k >= mine.wins) atLeast += p;
  }
  return Math.min(atMost, atLeast) <= chance;
}

/** Logarithms of factorials, as far as they were asked for. */
const logFactorials = [0];

function logChoose(n: number, k: number): number {
  for (let i = logFactorials.length; i <= n; i++) logFactorials.push((logFactorials[i - 1] ?? 0) + Math.log(i));
  const of = (i: number): number => logFactorials[i] ?? 0;
  return of(n) - of(k) - of(n - k);
}

/** What these people's glyphs say together, as far as each counts. */
export function together(people: readonly Tally[]): Counts {
  return {
    wins: people.reduce((sum, each) => sum + each.weight * each.wins, 0),
    losses: people.reduce((sum, each) => sum + each.weight * each.losses, 0),
  };
}

/** The same with everybody, and without each person in turn who is not trusted. `alone`: there is nobody to leave out. */
export function withAndWithout(people: readonly Tally[], alone: boolean): readonly Counts[] {
  const all = together(people);
  if (alone) return [all];
  const rests = people
    .filter(({ trusted, wins, losses }) => !trusted && wins + losses > 0)
    .map(({ weight, wins, losses }) => ({ wins: all.wins - weight * wins, losses: all.losses - weight * losses }));
  return [all, ...rests];
}
