// Whether a challenger is proven better by what people say of their photos, asked after every answer: a bet on each glyph that
// only one of the two reads right. Pure. docs/gate.md has the rule in prose, what it assumes, and its simulated errors.
//
// Each such glyph is a toss that, were the challenger no better, it would win at most every other time. Whoever bets against that
// and never more than they have gains nothing on average, so their fortune reaches 25 times what they began with in at most one
// of 25 duels, however often it is looked at (Ville, 1939; Shafer and Vovk, 2019; Howard et al., 2021). Seven gamblers bet
// different shares of what they have, and their mean counts: a mixture of test martingales (Robbins, 1970; Waudby-Smith and
// Ramdas, 2024), so nobody needs to know beforehand how much better a challenger will be.

import { backing, contradicts, strictness, type Answers, type Counts, type Guards, type Outcome } from './tally.ts';

export interface Standing {
  readonly wins: number;
  readonly losses: number;
  /** How many people said what a glyph of this duel is, and how many of them with a win. */
  readonly people: number;
  readonly winners: number;
  /** How far the proof is, 0 … 1: with everybody's answers, or without those of one stranger, whichever is less. */
  readonly way: number;
  /** How far the opposite is proven. */
  readonly wayBack: number;
  readonly outcome: 'better' | 'worse' | 'open';
}

/** The logarithm of the fortune that is proof. Of twenty runs that are no better gate and duel together promote one at most. */
const PROOF = Math.log(25);
/** Shares of their fortune that the gamblers bet. */
const BETS = [1, 2, 3, 4, 5, 6, 7].map((share) => share / 8);
/** So many of a stranger's tosses are bet on in full; then less and less, so that a hundred from one count as thirty. */
const IN_FULL = 3;
/** A stranger is bet on no more often than twice all the others together, and so many times in any case. */
const MOST_OF_OTHERS = 2;
const ALWAYS_HEARD = 10;
/** More than one in so many of all the others' tosses is much for one person. */
const MANY = 5;
/** Who says much and contradicts the others as only so many would by chance is bet on no more, while it is so. */
const CONTRADICTION = 0.05;
/** Wins must come from so many people, once as many have answered. */
const FEWEST_WINNERS = 3;
/** As far as the proof can be while wins of more people are wanting. */
const ALMOST = 0.99;

interface Duel {
  /** The next glyph that somebody named, in the order in which people named them; a toss where only one of the two reads it right. */
  add(outcome: Outcome): void;
  /** `people`: others who named such glyphs, in answers that do not count. */
  standing(people?: Iterable<number>): Standing;
}

/** One person's tosses, and the logarithms of what each gambler has made of them. */
interface Person extends Answers {
  readonly fortunes: Readonly<Record<Side, Fortune>>;
  /** Those of their tosses that were bet on. */
  heard: Counts;
}
type Side = 'wins' | 'losses';
/** With all bets in full, and with a stranger's becoming smaller. */
interface Fortune {
  readonly full: Float64Array;
  readonly damped: Float64Array;
}

/**
 * Many tap only what was read wrong. Then more wins are seen than losses, however good the challenger is: a win is what the
 * champion, whose reading was shown, has wrong. How often either is answered is known, though, since both read every photo:
 * where they agree, the champion is mostly right; where they differ, as often as not if the challenger is no better. What a win
 * is bet on with, as a share of what a loss is, so that the bet is fair again.
 */
export function winShare({ agreeing, differing }: { readonly agreeing: Asked; readonly differing: Asked }): number {
  if (agreeing.read === 0 || differing.read === 0) return 1;
  const right = agreeing.answered / agreeing.read;
  const wrong = (2 * differing.answered) / differing.read - right;
  return wrong <= right ? 1 : right / Math.min(1, wrong);
}

/** Photos that both read, and how many of them somebody answered. */
interface Asked {
  readonly read: number;
  readonly answered: number;
}

export interface DuelRules extends Guards {
  /** Of `winShare`. */
  readonly share: number;
  /**
   * Photos of a person's that both read alike and nobody answered. They back what this person answers as an answer would: many only put right
   * what was read wrong, and whoever answers nothing but that would otherwise look like a liar.
   */
  readonly unanswered?: ReadonlyMap<number, number>;
}
const USUAL: DuelRules = { share: 1, baseSet: true };

