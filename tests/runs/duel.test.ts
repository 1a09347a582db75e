// The duel's rule, by hand on small figures and by simulation; docs/gate.md publishes the table that `bench -- duel` prints.
import { describe, expect, it } from 'vitest';
import { standingOf, winShare } from '../../src/runs/duel.ts';
import type { Outcome } from '../../src/runs/tally.ts';
import {
  answersUntilPromoted,
  noBetter,
  threeUnlike,
  wronglyBetter,
  wronglyBetterToCorrectors,
  wronglyPromoted,
} from '../support/duel-streams.ts';

/** A person's wins, then their losses. */
const only = (contributor: number, wins: number, losses: number, trusted = false): readonly Outcome[] =>
  Array.from({ length: wins + losses }, (_, at) => ({
    contributor,
    trusted,
    champion: at >= wins,
    challenger: at < wins,
  }));
/** Somebody's glyphs that both read right. */
const agreed = (contributor: number, times: number): readonly Outcome[] =>
  Array.from({ length: times }, () => ({ contributor, trusted: false, champion: true, challenger: true }));
/** A person's wins, then their losses, after as many that both read right. */
const by = (contributor: number, wins: number, losses: number, trusted = false): readonly Outcome[] => [
  ...agreed(contributor, wins + losses).map((each) => ({ ...each, trusted })),
  ...only(contributor, wins, losses, trusted),
];
const silent = (...people: readonly number[]): readonly Outcome[] => people.flatMap((each) => agreed(each, 1));

describe('how a duel stands', () => {
  it('is nowhere without an answer, and on its way with some', () => {
    expect(standingOf([])).toEqual({
      wins: 0,
      losses: 0,
      people: 0,
      winners: 0,
      way: 0,
      wayBack: 0,
      outcome: 'open',
    });
    const some = standingOf(by(1, 5, 1));
    expect(some).toMatchObject({ wins: 5, losses: 1, people: 1, winners: 1, outcome: 'open', wayBack: 0 });
    expect(some.way).toBeGreaterThan(0.2);
    expect(some.way).toBeLessThan(0.8);
  });

  it('is proven where one person is all there is, by seven wins without a loss', () => {
    expect(standingOf(by(1, 6, 0)).outcome).toBe('open');
    expect(standingOf(by(1, 7, 0))).toMatchObject({ way: 1, outcome: 'better' });
    expect(standingOf(by(1, 0, 7))).toMatchObject({ wayBack: 1, outcome: 'worse' });
  });

  it('does not hang on the order of other people’s answers', () => {
    const tosses = [...by(1, 3, 1), ...by(2, 2, 0), ...by(3, 1, 1)];
    const mixed = [...by(3, 1, 1), ...by(1, 3, 1), ...by(2, 2, 0)];
    expect(standingOf(mixed).way).toBeCloseTo(standingOf(tosses).way, 12);
  });

  it('from the second person on nobody is proof alone, however much they say', () => {
    expect(standingOf([...by(1, 500, 0), ...silent(2)]).outcome).toBe('open');
    expect(standingOf([...by(1, 500, 0), ...silent(2)]).way).toBe(0);
    expect(standingOf([...by(1, 500, 0), ...by(2, 3, 0)]).outcome).toBe('open');
    expect(standingOf([...by(1, 9, 0), ...by(2, 9, 0)]).outcome).toBe('better');
    // Nor against it.
    expect(standingOf([...by(1, 0, 500), ...by(2, 0, 1)]).outcome).toBe('open');
  });

  it('one answer each of many counts for more than a hundred of one', () => {
    const many = Array.from({ length: 10 }, (_, who) => by(who, 1, 0)).flat();
    expect(standingOf(many).outcome).toBe('better');
    const five = Array.from({ length: 5 }, (_, who) => by(who, 1, 0)).flat();
    expect(standingOf([...by(1, 100, 0), ...by(2, 1, 0)]).way).toBeLessThan(standingOf(five).way);
  });

  it('of three and more, three must have a win', () => {
    const two = [...by(1, 12, 0), ...by(2, 12, 0)];
    expect(standingOf([...two, ...silent(3)])).toMatchObject({ outcome: 'open', way: 0.99, winners: 2, people: 3 });
    expect(standingOf([...two, ...by(3, 1, 0)])).toMatchObject({ outcome: 'better' });
  });

  it('an operator is enough, whoever else answered', () => {
    expect(standingOf([...by(1, 8, 0, true), ...silent(2, 3, 4)]).outcome).toBe('better');
    expect(standingOf([...by(1, 8, 0, true), ...by(2, 0, 1), ...silent(3, 4)]).outcome).toBe('open');
  });

  it('a person who says no a hundred times delays it, and cannot stop it for ever', () => {
    const good = (many: number) => Array.from({ length: many }, (_, who) => by(10 + who, 2, 0)).flat();
    expect(standingOf(good(6)).outcome).toBe('better');
    expect(standingOf([...by(1, 0, 100), ...good(6)]).outcome).toBe('open');
    // Ten of his hundred are bet on; from then on he has contradicted everybody.
    expect(standingOf([...by(1, 0, 100), ...good(15)]).outcome).toBe('better');
    expect(standingOf([...good(15), ...by(1, 0, 100)]).outcome).toBe('better');
  });
});

