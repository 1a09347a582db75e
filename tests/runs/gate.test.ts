// The gate, by hand on small figures and by simulation over a thousand runs; docs/gate.md publishes the same table.
import { describe, expect, it } from 'vitest';
import { decidePromotion, type BaseOutcome, type PairedOutcome } from '../../src/runs/gate.ts';
import { oneSidedP } from '../../src/runs/tally.ts';

const base: readonly BaseOutcome[] = [{ label: 0, tested: 1000, championRight: 990, challengerRight: 990 }];

/** One person taught everything. */
const somebody = { contributor: 1, trusted: false };

/** Glyphs spread over ten labels: wins, losses, and the rest read right by both. */
function outcomes(wins: number, losses: number, agreed: number, uses = 0, label?: number): PairedOutcome[] {
  return Array.from({ length: wins + losses + agreed }, (_, i) => ({
    label: label ?? i % 10,
    champion: i >= wins,
    challenger: i < wins || i >= wins + losses,
    uses,
    ...somebody,
  }));
}

/** A small reproducible source of numbers in [0, 1). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

describe('the exact one-sided test', () => {
  it('gives the figures of the binomial distribution', () => {
    expect(oneSidedP(5, 0)).toBeCloseTo(1 / 32, 12);
    expect(oneSidedP(3, 2)).toBeCloseTo(0.5, 12);
    expect(oneSidedP(20, 10)).toBeCloseTo(0.04936857, 7);
    expect(oneSidedP(0, 0)).toBe(1);
    expect(oneSidedP(0, 7)).toBe(1);
  });

  it('stays exact far out and for thousands of glyphs', () => {
    expect(oneSidedP(40, 0)).toBeCloseTo(2 ** -40, 20);
    expect(oneSidedP(5000, 5000)).toBeGreaterThan(0.5);
    expect(oneSidedP(5000, 5000)).toBeLessThan(0.51);
  });
});

describe('the decision', () => {
  it('promotes when the wins outweigh the losses beyond chance', () => {
    const decision = decidePromotion({ people: outcomes(20, 5, 400), base });
    expect(decision).toMatchObject({ outcome: 'promote', code: 'better', wins: 20, losses: 5 });
    expect(decision.p).toBeLessThan(0.05);
  });

  it('keeps, and says with which figures, when they do not', () => {
    const decision = decidePromotion({ people: outcomes(3, 2, 400), base });
    expect(decision).toMatchObject({ outcome: 'keep', code: 'not-enough-evidence' });
    expect(decision.because).toBe('not enough evidence: 3 wins, 2 losses');
    // Said with the decision: as many wins as would have been enough, and one fewer would not.
    expect(decision).toMatchObject({ proofAt: 9, counted: { wins: 3, losses: 2 } });
    expect(decidePromotion({ people: outcomes(9, 2, 400), base }).outcome).toBe('promote');
    expect(decidePromotion({ people: outcomes(8, 2, 400), base }).outcome).toBe('keep');
  });

  it('does not believe nine glyphs, whatever they say', () => {
    expect(decidePromotion({ people: outcomes(9, 0, 0), base })).toMatchObject({
      outcome: 'keep',
      code: 'too-few-glyphs',
    });
    expect(decidePromotion({ people: outcomes(10, 0, 0), base }).outcome).toBe('promote');
    expect(decidePromotion({ people: [], base })).toMatchObject({ outcome: 'keep', code: 'too-few-glyphs', p: 1 });
  });

  it('keeps when one label is read significantly worse, though all together are read better', () => {
    const people = [...outcomes(60, 0, 100), ...outcomes(0, 9, 20, 0, 42)];
    const decision = decidePromotion({ people, base });
    expect(decision).toMatchObject({ outcome: 'keep', code: 'label-fell' });
    expect(decision.labels.find((each) => each.label === 42)).toMatchObject({ losses: 9, wins: 0, fell: true });
    expect(decision.labels.filter((each) => each.fell)).toHaveLength(1);
  });

  it('keeps when the base set falls by more than half a point, and not at half a point', () => {
    const fallen = (right: number): readonly BaseOutcome[] => [
      { label: 0, tested: 1000, championRight: 990, challengerRight: right },
    ];
    expect(decidePromotion({ people: outcomes(30, 2, 100), base: fallen(984) })).toMatchObject({ code: 'base-fell' });
    expect(decidePromotion({ people: outcomes(30, 2, 100), base: fallen(985) })).toMatchObject({ outcome: 'promote' });
  });

  it('asks more of glyphs that were looked at before, and lets fresh ones speak for themselves', () => {
    const again = outcomes(20, 8, 400, 4);
    expect(decidePromotion({ people: outcomes(20, 8, 400, 0), base }).outcome).toBe('promote');
    expect(decidePromotion({ people: again, base }).outcome).toBe('keep');
    const fresh = decidePromotion({ people: [...again, ...outcomes(8, 0, 60)], base });
    expect(fresh).toMatchObject({ outcome: 'promote', fresh: { wins: 8, losses: 0 } });
    expect(fresh.level + fresh.fresh.level).toBeCloseTo(0.05, 12);
  });

  it('counts "not a character" as a label of its own', () => {
    const people = outcomes(12, 0, 20).map((each) => ({ ...each, label: null }));
    expect(decidePromotion({ people, base }).labels).toMatchObject([{ label: null, wins: 12 }]);
  });
});

describe('people', () => {
  /** The same glyphs, said by somebody else. */
  const by = (contributor: number, people: readonly PairedOutcome[], trusted = false): PairedOutcome[] =>
    people.map((each) => ({ ...each, contributor, trusted }));

  it('nobody is proof alone: forty shapes that one person taught as 7 promote nothing', () => {
    const attack = by(9, outcomes(34, 2, 4, 0, 7));
    const others = [1, 2, 3].flatMap((who) => by(who, outcomes(0, 0, 30)));
    expect(decidePromotion({ people: attack, base }).outcome).toBe('promote');
    expect(decidePromotion({ people: [...others, ...attack], base })).toMatchObject({
      outcome: 'keep',
      code: 'too-few-people',
      because: 'better by the glyphs of too few people: 34 wins, 2 losses, of which 2 and 1 count, wins of 1 of 4',
    });
  });

  it('nobody says no alone: 120 wrong labels of one person fell no label and outvote nobody', () => {
    const good = [1, 2, 3].flatMap((who) => by(who, outcomes(8, 1, 60)));
    for (const attack of [outcomes(0, 120, 0, 0, 4), outcomes(0, 120, 0), outcomes(0, 5, 0, 0, 4)]) {
      const decision = decidePromotion({ people: [...good, ...by(9, attack)], base });
      expect(decision).toMatchObject({ outcome: 'promote', people: { taught: 4, won: 3 } });
      expect(decision.labels.some((each) => each.fell)).toBe(false);
    }
  });

  it('where more than a quarter of the wins is backed by nothing, proof must be four times as strong', () => {
    const good = [1, 2, 3].flatMap((who) => by(who, outcomes(3, 1, 60)));
    const liars = [4, 5, 6].flatMap((who) => by(who, outcomes(20, 0, 0, 0, 7)));
    expect(decidePromotion({ people: good, base }).level).toBe(0.05);
    expect(decidePromotion({ people: [...good, ...liars], base }).level).toBe(0.0125);
    // Losses make nobody's proof dearer.
    const losers = [4, 5, 6].flatMap((who) => by(who, outcomes(0, 20, 0, 0, 7)));
    expect(decidePromotion({ people: [...good, ...losers], base }).level).toBe(0.05);
  });

  it('two who lie of one label stop nothing, however much they say; what four see is seen', () => {
    const good = [1, 2, 3].flatMap((who) => by(who, outcomes(8, 1, 60)));
    const liars = [4, 5].flatMap((who) => by(who, outcomes(0, 60, 0, 0, 42)));
    expect(decidePromotion({ people: [...good, ...liars], base }).outcome).toBe('promote');
    // Nor two who were honest first.
    const later = [4, 5].flatMap((who) => by(who, [...outcomes(0, 0, 60), ...outcomes(0, 60, 0, 0, 42)]));
    expect(decidePromotion({ people: [...good, ...later], base }).labels.some((each) => each.fell)).toBe(false);
    const four = [4, 5, 6, 7].flatMap((who) => by(who, [...outcomes(0, 0, 20), ...outcomes(0, 6, 0, 0, 42)]));
    expect(decidePromotion({ people: [...good, ...four], base }).code).toBe('label-fell');
  });

  it('of three and more, three must have a win', () => {
    const two = [1, 2].flatMap((who) => by(who, outcomes(12, 1, 30)));
    expect(decidePromotion({ people: two, base }).outcome).toBe('promote');
    expect(decidePromotion({ people: [...two, ...by(3, outcomes(0, 0, 5))], base }).code).toBe('too-few-people');
    expect(decidePromotion({ people: [...two, ...by(3, outcomes(1, 0, 5))], base }).outcome).toBe('promote');
  });

  it('of two strangers, each must be convinced; an operator is enough, whoever else taught', () => {
    const owner = outcomes(20, 2, 100);
    const visitor = by(2, outcomes(0, 1, 3));
    expect(decidePromotion({ people: [...by(1, owner), ...visitor], base }).code).toBe('too-few-people');
    expect(decidePromotion({ people: [...by(1, owner, true), ...visitor], base }).outcome).toBe('promote');
    // What the operator sees fall has fallen, too.
    const fallen = [...by(1, [...owner, ...outcomes(0, 9, 0, 0, 42)], true), ...visitor];
    expect(decidePromotion({ people: fallen, base }).code).toBe('label-fell');
  });

  it('fresh glyphs of one person alone are no more proof than others', () => {
    const old = [1, 2, 3].flatMap((who) => by(who, outcomes(1, 1, 60, 6)));
    expect(decidePromotion({ people: [...old, ...by(9, outcomes(30, 0, 0))], base }).code).toBe('too-few-people');
  });
});

