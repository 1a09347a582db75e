import sharp from 'sharp';
import { expect, it } from 'vitest';
import { barPanel } from '../../src/report/bar-chart.ts';
import { confusionChart } from '../../src/report/confusion-chart.ts';
import { reliabilityChart, shareChart } from '../../src/report/line-charts.ts';
import { ACCENT, panelPng, roundSteps, shortCount } from '../../src/report/plot.ts';
import { proofCard } from '../../src/report/proof-card.ts';
import { wrapped } from '../../src/report/svg.ts';
import { strokes } from '../support/strokes.ts';

/** Size, and the share of pixels that are not the white they are drawn on, in a part of the picture. */
async function seen(png: Uint8Array, part?: { left: number; top: number; width: number; height: number }) {
  const { width, height } = await sharp(png).metadata();
  const pixels = await sharp(png)
    .extract(part ?? { left: 0, top: 0, width, height })
    .greyscale()
    .raw()
    .toBuffer();
  return { width, height, drawn: pixels.filter((grey) => grey < 250).length / pixels.length, pixels };
}

const barChart = (of: Parameters<typeof barPanel>[0]): Uint8Array => panelPng(barPanel(of));
const title = { left: 20, top: 10, width: 600, height: 60 };
const bars = (names: readonly string[]) => names.map((name, index) => ({ name, value: index + 1 }));

it('writes Latin, Cyrillic, kana, Hebrew and Arabic with its own fonts, each letter as itself, side by side as well', async () => {
  const titles = [
    'Letters',
    'Літери',
    'Літєри',
    'ひらがな',
    'カタカナ',
    '文字',
    'עברית',
    'العربية',
    'ت が ש',
    'ب が ש',
    'ب か ש',
  ];
  const written = await Promise.all(titles.map((each) => seen(barChart({ title: each, bars: [] }), title)));
  for (const { drawn } of written) expect(drawn).toBeGreaterThan(0.005);
  // A letter that no font has would be drawn as the same box every time.
  expect(new Set(written.map(({ pixels }) => pixels.toString('base64'))).size).toBe(titles.length);
  const box = await seen(barChart({ title: '\u{1F994}\u{1F994}', bars: [] }), title);
  const kana = await seen(barChart({ title: 'ツシ', bars: [] }), title);
  expect(kana.pixels.equals(box.pixels)).toBe(false);
});

it('keeps a title of any length and script inside the picture', async () => {
  const edge = { left: 940, top: 0, width: 20, height: 80 };
  for (const text of [
    'Ukrainian letters '.repeat(8),
    'ひらがな'.repeat(20),
    'שלום '.repeat(20),
    'देवनागरी '.repeat(20),
    'a < b && "c"',
  ])
    expect((await seen(barChart({ title: text, bars: [] }), edge)).drawn, text).toBe(0);
  // What the fonts lack is told by its code points, so that two titles never look the same.
  const [one, other] = await Promise.all(
    ['अआइ', 'ईउऊ'].map((each) => seen(barChart({ title: each, bars: [] }), title)),
  );
  expect(one?.pixels.equals(other?.pixels ?? Buffer.alloc(0))).toBe(false);
});

it('is as wide as a phone, and grows downwards where every bar needs its name', async () => {
  const letters = Array.from({ length: 76 }, (_, index) => String.fromCodePoint(0x3041 + index));
  const few = await seen(barChart({ title: 'x', bars: bars(letters.slice(0, 10)), everyName: true }));
  const many = await seen(barChart({ title: 'x', bars: bars(letters), everyName: true }));
  const days = await seen(barChart({ title: 'x', bars: bars(letters) }));
  expect([few.width, few.height]).toEqual([days.width, days.height]);
  expect(many.width).toBe(few.width);
  expect(many.height).toBeGreaterThan(1.5 * few.height);
  const matrix = (count: number) =>
    seen(
      confusionChart({
        title: 'x',
        labels: letters.slice(0, count),
        counts: Array.from({ length: count }, (_, truth) =>
          Array.from({ length: count }, (_, read) => (truth === read ? 50 : Number((truth + read) % 9 === 0))),
        ),
      }),
    );
  const [small, large] = [await matrix(10), await matrix(76)];
  expect([large.width, large.height]).toEqual([small.width, small.height]);
});

/** For each column of the picture, how many of its pixels are of this colour. */
async function columnsOf(png: Uint8Array, colour: string): Promise<readonly number[]> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const wanted = Buffer.from(colour.slice(1), 'hex');
  return Array.from({ length: info.width }, (_, x) => {
    let count = 0;
    for (let y = 0; y < info.height; y++) {
      const at = 3 * (y * info.width + x);
      if (data.subarray(at, at + 3).equals(wanted)) count++;
    }
    return count;
  });
}