describe('where no base set guards, who never says what both models read', () => {
  const strictly = (outcomes: readonly Outcome[]) => standingOf(outcomes, [], { share: 1, baseSet: false });
  // What both read is most of what honest people name.
  const honest = [1, 2, 3].flatMap((who) => [...agreed(who, 300), ...only(who, 0, 1)]);

  it('decides nothing, however many they are: fifty accounts with one picture each, twenty who swap two letters', () => {
    const fifty = Array.from({ length: 50 }, (_, who) => only(100 + who, 1, 0)).flat();
    const twenty = Array.from({ length: 20 }, (_, who) => only(100 + who, 25, 0)).flat();
    for (const attack of [fifty, twenty]) {
      expect(strictly([...honest, ...attack])).toMatchObject({ outcome: 'open', way: 0, winners: 0 });
      expect(strictly([...attack, ...honest])).toMatchObject({ outcome: 'open', way: 0, winners: 0 });
    }
  });

  it('counts for three where there is one: a hand of their own is much to put right', () => {
    const own = [11, 12, 13, 14, 15].flatMap((who) => [...agreed(who, 2), ...only(who, 4, 0)]);
    expect(standingOf([...honest, ...own])).toMatchObject({ outcome: 'better' });
    expect(strictly([...honest, ...own])).toMatchObject({ outcome: 'open' });
  });

  it('decides nothing with a base set either, unless photos that nobody answered speak for them', () => {
    const people = [11, 12, 13, 14, 15];
    const correctors = people.flatMap((who) => only(who, 4, 0));
    expect(standingOf([...honest, ...correctors])).toMatchObject({ outcome: 'open', way: 0, winners: 0 });
    const unanswered = new Map(people.map((who) => [who, 6]));
    const rules = { share: 1, baseSet: true, unanswered };
    expect(standingOf([...honest, ...correctors], [], rules)).toMatchObject({ outcome: 'better', winners: 5 });
  });

  it('talks no good challenger down', () => {
    const good = Array.from({ length: 8 }, (_, who) => [...agreed(10 + who, 100), ...only(10 + who, 2, 0)]).flat();
    const against = Array.from({ length: 20 }, (_, who) => only(100 + who, 0, 25)).flat();
    expect(strictly(good).outcome).toBe('better');
    expect(strictly([...against, ...good]).outcome).toBe('better');
  });

  it('is heard where everybody only puts right what was read wrong', () => {
    const correctors = Array.from({ length: 5 }, (_, who) => only(who, 3, 0)).flat();
    expect(strictly(correctors)).toMatchObject({ outcome: 'better', winners: 5 });
  });

  it('a crowd of newcomers is heard, by what they say together', () => {
    const crowd = Array.from({ length: 200 }, (_, who) => (who % 10 === 9 ? only(who, 1, 0) : agreed(who, 1))).flat();
    expect(strictly(crowd)).toMatchObject({ outcome: 'better', wins: 20, winners: 20 });
  });
});

describe('what is not answered', () => {
  const asked = (read: number, answered: number) => ({ read, answered });
  it('weighs nothing where everything is answered, or as much of the one as of the other', () => {
    expect(winShare({ agreeing: asked(90, 90), differing: asked(10, 10) })).toBe(1);
    expect(winShare({ agreeing: asked(90, 45), differing: asked(10, 5) })).toBe(1);
    expect(winShare({ agreeing: asked(0, 0), differing: asked(0, 0) })).toBe(1);
  });
  it('makes wins weigh less where only what is wrong is answered', () => {
    expect(winShare({ agreeing: asked(1000, 200), differing: asked(100, 60) })).toBeCloseTo(0.2, 12);
    expect(winShare({ agreeing: asked(1000, 0), differing: asked(100, 50) })).toBe(0);
    const wins = by(1, 20, 0);
    expect(standingOf(wins).outcome).toBe('better');
    expect(standingOf(wins, [], { share: 0, baseSet: true }).way).toBe(0);
  });
});

// Smaller than the published table, with the same seeds each time.
describe('simulated', () => {
  it.each(noBetter.map((crowd) => [crowd.name, crowd] as const))(
    'looked at after every answer, no better is called better in at most one of twenty: %s',
    (_, crowd) => {
      expect(wronglyBetter(crowd, crowd.people > 100 ? 30 : 120, 100, 5)).toBeLessThanOrEqual(0.05);
    },
  );

  it.each([1, 10])(
    'people who answer what is wrong and one in five that is right promote nothing: %s people',
    (people) => {
      const correctors = { people, rights: 0.2 };
      expect(wronglyBetterToCorrectors({ ...correctors, weighed: false }, 60, 600, 5)).toBeGreaterThan(0.3);
      expect(wronglyBetterToCorrectors({ ...correctors, weighed: true }, 60, 600, 5)).toBeLessThanOrEqual(0.05);
    },
  );

  it('gate and duel together promote at most one in twenty that is no better', () => {
    const { gate, duel } = wronglyPromoted({ people: 1, answers: 500, differ: 0.06 }, 1500, 100, 9);
    expect(gate + duel).toBeLessThanOrEqual(0.05);
  });

  it('three people are their own crowd: better for all three by chance is better for them', () => {
    expect(wronglyBetter(threeUnlike, 120, 100, 5)).toBeLessThanOrEqual(0.125);
  });

  it.each([1, 3, 10])('a challenger 3 points better needs at most 0.6 of the answers: %s people', (people) => {
    const installation = { people, answers: 50, looked: false, differ: 0.06, winning: 0.75 };
    const rows = Array.from({ length: 40 }, (_, at) => answersUntilPromoted(installation, 3, at));
    const mean = (of: (row: (typeof rows)[number]) => number): number =>
      rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
    expect(mean((row) => row.duel)).toBeLessThanOrEqual(0.6 * mean((row) => row.gate));
  });
});
