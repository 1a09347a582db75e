// The gate, by hand on small figures and by simulation over a thousand runs; docs/gate.md publishes the same table.
import { describe, expect, it } from 'vitest';
import { decide, oneSidedP, type BaseOutcome, type PairedOutcome } from '../../src/training/gate.ts';

const base: readonly BaseOutcome[] = [{ label: 0, tested: 1000, championRight: 990, challengerRight: 990 }];

/** Glyphs spread over ten labels: wins, losses, and the rest read right by both. */
function outcomes(wins: number, losses: number, agreed: number, uses = 0, label?: number): PairedOutcome[] {
  return Array.from({ length: wins + losses + agreed }, (_, i) => ({
    label: label ?? i % 10,
    champion: i >= wins,
    challenger: i < wins || i >= wins + losses,
    uses,
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
    const decision = decide({ people: outcomes(20, 5, 400), base });
    expect(decision).toMatchObject({ outcome: 'promote', code: 'better', wins: 20, losses: 5 });
    expect(decision.p).toBeLessThan(0.05);
  });

  it('keeps, and says with which figures, when they do not', () => {
    const decision = decide({ people: outcomes(3, 2, 400), base });
    expect(decision).toMatchObject({ outcome: 'keep', code: 'not-enough-evidence' });
    expect(decision.because).toBe('not enough evidence: 3 wins, 2 losses');
  });

  it('does not believe nine glyphs, whatever they say', () => {
    expect(decide({ people: outcomes(9, 0, 0), base })).toMatchObject({ outcome: 'keep', code: 'too-few-glyphs' });
    expect(decide({ people: outcomes(10, 0, 0), base }).outcome).toBe('promote');
    expect(decide({ people: [], base })).toMatchObject({ outcome: 'keep', code: 'too-few-glyphs', p: 1 });
  });

  it('keeps when one label is read significantly worse, though all together are read better', () => {
    const people = [...outcomes(60, 0, 100), ...outcomes(0, 9, 20, 0, 42)];
    const decision = decide({ people, base });
    expect(decision).toMatchObject({ outcome: 'keep', code: 'label-fell' });
    expect(decision.labels.find((each) => each.label === 42)).toMatchObject({ losses: 9, wins: 0, fell: true });
    expect(decision.labels.filter((each) => each.fell)).toHaveLength(1);
  });

  it('keeps when the base set falls by more than half a point, and not at half a point', () => {
    const fallen = (right: number): readonly BaseOutcome[] => [
      { label: 0, tested: 1000, championRight: 990, challengerRight: right },
    ];
    expect(decide({ people: outcomes(30, 2, 100), base: fallen(984) })).toMatchObject({ code: 'base-fell' });
    expect(decide({ people: outcomes(30, 2, 100), base: fallen(985) })).toMatchObject({ outcome: 'promote' });
  });

  it('asks more of glyphs that were looked at before, and lets fresh ones speak for themselves', () => {
    const again = outcomes(20, 8, 400, 4);
    expect(decide({ people: outcomes(20, 8, 400, 0), base }).outcome).toBe('promote');
    expect(decide({ people: again, base }).outcome).toBe('keep');
    const fresh = decide({ people: [...again, ...outcomes(8, 0, 60)], base });
    expect(fresh).toMatchObject({ outcome: 'promote', fresh: { wins: 8, losses: 0 } });
    expect(fresh.level + fresh.fresh.level).toBeCloseTo(0.05, 12);
  });

  it('counts "not a character" as a label of its own', () => {
    const people = outcomes(12, 0, 20).map((each) => ({ ...each, label: null }));
    expect(decide({ people, base }).labels).toMatchObject([{ label: null, wins: 12 }]);
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
        if (random() >= differ) return { label: i % 10, champion: true, challenger: true, uses: 0 };
        const won = random() < winning;
        return { label: i % 10, champion: !won, challenger: won, uses: 0 };
      });
      if (decide({ people, base }).outcome === 'promote') count++;
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
        }));
        const better = decide({ people, base }).outcome === 'promote';
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
