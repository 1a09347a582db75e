// The rule that decides whether a challenger takes the champion's place: promote or keep, because …  Pure: paired
// outcomes in, a decision with all its figures out. docs/gate.md has the rule in prose and its simulated error rates.
import { FEWEST_GLYPHS, type Decision, type DecisionCode, type LabelFigures } from '../records/decision.ts';
import {
  answersOf,
  backing,
  oneSidedP,
  pOf,
  strictness,
  tally,
  together,
  wholeOf,
  winsForProof,
  withAndWithout,
  type Answers,
  type Counts,
  type Outcome,
  type Tally,
} from './tally.ts';

/** One of people's glyphs that neither model was trained on. */
export interface PairedOutcome extends Outcome {
  /** null: "not a character". */
  readonly label: number | null;
  /** In how many earlier gates this glyph has already been evidence. */
  readonly uses: number;
}

/** One label of the base set: glyphs tested, and how many each model read right. */
export interface BaseOutcome {
  readonly label: number | null;
  readonly tested: number;
  readonly championRight: number;
  readonly challengerRight: number;
}

interface GateEvidence {
  readonly people: readonly PairedOutcome[];
  readonly base: readonly BaseOutcome[];
}

/** Promotion may be an error of chance in so many cases, all tests of one gate together. */
const LEVEL = 0.05;
/** Points of accuracy that the base set may lose. */
const BASE_POINTS = 0.5;
/** Wins must come from so many people, once as many have taught. */
export const FEWEST_WINNERS = 3;
/** A label with fewer differing glyphs than this cannot fall significantly at any level used here. */
const FEWEST_DIFFERING = 5;

/**
 * Decides between champion and challenger. The level of 5 % is shared by two tests: one on all glyphs, which gets less
 * the more often they have been looked at in earlier gates (5 % / (1 + looks)², whose sum over any number of gates stays
 * small), and one on fresh glyphs alone, which gets the rest. Both must hold without any one of the people, too.
 */
export function decidePromotion(evidence: GateEvidence): Decision {
  const { people } = evidence;
  const unused = people.filter((each) => each.uses === 0);
  const [all, fresh] = [count(people), count(unused)];
  const looks = people.length === 0 ? 0 : people.reduce((sum, each) => sum + each.uses, 0) / people.length;
  const alone = new Set(people.map((each) => each.contributor)).size < 2;
  const guards = { baseSet: evidence.base.some(({ tested }) => tested > 0) };
  const answers = [...answersOf(people).values()];
  const strict = alone ? 1 : strictness(answers);
  const chance = LEVEL / strict;
  const level = chance / (1 + looks) ** 2;
  const freshLevel = chance - level;
  const voices = tally(people, alone, guards);
  const [p, freshP] = [largestP(voices, alone), largestP(tally(unused, alone, guards), alone)];
  const counted = wholeOf(together(voices));
  const labels = labelFigures(people, alone);
  const fallen = labels.find((each) => each.fell);
  const base = baseFigures(evidence.base);
  const better = p <= level || freshP <= freshLevel;
  const byAnybody =
    oneSidedP(all.wins, all.losses) <= strict * level || oneSidedP(fresh.wins, fresh.losses) <= strict * freshLevel;
  const won = voices.filter((each) => each.wins > 0 && each.weight > 0).length;
  const byTrusted = pOf(together(voices.filter((each) => each.trusted))) <= chance;
  const byEnough = won >= Math.min(FEWEST_WINNERS, voices.length) || byTrusted;

  const said = `${all.wins} ${all.wins === 1 ? 'win' : 'wins'}, ${all.losses} ${all.losses === 1 ? 'loss' : 'losses'}`;
  const isCapped = counted.wins !== all.wins || counted.losses !== all.losses;
  const figures = isCapped ? `${said}, of which ${counted.wins} and ${counted.losses} count` : said;
  const [code, because] = ((): readonly [DecisionCode, string] => {
    if (base.fall > BASE_POINTS)
      return ['base-fell', `the base set fell by ${base.fall.toFixed(2)} points (${BASE_POINTS} allowed): ${figures}`];
    if (fallen !== undefined)
      return [
        'label-fell',
        `a label is read worse: ${fallen.wins} wins, ${fallen.losses} losses of its ${fallen.tested} glyphs`,
      ];
    if (people.length < FEWEST_GLYPHS)
      return ['too-few-glyphs', `not enough evidence: ${people.length} glyphs to compare on, ${FEWEST_GLYPHS} needed`];
    if (!better && !byAnybody) return ['not-enough-evidence', `not enough evidence: ${figures}`];
    if (!better || !byEnough)
      return [
        'too-few-people',
        `better by the glyphs of too few people: ${figures}, wins of ${won} of ${voices.length}`,
      ];
    return ['better', `better: ${figures} (p = ${Math.min(p, freshP).toPrecision(2)})`];
  })();

  return {
    outcome: code === 'better' ? 'promote' : 'keep',
    code,
    because,
    wins: all.wins,
    losses: all.losses,
    p,
    level,
    counted,
    ...proofAt([counted, level], [fresh, freshLevel]),
    people: { taught: voices.length, won },
    fresh: { tested: fresh.tested, wins: fresh.wins, losses: fresh.losses, p: freshP, level: freshLevel },
    tested: all.tested,
    championRight: all.championRight,
    challengerRight: all.challengerRight,
    labels,
    base,
  };
}

