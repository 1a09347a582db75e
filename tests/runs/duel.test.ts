// The duel's rule, by hand on small figures and by simulation; docs/gate.md publishes the table that `bench -- duel` prints.
import { describe, expect, it } from 'vitest';
import { standingOf, winShare, type Toss } from '../../src/runs/duel.ts';
import {
  answersUntilPromoted,
  noBetter,
  threeUnlike,
  wronglyBetter,
  wronglyBetterToCorrectors,
  wronglyPromoted,
} from '../support/duel-streams.ts';

/** A person's wins, then their losses. */
const by = (contributor: number, wins: number, losses: number, trusted = false): readonly Toss[] =>
  Array.from({ length: wins + losses }, (_, at) => ({ contributor, trusted, won: at < wins }));

describe('how a duel stands', () => {
  it('is nowhere without an answer, and on its way with some', () => {
    expect(standingOf([], [])).toEqual({
      wins: 0,
      losses: 0,
      people: 0,
      winners: 0,
      way: 0,
      wayBack: 0,
      outcome: 'open',
    });
    const some = standingOf(by(1, 5, 1), []);
    expect(some).toMatchObject({ wins: 5, losses: 1, people: 1, winners: 1, outcome: 'open', wayBack: 0 });
    expect(some.way).toBeGreaterThan(0.2);
    expect(some.way).toBeLessThan(0.8);
  });

  it('is proven where one person is all there is, by seven wins without a loss', () => {
    expect(standingOf(by(1, 6, 0), []).outcome).toBe('open');
    expect(standingOf(by(1, 7, 0), [])).toMatchObject({ way: 1, outcome: 'better' });
    expect(standingOf(by(1, 0, 7), [])).toMatchObject({ wayBack: 1, outcome: 'worse' });
  });

  it('does not hang on the order of other people’s answers', () => {
    const tosses = [...by(1, 3, 1), ...by(2, 2, 0), ...by(3, 1, 1)];
    const mixed = [...by(3, 1, 1), ...by(1, 3, 1), ...by(2, 2, 0)];
    expect(standingOf(mixed, []).way).toBeCloseTo(standingOf(tosses, []).way, 12);
  });

  it('from the second person on nobody is proof alone, however much they say', () => {
    expect(standingOf(by(1, 500, 0), [2]).outcome).toBe('open');
    expect(standingOf(by(1, 500, 0), [2]).way).toBe(0);
    expect(standingOf([...by(1, 500, 0), ...by(2, 3, 0)], []).outcome).toBe('open');
    expect(standingOf([...by(1, 9, 0), ...by(2, 9, 0)], []).outcome).toBe('better');
    // Nor against it.
    expect(standingOf([...by(1, 0, 500), ...by(2, 0, 1)], []).outcome).toBe('open');
  });

  it('one answer each of many counts for more than a hundred of one', () => {
    const many = Array.from({ length: 10 }, (_, who) => by(who, 1, 0)).flat();
    expect(standingOf(many, []).outcome).toBe('better');
    expect(standingOf([...by(1, 100, 0), ...by(2, 1, 0)], []).way).toBeLessThan(standingOf(many.slice(0, 5), []).way);
  });

  it('of three and more, three must have a win', () => {
    const two = [...by(1, 12, 0), ...by(2, 12, 0)];
    expect(standingOf(two, [3])).toMatchObject({ outcome: 'open', way: 0.99, winners: 2, people: 3 });
    expect(standingOf([...two, ...by(3, 1, 0)], [])).toMatchObject({ outcome: 'better' });
  });

  it('an operator is enough, whoever else answered', () => {
    expect(standingOf(by(1, 8, 0, true), [2, 3, 4]).outcome).toBe('better');
    expect(standingOf([...by(1, 8, 0, true), ...by(2, 0, 1)], [3, 4]).outcome).toBe('open');
  });

  it('a person who says no a hundred times delays it, and cannot stop it for ever', () => {
    const good = (many: number) => Array.from({ length: many }, (_, who) => by(10 + who, 2, 0)).flat();
    expect(standingOf(good(6), []).outcome).toBe('better');
    expect(standingOf([...by(1, 0, 100), ...good(6)], []).outcome).toBe('open');
    // Ten of his hundred are bet on; from then on he has contradicted everybody.
    expect(standingOf([...by(1, 0, 100), ...good(15)], []).outcome).toBe('better');
    expect(standingOf([...good(15), ...by(1, 0, 100)], []).outcome).toBe('better');
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
    expect(standingOf(wins, []).outcome).toBe('better');
    expect(standingOf(wins, [], 0).way).toBe(0);
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
