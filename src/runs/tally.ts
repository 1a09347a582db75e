// Wins and losses by person: how much each counts, what is left without one of the people, and the exact test on that.
import { voicesOf } from '../learning/voices.ts';

/** So many of a person's glyphs always count. */
const FEWEST_VOICES = 3;
/**
 * Who names what they wrote mostly names what both models read. Whose answers differ oftener than that counts only as far as they agree;
 * those of less than so many answers are taken together, so that a crowd of newcomers is heard and fifty accounts with one picture each are not.
 */
const FEWEST_FOR_A_RECORD = 3;
/** So many times as much is mostly. */
const MOSTLY = 3;
/**
 * So many wins and losses are backed by an answer that agrees. A base set shows what is read worse, so that a hand may be heard in full that is
 * misread three times of four; without one it may be so every other time.
 */
const BACKED = { baseSet: 3, newcomers: 1, nothing: 1 / 2 };
export interface Guards {
  /** A base set shows whether what everybody writes is read worse. */
  readonly baseSet: boolean;
}
/** Where more than one in so many wins is backed by nothing, somebody is out to deceive, and taught as well. */
const DOUBTED = 4;
/** Proof must then be so many times as strong. */
const STRICTER = 4;
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

/** One glyph that somebody named and both models read, and whether each read it right. */
export interface Outcome {
  /** Who said what the glyph is: any number, the same for the same person. */
  readonly contributor: number;
  /** Operators and imports: their glyphs may decide alone, and all of them count. */
  readonly trusted: boolean;
  readonly champion: boolean;
  readonly challenger: boolean;
}

/**
 * Everybody whose glyphs are among these, also those on whose glyphs the models agree. Who is not trusted counts for no more
 * than all the others together, and for one glyph when theirs contradict the others'. `alone`: nobody else has taught
 * anything, so all of it counts.
 */
export function tally(outcomes: readonly Outcome[], alone: boolean, guards: Guards): readonly Tally[] {
  const people = [...answersOf(outcomes).values()];
  if (alone) return people.map(({ trusted, wins, losses }) => ({ trusted, wins, losses, weight: 1 }));
  const backed = backing(people, guards);
  const differing = people.reduce((sum, each) => sum + each.wins + each.losses, 0);
  const weigh = (most: (mine: number, others: number) => number) =>
    people.map((each) => {
      const { trusted, wins, losses } = each;
      const mine = wins + losses;
      const weight = trusted || mine === 0 ? 1 : Math.min(backed(each), most(mine, differing - mine) / mine);
      return { trusted, wins, losses, weight };
    });
  // Compared with the others, nobody weighs much: who has very many would be what everybody else contradicts.
  const compared = weigh(voicesOf);
  const all = together(compared);
  return weigh((_, others) => Math.max(FEWEST_VOICES, others)).map((each, i) => {
    const { wins, losses, trusted } = each;
    if (trusted) return each;
    const weight = compared[i]?.weight ?? 1;
    const others = { wins: Math.round(all.wins - weight * wins), losses: Math.round(all.losses - weight * losses) };
    return contradicts({ wins, losses }, others)
      ? { ...each, weight: Math.min(each.weight, 1 / (wins + losses)) }
      : each;
  });
}

/** What each person said of glyphs that both models read. */
export function answersOf(outcomes: readonly Outcome[]): ReadonlyMap<number, Answers> {
  const byPerson = new Map<number, Answers>();
  for (const { contributor, trusted, champion, challenger } of outcomes) {
    const known = byPerson.get(contributor) ?? { trusted, answers: 0, agreed: 0, wins: 0, losses: 0 };
    byPerson.set(contributor, known);
    known.answers++;
    if (champion && challenger) known.agreed++;
    if (challenger && !champion) known.wins++;
    if (champion && !challenger) known.losses++;
  }
  return byPerson;
}

/** What somebody said of glyphs that both models read. */
export interface Answers {
  readonly trusted: boolean;
  answers: number;
  /** So many of their glyphs both read right. */
  agreed: number;
  wins: number;
  losses: number;
}

/**
 * How much of somebody's wins and losses counts, 0 … 1: as far as their other answers back them, or all newcomers' together. Where the others, too,
 * mostly name what the models read differently, as those do who only put right what was read wrong, nobody can be told by it.
 */
export function backing(people: readonly Answers[], { baseSet }: Guards): (person: Answers) => number {
  const isNew = ({ trusted, answers }: Answers): boolean => !trusted && answers < FEWEST_FOR_A_RECORD;
  const [all, newcomers] = [said(people), said(people.filter(isNew))];
  return (person) => {
    if (person.trusted) return 1;
    const mine = isNew(person) ? newcomers : said([person]);
    const others = { agreed: all.agreed - mine.agreed, differing: all.differing - mine.differing };
    const backed = !baseSet ? BACKED.nothing : isNew(person) ? BACKED.newcomers : BACKED.baseSet;
    return MOSTLY * others.agreed <= others.differing
      ? 1
      : Math.min(1, (backed * mine.agreed) / Math.max(1, mine.differing));
  };
}

/** How many times as strong proof must be: more where many of people's wins are backed by nothing, even as generously as with a base set. */
export function strictness(people: readonly Answers[]): number {
  const backed = backing(people, { baseSet: true });
  const all = people.reduce((sum, { wins }) => sum + wins, 0);
  const doubted = people.reduce((sum, each) => sum + (1 - backed(each)) * each.wins, 0);
  return DOUBTED * doubted > all ? STRICTER : 1;
}

function said(people: readonly Answers[]): { readonly agreed: number; readonly differing: number } {
  return {
    agreed: people.reduce((sum, each) => sum + each.agreed, 0),
    differing: people.reduce((sum, { wins, losses }) => sum + wins + losses, 0),
  };
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