it('draws bars as high as their values, in every row by the same scale', async () => {
  const values = [10, 20, 40, 0, 30];
  const columns = await columnsOf(
    barChart({ title: 'x', bars: values.map((value) => ({ name: String(value), value })) }),
    ACCENT,
  );
  const slot = (960 - 2 * (52 + 24)) / values.length;
  const heights = values.map((_, index) => columns[Math.round(104 + (index + 0.5) * slot)] ?? -1);
  // The plot is 212 points high, twice as many pixels, and ends at 40.
  values.forEach((value, index) =>
    expect(Math.abs((heights[index] ?? NaN) - (value / 40) * 424), `${value}`).toBeLessThan(3),
  );

  // Seven in a row: 0 … 6, 7 … 13, …, the last row of five. One is twice as high as the others.
  const names = Array.from({ length: 40 }, (_, index) => ({ name: `name ${index}`, value: index === 0 ? 100 : 50 }));
  const rows = await columnsOf(barChart({ title: 'x', bars: names, everyName: true }), ACCENT);
  const bars = Array.from({ length: 7 }, (_, index) => rows[Math.round(104 + (index + 0.5) * (808 / 7))] ?? 0);
  expect(bars.map((count) => (count / (bars[1] ?? 0)).toFixed(2)).join(' ')).toBe('1.17 1.00 1.00 1.00 1.00 0.83 0.83');
});

it('marks the worst errors, and only those, with the full colour', async () => {
  const counts = [
    [90, 10],
    [1, 99],
  ];
  const columns = await columnsOf(confusionChart({ title: '', labels: ['a', 'b'], counts }), '#c8321e');
  // Of four cells the one above on the right.
  expect(columns.findIndex((count) => count > 0)).toBeGreaterThan(2 * (40 + 50));
  expect(Math.max(...columns)).toBeLessThan(2 * 60);
  const faultless = confusionChart({ title: '', labels: ['a', 'b'], counts: [[90], [0, 99]] });
  expect(Math.max(...(await columnsOf(faultless, '#c8321e')))).toBe(0);
});

it('tells several lines apart without colours', async () => {
  const grey = async (chosen: number) => {
    const all = Array.from({ length: 4 }, (_, index) => ({ name: '', values: index === chosen ? [0.5, 0.5] : [] }));
    const png = shareChart({ title: '', steps: ['a', 'b'], lines: all });
    return (await seen(png, { left: 104, top: 100, width: 800, height: 340 })).pixels;
  };
  const drawn = await Promise.all([0, 1, 2, 3].map(grey));
  expect(new Set(drawn.map((pixels) => pixels.map((level) => Number(level < 200)).join(''))).size).toBe(4);
});

it('steps by 1, 2 or 5, and holds what is shown', () => {
  expect(roundSteps(0, 1, 5)).toEqual([0, 1]);
  expect(roundSteps(0, 76, 5)).toEqual([0, 20, 40, 60, 80]);
  expect(roundSteps(30, 100, 5)).toEqual([20, 40, 60, 80, 100]);
  expect(roundSteps(90, 100, 5)).toEqual([90, 92, 94, 96, 98, 100]);
  expect(roundSteps(0, 1_000_000, 5)).toEqual([0, 200_000, 400_000, 600_000, 800_000, 1_000_000]);
  for (let high = 1; high < 3000; high += 7) {
    const steps = roundSteps(0, high, 4);
    expect(steps.at(-1)).toBeGreaterThanOrEqual(high);
    expect(steps.length, String(high)).toBeLessThanOrEqual(6);
  }
  expect([0, 999, 1234, 40_000, 250_000].map(shortCount)).toEqual(['0', '999', '1.2k', '40k', '250k']);
});

it('draws a line only where there are figures, and empty charts without falling over', async () => {
  const inked = async (png: Uint8Array) => (await columnsOf(png, ACCENT)).reduce((sum, count) => sum + count, 0);
  const share = (values: readonly (number | null)[]) =>
    inked(shareChart({ title: '', steps: ['a', 'b', 'c'], lines: [{ name: 'test', values }] }));
  const whole = await share([0.9, 0.95, 0.99]);
  expect(whole).toBeGreaterThan(1000);
  // A gap is bridged; a single figure is a mark.
  expect(await share([0.9, null, 0.99])).toBeGreaterThan(0.8 * whole);
  expect(await share([null, 0.95, null])).toBeLessThan(0.2 * whole);
  expect([await share([null, null, null]), await share([])]).toEqual([0, 0]);
  const sure = (bins: { confidence: number; accuracy: number }[]) => inked(reliabilityChart({ title: '', bins }));
  expect([await sure([]), (await sure([{ confidence: 0.2, accuracy: 0.3 }])) > 0]).toEqual([0, true]);
  const none = [
    confusionChart({ title: '', labels: [], counts: [] }),
    shareChart({ title: '', steps: [], lines: [] }),
    barChart({ title: '', bars: [], everyName: true }),
  ];
  for (const png of none) expect((await seen(png)).width).toBe(960);
});

