// /stats as one picture: a chart is in it only when it has something to say.
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { statsCard, type StatsCard } from '../../src/report/stats-card.ts';

const axes = { across: 'across', up: 'up', cut: (from: number) => `from ${from}` };
const bars = (...values: number[]) => ({
  title: 'x',
  axes,
  bars: values.map((value, at) => ({ name: String(at), value })),
});
const nothing: StatsCard = {
  title: 'x',
  shares: { title: 'x', axes, steps: ['a', 'b'], lines: [{ name: 'tests', values: [0.9, null] }] },
  labels: bars(3, 0, 0),
  days: bars(4),
  confusion: { title: 'x', labels: ['a', 'b'], counts: [[4, 0], [0, 7]] }, // prettier-ignore
};
const heightOf = async (card: Partial<StatsCard>): Promise<number> => {
  const png = statsCard({ ...nothing, ...card });
  if (png === null) return 0;
  const { width, height } = await sharp(png).metadata();
  expect(width).toBe(960);
  return height;
};

it('is not drawn for one point, one bar and no mistake', async () => {
  expect(statsCard(nothing)).toBeNull();
  expect(await heightOf({ confusion: null })).toBe(0);
  expect(statsCard({ ...nothing, shares: { ...nothing.shares, steps: [], lines: [] } })).toBeNull();
});

it('has each chart that says something, and only those', async () => {
  const shares = { ...nothing.shares, lines: [{ name: 'tests', values: [0.9, 0.95] }] };
  const confusion = { title: 'x', labels: ['a', 'b'], counts: [[4, 1], [0, 7]] }; // prettier-ignore
  const alone = await Promise.all(
    [{ shares }, { labels: bars(3, 2) }, { days: bars(4, 1) }, { confusion }].map(heightOf),
  );
  expect(alone.every((height) => height > 300)).toBe(true);
  const head = 2 * 50;
  const all = await heightOf({ shares, labels: bars(3, 2), days: bars(4, 1), confusion });
  expect(all - head).toBe(alone.reduce((sum, height) => sum + height - head, 0));
});

it('leaves out a line of one point and a version that nothing is known of', async () => {
  const lines = [
    { name: 'tests', values: [0.9, null, 0.95] },
    { name: 'people', values: [null, null, 0.8] },
  ];
  const both = statsCard({ ...nothing, shares: { ...nothing.shares, steps: ['a', 'b', 'c'], lines } });
  const one = statsCard({
    ...nothing,
    shares: { ...nothing.shares, steps: ['a', 'c'], lines: [{ name: 'tests', values: [0.9, 0.95] }] },
  });
  expect(both !== null && one !== null && Buffer.from(both).equals(one)).toBe(true);
});