function count(outcomes: readonly PairedOutcome[]): Omit<LabelFigures, 'label' | 'p' | 'fell'> {
  let championRight = 0;
  let challengerRight = 0;
  let wins = 0;
  let losses = 0;
  for (const { champion, challenger } of outcomes) {
    if (champion) championRight++;
    if (challenger) challengerRight++;
    if (challenger && !champion) wins++;
    if (champion && !challenger) losses++;
  }
  return { tested: outcomes.length, championRight, challengerRight, wins, losses };
}

/** The wins that either test lacks, whichever lacks fewer, on top of those that count. */
function proofAt(
  [counted, level]: readonly [Counts, number],
  [fresh, freshLevel]: readonly [Counts, number],
): Pick<Decision, 'proofAt'> {
  const [inAll, inFresh] = [winsForProof(counted, level), winsForProof(fresh, freshLevel)];
  const wanting = [
    ...(inAll === null ? [] : [inAll - counted.wins]),
    ...(inFresh === null ? [] : [inFresh - fresh.wins]),
  ];
  return wanting.length === 0 ? {} : { proofAt: counted.wins + Math.min(...wanting) };
}

/** The largest p, with everybody and without each who might have made it up. */
function largestP(voices: readonly Tally[], alone: boolean): number {
  return Math.max(...withAndWithout(voices, alone).map(pOf));
}

const NOBODY: Answers = { trusted: false, answers: 0, agreed: 0, wins: 0, losses: 0 };
/** Of three people and more, a stranger counts for no more than this on one label, so that two who lie stop nothing. */
const MOST_OF_A_LABEL = 3;

function heardOfLabel(
  outcomes: readonly PairedOutcome[],
  alone: boolean,
  heardOf: (contributor: number, differing: number) => number,
): readonly Tally[] {
  return [...answersOf(outcomes)].map(([contributor, { trusted, wins, losses }]) => {
    const weight = alone || trusted ? 1 : heardOf(contributor, wins + losses);
    return { trusted, wins, losses, weight };
  });
}

const roundedAgainstFall = ({ wins, losses }: Counts): Counts => {
  const { wins: fewer, losses: more } = wholeOf({ wins: losses, losses: wins });
  return { wins: more, losses: fewer };
};

/**
 * The level is shared by the labels that could fall at all (Tarone), so that many labels do not block by chance. A label
 * fell only if it did without any one of the people, too: nobody's glyphs stop a challenger alone.
 */
export function labelFigures(people: readonly PairedOutcome[], alone: boolean): LabelFigures[] {
  // By all that somebody said. Who is heard here promotes nothing, so it is as where there is a base set.
  const answers = answersOf(people);
  const backed = backing([...answers.values()], { baseSet: true });
  const most = answers.size > 2 ? MOST_OF_A_LABEL : Infinity;
  const heardOf = (contributor: number, differing: number): number =>
    Math.min(backed(answers.get(contributor) ?? NOBODY), most / Math.max(1, differing));
  const byLabel = new Map<number | null, PairedOutcome[]>();
  for (const each of people) {
    const those = byLabel.get(each.label);
    if (those === undefined) byLabel.set(each.label, [each]);
    else those.push(each);
  }
  const counted = [...byLabel].map(([label, outcomes]) => {
    const sets = withAndWithout(heardOfLabel(outcomes, alone, heardOf), alone).map(roundedAgainstFall);
    const p = Math.max(...sets.map(({ wins, losses }) => oneSidedP(losses, wins)));
    return { label, ...count(outcomes), p, able: sets.every((each) => each.wins + each.losses >= FEWEST_DIFFERING) };
  });
  counted.sort((a, b) => (a.label ?? Infinity) - (b.label ?? Infinity));
  const able = counted.filter((each) => each.able).length;
  return counted.map(({ able: isAble, ...each }) => ({ ...each, fell: isAble && each.p <= LEVEL / Math.max(1, able) }));
}

function baseFigures(base: readonly BaseOutcome[]): Decision['base'] {
  const sum = (of: (each: BaseOutcome) => number): number => base.reduce((total, each) => total + of(each), 0);
  const tested = sum((each) => each.tested);
  const championRight = sum((each) => each.championRight);
  const challengerRight = sum((each) => each.challengerRight);
  const fall = tested === 0 ? 0 : (100 * (championRight - challengerRight)) / tested;
  return { tested, championRight, challengerRight, fall, allowed: BASE_POINTS };
}