it('makes the proof card taller with what it has to show, and never lets a name become markup', async () => {
  const side = { role: '<champion> & "co"', version: 'digits-4', right: '12 of 15' };
  const card = (changed: number, because: string) =>
    seen(
      proofCard({
        title: 'digits',
        verdict: 'The old model stays',
        because,
        promoted: true,
        champion: side,
        challenger: { ...side, right: null },
        conditions: [],
        wanting: null,
        wins: {
          name: 'новий',
          glyphs: Array.from({ length: changed }, (_, seed) => ({
            glyph: strokes(seed),
            champion: '4',
            challenger: '9',
          })),
        },
        losses: { name: '古い', glyphs: [] },
      }),
    );
  const [bare, full, wordy] = [
    await card(0, 'better'),
    await card(12, 'better'),
    await card(0, '新しいモデルのほうがよいです。'.repeat(8)),
  ];
  expect(full.height).toBeGreaterThan(bare.height);
  expect(wordy.height).toBeGreaterThan(bare.height);
  expect([full.width, wordy.width]).toEqual([bare.width, bare.width]);
});

it('does not cheer for a challenger that was refused, and marks what failed', async () => {
  const [blue, orange] = ['#0072b2', '#c44500'];
  const inked = async (promoted: boolean, state: 'holds' | 'fails') => {
    const png = proofCard({
      title: 'x',
      verdict: 'x',
      because: 'x',
      promoted,
      champion: { role: 'x', version: 'x', right: null },
      challenger: { role: 'x', version: 'x', right: null },
      conditions: [{ state, name: 'x', figures: 'x' }],
      wanting: { title: 'x', text: 'x' },
      wins: { name: 'x', glyphs: [] },
      losses: { name: 'x', glyphs: [] },
    });
    const count = async (colour: string) => (await columnsOf(png, colour)).reduce((sum, each) => sum + each, 0);
    return [(await count(blue)) > 0, (await count(orange)) > 0];
  };
  expect(await inked(true, 'holds')).toEqual([true, false]);
  expect(await inked(false, 'holds')).toEqual([false, false]);
  expect(await inked(false, 'fails')).toEqual([false, true]);
});

it('tells what was read before at the left and what is read now at the right, each in its own letters', async () => {
  const side = { role: 'x', version: 'x', right: null };
  const caption = async (champion: string, challenger: string) => {
    const wins = { name: 'x', glyphs: [{ glyph: strokes(1), champion, challenger }] };
    const words = { title: 'x', verdict: 'x', because: 'x', promoted: true, champion: side, challenger: side };
    const png = proofCard({ ...words, conditions: [], wanting: null, wins, losses: { name: 'x', glyphs: [] } });
    const { height } = await sharp(png).metadata();
    const half = async (left: number) => (await seen(png, { left, top: height - 44, width: 50, height: 40 })).pixels;
    const [before, now] = [await half(44), await half(120)];
    return [before.toString('base64'), now.toString('base64')];
  };
  const [o, toX] = await caption('O', 'X');
  const [hebrew, toO] = await caption('ש', 'O');
  // Whatever stands at the other side, and whichever way that is read.
  expect(await caption('O', 'ש')).toEqual([o, expect.anything()]);
  expect(await caption('ש', 'X')).toEqual([hebrew, toX]);
  expect(await caption('0', 'O')).toEqual([expect.anything(), toO]);
});

it('breaks lines at spaces, and never before a full stop or behind a bracket', () => {
  expect(wrapped('three wins are no proof (p = 0.13).', 10, 60)).toEqual(['three wins', 'are no proof', '(p = 0.13).']);
  const rows = wrapped('3 勝 0 敗では、まだ証明になりません（少なくとも 5 勝が必要です）。', 10, 90);
  expect(rows.length).toBeGreaterThan(3);
  for (const row of rows) expect(row).toMatch(/^[^。、）].*[^（]$/u);
  expect(rows.join('').replaceAll(' ', '')).toBe('3勝0敗では、まだ証明になりません（少なくとも5勝が必要です）。');
});

it('marks an axis that does not begin at nothing, and says so', async () => {
  const foot = { left: 2 * 44, top: 480, width: 20, height: 56 };
  const chart = (low: number, words: string[]) =>
    shareChart({
      title: '',
      axes: { across: 'x', up: 'y', cut: (from) => (words.push(`from ${from}`), 'cut') },
      steps: ['a', 'b'],
      lines: [{ name: '', values: [low, 1] }],
    });
  const cut: string[] = [];
  const whole: string[] = [];
  const dark = async (png: Uint8Array) => (await seen(png, foot)).pixels.filter((grey) => grey < 120).length;
  expect(await dark(chart(0.9, cut))).toBeGreaterThan(20);
  expect(cut).toEqual(['from 80']);
  expect(await dark(chart(0.05, whole))).toBe(0);
  expect(whole).toEqual([]);
});
