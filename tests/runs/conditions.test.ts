// A decision taken apart: which conditions hold, and what would decide what is open.
import { expect, it } from 'vitest';
import { conditionsOf, proofFigures, wantingOf } from '../../src/runs/conditions.ts';
import { decidePromotion, type PairedOutcome } from '../../src/runs/gate.ts';

const labels = Array.from({ length: 10 }, (_, id) => id);
const base = (right: number) => [{ label: 0, tested: 1000, championRight: 990, challengerRight: right }];

/** Wins first, then losses, then glyphs that both read; over ten labels, and as many people in turn. */
const outcomes = (wins: number, losses: number, agreed: number, more: Partial<PairedOutcome> = {}): PairedOutcome[] =>
  Array.from({ length: wins + losses + agreed }, (_, i) => ({
    label: i % 10,
    champion: i >= wins,
    challenger: i < wins || i >= wins + losses,
    uses: 0,
    contributor: 1,
    trusted: false,
    ...more,
  }));

const failing = (decision: Parameters<typeof conditionsOf>[0]) =>
  conditionsOf(decision)
    .filter(({ holds }) => !holds)
    .map(({ kind }) => kind);

it('says which condition fails, whatever was decided', () => {
  const kept = (people: PairedOutcome[], right = 990) => failing(decidePromotion({ people, base: base(right) }));
  expect(kept(outcomes(20, 2, 100))).toEqual([]);
  expect(kept(outcomes(3, 0, 12))).toEqual(['proof']);
  expect(kept(outcomes(5, 0, 2))).toEqual(['glyphs']);
  expect(kept(outcomes(20, 2, 100), 980)).toEqual(['base']);
  expect(kept([...outcomes(20, 0, 100), ...outcomes(0, 9, 0, { label: 7 })])).toEqual(['labels']);
  const others = [2, 3, 4].flatMap((contributor) => outcomes(0, 0, 10, { contributor }));
  expect(kept([...outcomes(8, 0, 1), ...others])).toEqual(['people']);
});

it('leaves out what there was nothing to look at for', () => {
  const kinds = conditionsOf(decidePromotion({ people: outcomes(3, 0, 12), base: [] })).map(({ kind }) => kind);
  expect(kinds).toEqual(['proof', 'labels', 'glyphs']);
  expect(conditionsOf(decidePromotion({ people: [], base: [] })).map(({ kind }) => kind)).toEqual(['proof', 'glyphs']);
});

it('shows the figures that its mark is about', () => {
  const kept = decidePromotion({ people: outcomes(3, 0, 12), base: [] });
  expect(proofFigures(kept)).toMatchObject({ wins: 3, needed: 5 });
  expect(proofFigures(kept).p).toBeCloseTo(0.125, 12);
  // Never "-0 losses", which words would write so.
  expect(Object.is(proofFigures(kept).losses, 0)).toBe(true);
  const few = [...outcomes(8, 0, 1), ...outcomes(0, 0, 30, { contributor: 2 })];
  expect(proofFigures(decidePromotion({ people: few, base: [] }))).toMatchObject({ wins: 8, needed: 0 });
});

it('says how many answers of which labels would decide it', () => {
  const wanting = (people: PairedOutcome[], right = 990) =>
    wantingOf(decidePromotion({ people, base: base(right) }), labels);
  // Three wins in fifteen: two more wins come with ten more answers.
  expect(wanting(outcomes(3, 0, 12))).toEqual({ kind: 'answers', count: 10, labels: [0, 1, 2] });
  expect(wanting(outcomes(3, 3, 12))).toMatchObject({ kind: 'answers', count: null });
  expect(wanting(outcomes(0, 0, 20))).toEqual({ kind: 'alike' });
  expect(wanting(outcomes(1, 0, 5))).toEqual({ kind: 'glyphs', count: 4, labels: [6, 7, 8, 9, 0] });
  expect(wanting([...outcomes(20, 0, 100), ...outcomes(0, 9, 0, { label: 7 })])).toEqual({
    kind: 'label',
    labels: [7],
  });
  const others = [2, 3, 4].flatMap((contributor) => outcomes(0, 0, 10, { contributor }));
  expect(wanting([...outcomes(8, 0, 1), ...others])).toMatchObject({ kind: 'people', count: 2 });
  expect(wanting(outcomes(20, 2, 100))).toBeNull();
  expect(wanting(outcomes(20, 2, 100), 980)).toBeNull();
});

it('as many answers as it names are enough when it goes on like that', () => {
  for (const [wins, losses, agreed] of [
    [3, 0, 12],
    [6, 2, 60],
    [4, 1, 40],
  ] as const) {
    const wanting = wantingOf(decidePromotion({ people: outcomes(wins, losses, agreed), base: [] }), labels);
    if (wanting?.kind !== 'answers' || wanting.count === null) throw new Error('not open');
    const times = 1 + wanting.count / (wins + losses + agreed);
    const more = outcomes(Math.floor(wins * times), Math.ceil(losses * times), Math.round(agreed * times));
    expect(decidePromotion({ people: more, base: [] }).outcome, String(wanting.count)).toBe('promote');
  }
});
