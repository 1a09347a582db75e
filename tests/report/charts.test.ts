import sharp from 'sharp';
import { expect, it } from 'vitest';
import { barChart, confusionChart, reliabilityChart, shareChart } from '../../src/report/charts.ts';
import { proofCard } from '../../src/report/proof-card.ts';
import { strokes } from '../store/strokes.ts';

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

const title = { left: 20, top: 10, width: 600, height: 60 };
const bars = (names: readonly string[]) => names.map((name, index) => ({ name, value: index + 1 }));

it('writes Latin, Cyrillic and kana with its own fonts, each letter as itself', async () => {
  const titles = ['Letters', 'Літери', 'Літєри', 'ひらがな', 'カタカナ', '文字'];
  const written = await Promise.all(titles.map((each) => seen(barChart({ title: each, bars: [] }), title)));
  for (const { drawn } of written) expect(drawn).toBeGreaterThan(0.005);
  // A letter that no font has would be drawn as the same box every time.
  expect(new Set(written.map(({ pixels }) => pixels.toString('base64'))).size).toBe(titles.length);
  const box = await seen(barChart({ title: '\u{1F994}\u{1F994}', bars: [] }), title);
  const kana = await seen(barChart({ title: 'ツシ', bars: [] }), title);
  expect(kana.pixels.equals(box.pixels)).toBe(false);
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

it('draws a line only where there are figures, and empty charts without falling over', async () => {
  const share = (values: readonly (number | null)[]) =>
    seen(shareChart({ title: '', steps: ['a', 'b', 'c'], lines: [{ name: 'test', values }] }));
  const [whole, none] = [await share([0.9, 0.95, 0.99]), await share([null, null, null])];
  expect(whole.drawn).toBeGreaterThan(none.drawn);
  expect((await share([])).drawn).toBeLessThan(whole.drawn);
  const sure = (bins: { confidence: number; accuracy: number }[]) => seen(reliabilityChart({ title: '', bins }));
  expect((await sure([{ confidence: 0.2, accuracy: 0.3 }])).drawn).toBeGreaterThan((await sure([])).drawn);
  expect((await seen(confusionChart({ title: '', labels: [], counts: [] }))).width).toBe(whole.width);
});

it('makes the proof card taller with what it has to show, and never lets a name become markup', async () => {
  const side = { role: '<champion> & "co"', version: 'digits-4', accuracy: 0.98 };
  const card = (changed: number, because: string) =>
    seen(
      proofCard({
        title: 'digits',
        because,
        promoted: true,
        champion: side,
        challenger: { ...side, accuracy: null },
        wins: { name: 'новий', count: 0 },
        losses: { name: '古い', count: 0 },
        figures: [],
        changed: Array.from({ length: changed }, (_, seed) => ({ glyph: strokes(seed), caption: '4 → 9', won: true })),
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