export function makeDuel({ share, baseSet, unanswered }: DuelRules = USUAL): Duel {
  const persons = new Map<number, Person>();
  let heard: Counts = { wins: 0, losses: 0 };
  let said = 0;

  /**
   * Whether the next toss of a stranger's is bet on. What came before decides it, never the toss itself, so that the bets stay fair: who
   * floods, or says much and has contradicted all others as few would by chance, cannot talk a good challenger down.
   */
  function isHeard({ trusted, heard: mine, wins, losses }: Person): boolean {
    const others = { wins: heard.wins - mine.wins, losses: heard.losses - mine.losses };
    const most = Math.max(ALWAYS_HEARD, MOST_OF_OTHERS * (others.wins + others.losses));
    const isLoud = MANY * (wins + losses) > said - wins - losses;
    return trusted || (mine.wins + mine.losses < most && !(isLoud && contradicts(mine, others, CONTRADICTION)));
  }

  /** How much of each person counts. */
  function shares(): { readonly counting: readonly Counting[]; readonly proof: number } {
    const answers = [...persons].map(([contributor, person]): Answers => {
      const { trusted, answers, agreed, wins, losses } = person;
      return { trusted, answers, agreed: agreed + (unanswered?.get(contributor) ?? 0), wins, losses };
    });
    const backed = backing(answers, { baseSet });
    const counting = [...persons.values()].map((person, at) => ({ person, share: backed(answers[at] ?? person) }));
    return { counting, proof: PROOF + Math.log(strictness(answers)) };
  }

  return {
    add({ champion, challenger, contributor, trusted }) {
      const person = persons.get(contributor) ?? newPerson(trusted);
      persons.set(contributor, person);
      person.answers++;
      if (champion && challenger) person.agreed++;
      if (champion === challenger) return;
      const won = challenger;
      if (won) person.wins++;
      else person.losses++;
      said++;
      const bets = isHeard(person);
      if (bets) {
        person.heard = withToss(person.heard, won);
        heard = withToss(heard, won);
      }
      const count = person.heard.wins + person.heard.losses;
      const part = !bets ? 0 : trusted ? 1 : Math.min(1, Math.sqrt(IN_FULL / count));
      for (const side of ['wins', 'losses'] as const) {
        // Only the bet on the challenger is made smaller: against it, what is not seen is missing already.
        const sign = won !== (side === 'wins') ? -1 : side === 'wins' ? share : 1;
        for (const [i, bet] of BETS.entries()) {
          person.fortunes[side].full[i]! += Math.log1p(sign * bet);
          person.fortunes[side].damped[i]! += Math.log1p(sign * bet * part);
        }
      }
    },
    standing(people = []) {
      const everybody = new Set([...people, ...persons.keys()]).size;
      const those = [...persons.values()];
      const alone = everybody < 2;
      const { counting, proof } = alone
        ? { counting: those.map((person) => ({ person, share: 1 })), proof: PROOF }
        : shares();
      const [way, wayBack] = [wayOf(counting, 'wins', everybody, proof), wayOf(counting, 'losses', everybody, proof)];
      return {
        wins: those.reduce((sum, each) => sum + each.wins, 0),
        losses: those.reduce((sum, each) => sum + each.losses, 0),
        people: everybody,
        winners: counting.filter(({ person, share: counted }) => person.wins > 0 && counted > 0).length,
        way,
        wayBack,
        outcome: way >= 1 ? 'better' : wayBack >= 1 ? 'worse' : 'open',
      };
    },
  };
}

/** All of it at once. */
export function standingOf(outcomes: readonly Outcome[], people: Iterable<number> = [], rules = USUAL): Standing {
  const duel = makeDuel(rules);
  for (const each of outcomes) duel.add(each);
  return duel.standing(people);
}

const withToss = ({ wins, losses }: Counts, won: boolean): Counts =>
  won ? { wins: wins + 1, losses } : { wins, losses: losses + 1 };

const emptyFortune = (): Float64Array => new Float64Array(BETS.length);

function newPerson(trusted: boolean): Person {
  const fortune = (): Fortune => ({ full: emptyFortune(), damped: emptyFortune() });
  const none = { wins: 0, losses: 0 };
  const fortunes = { wins: fortune(), losses: fortune() };
  return { trusted, fortunes, answers: 0, agreed: 0, ...none, heard: none };
}

/** A person, and how much of what their bets made counts: as far as their own answers back it. */
interface Counting {
  readonly person: Person;
  readonly share: number;
}

/** How far it is proven that more than half of the tosses end like this. Where one person said everything, theirs count as they are. */
function wayOf(counting: readonly Counting[], side: Side, everybody: number, proof: number): number {
  const alone = everybody < 2;
  const [all, trusted, rest] = [emptyFortune(), emptyFortune(), emptyFortune()];
  const logOf = ({ person, share }: Counting, i: number): number =>
    alone ? (person.fortunes[side].full[i] ?? 0) : share * (person.fortunes[side].damped[i] ?? 0);
  let winners = 0;
  for (const each of counting) {
    if (each.person[side] > 0 && each.share > 0) winners++;
    for (let i = 0; i < BETS.length; i++) {
      all[i]! += logOf(each, i);
      if (each.person.trusted) trusted[i]! += logOf(each, i);
    }
  }
  let least = logOfMean(all);
  for (const each of counting) {
    const { trusted: isTrusted, wins, losses } = each.person;
    // Without who said nothing of it, it is as with them.
    if (alone || isTrusted || each.share === 0 || wins + losses === 0) continue;
    for (let i = 0; i < BETS.length; i++) rest[i] = (all[i] ?? 0) - logOf(each, i);
    least = Math.min(least, logOfMean(rest));
  }
  const way = Math.min(1, Math.max(0, least / proof));
  const enough = winners >= Math.min(FEWEST_WINNERS, everybody) || logOfMean(trusted) >= proof;
  return enough ? way : Math.min(way, ALMOST);
}

/** The logarithm of the mean of what these are logarithms of. Plain loops: it is asked for each person after each answer. */
function logOfMean(logs: Float64Array): number {
  let most = -Infinity;
  for (const log of logs) if (log > most) most = log;
  let sum = 0;
  for (const log of logs) sum += Math.exp(log - most);
  return most + Math.log(sum / logs.length);
}