describe('a thousand simulated runs', () => {
  const RUNS = 1000;

  /** Share of promotions when `differ` glyphs in expectation are read differently and a share `winning` of them won. */
  function promoted(glyphs: number, differ: number, winning: number, seed: number): number {
    const random = randomFrom(seed);
    let count = 0;
    for (let run = 0; run < RUNS; run++) {
      const people = Array.from({ length: glyphs }, (_, i): PairedOutcome => {
        if (random() >= differ) return { label: i % 10, champion: true, challenger: true, uses: 0, ...somebody };
        const won = random() < winning;
        return { label: i % 10, champion: !won, challenger: won, uses: 0, ...somebody };
      });
      if (decidePromotion({ people, base }).outcome === 'promote') count++;
    }
    return count / RUNS;
  }

  it.each([
    [10, 0.5],
    [20, 0.5],
    [50, 0.1],
    [100, 0.06],
    [500, 0.02],
    [500, 0.06],
    [500, 0.3],
    [2000, 0.06],
  ])(
    'a challenger that is no better is promoted in at most one in twenty times (%s glyphs, a share of %s differs)',
    (glyphs, differ) => {
      expect(promoted(glyphs, differ, 0.5, glyphs + 1)).toBeLessThanOrEqual(0.05);
    },
  );

  it('a challenger 3 points better on 500 glyphs is promoted in at least 80 %', () => {
    expect(promoted(500, 0.06, 0.75, 7)).toBeGreaterThanOrEqual(0.8);
  });

  /** The same with glyphs spread evenly over people, and an attacker's beside them. */
  function promotedBy(many: number, winning: number, attack: readonly PairedOutcome[] = []): number {
    const random = randomFrom(many + 5);
    let count = 0;
    for (let run = 0; run < 300; run++) {
      const people = Array.from({ length: 500 }, (_, i): PairedOutcome => {
        const glyph = { label: i % 10, uses: 0, contributor: i % many, trusted: false };
        if (random() >= 0.06) return { ...glyph, champion: true, challenger: true };
        const won = random() < winning;
        return { ...glyph, champion: !won, challenger: won };
      });
      if (decidePromotion({ people: [...people, ...attack], base }).outcome === 'promote') count++;
    }
    return count / 300;
  }
  const attacker = { contributor: 999, trusted: false };
  const wrong = outcomes(0, 120, 0).map((each) => ({ ...each, ...attacker }));
  const liked = outcomes(34, 2, 4, 0, 7).map((each) => ({ ...each, ...attacker }));

  it.each([3, 10, 30])('%s people: no better is hardly ever promoted, whatever one more person adds', (many) => {
    for (const attack of [[], liked, wrong]) expect(promotedBy(many, 0.5, attack)).toBeLessThanOrEqual(0.05);
  });

  it.each([
    [10, 0.55],
    [30, 0.65],
  ])('%s people: one who says no 120 times takes at most a third of the promotions', (many, most) => {
    const before = promotedBy(many, 0.75);
    expect(before).toBeGreaterThanOrEqual(most);
    expect(promotedBy(many, 0.75, wrong)).toBeGreaterThanOrEqual((2 / 3) * before);
  });

  /** Twenty retrains in a row, none better; share of histories with at least one false "better", and of gates. */
  function history(growth: number, seed: number, runs: number): { readonly any: number; readonly perGate: number } {
    const random = randomFrom(seed);
    const reads = (contested: boolean): boolean => !contested || random() < 0.5;
    let any = 0;
    let gates = 0;
    for (let run = 0; run < runs; run++) {
      const glyphs: { contested: boolean; champion: boolean; uses: number }[] = [];
      const arrive = (many: number): void => {
        for (let i = 0; i < many; i++) {
          const contested = random() < 0.12;
          glyphs.push({ contested, champion: reads(contested), uses: 0 });
        }
      };
      arrive(500);
      let fooled = false;
      for (let round = 0; round < 20; round++) {
        if (round > 0) arrive(growth);
        const challenger = glyphs.map((each) => reads(each.contested));
        const people = glyphs.map((each, i) => ({
          label: i % 10,
          champion: each.champion,
          challenger: challenger[i] ?? false,
          uses: each.uses,
          ...somebody,
        }));
        const better = decidePromotion({ people, base }).outcome === 'promote';
        glyphs.forEach((each, i) => {
          if (better) each.champion = challenger[i] ?? false;
          each.uses++;
        });
        if (better) {
          fooled = true;
          gates++;
        }
      }
      if (fooled) any++;
    }
    return { any: any / runs, perGate: gates / runs / 20 };
  }

  it('twenty retrains on the same glyphs are fooled in at most 6 % of histories', () => {
    const { any, perGate } = history(0, 11, RUNS);
    expect(any).toBeLessThanOrEqual(0.06);
    expect(perGate).toBeLessThanOrEqual(0.005);
  });

  it('twenty retrains with fresh glyphs each time are fooled in at most 5 % of gates', () => {
    expect(history(50, 12, 300).perGate).toBeLessThanOrEqual(0.05);
  });
});
