// The pictures operators get: PNGs of a phone's width in which Cyrillic and kana really are drawn, with no font installed.
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { barChart, confusionChart, reliabilityChart, shareChart } from '../../src/report/charts.ts';
import { proofCard } from '../../src/report/proof-card.ts';

/** Share of pixels that are not white. */
async function inked(png: Uint8Array): Promise<number> {
  const { data } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
  return data.filter((value) => value < 200).length / data.length;
}

const glyph = new Uint8Array(40 * 40).fill(255, 400, 1200);
const card = {
  title: 'Proof card: digits-2',
  because: 'Not enough evidence: 3 wins, 2 losses (p = 0.50).',
  promoted: false,
  champion: { role: 'Champion', version: 'digits-1', accuracy: 0.9 },
  challenger: { role: 'Challenger', version: 'digits-2', accuracy: null },
  wins: { name: 'Only the challenger reads', count: 3 },
  losses: { name: 'Only the champion reads', count: 2 },
  figures: ['20 glyphs'],
  changed: [{ glyph, caption: '< & >', won: true }],
} as const;

describe('charts', () => {
  test.each([
    ['bars', barChart({ title: 'Samples', bars: [{ name: 'あ', value: 3 }] })],
    ['shares', shareChart({ title: 'Accuracy', steps: ['a', 'b'], lines: [{ name: 'x', values: [0.9, null] }] })],
    [
      'confusions',
      confusionChart({
        title: 'Confusions',
        labels: ['a', 'b'],
        counts: [
          [3, 1],
          [0, 2],
        ],
      }),
    ],
    ['reliability', reliabilityChart({ title: 'Reliability', bins: [{ confidence: 0.5, accuracy: 0.6 }] })],
    ['proof card', proofCard(card)],
    ['nothing at all', barChart({ title: '', bars: [] })],
  ])('%s are a PNG of a phone’s width', async (_, png) => {
    const { format, width } = await sharp(png).metadata();
    expect(format).toBe('png');
    expect(width).toBeGreaterThanOrEqual(960);
    expect(width).toBeLessThanOrEqual(1100);
  });

  test.each(['ґєії', 'あいうえ', 'АБВГ', 'abc'])('%s is drawn, and not as empty boxes', async (text) => {
    const drawn = proofCard({ ...card, title: text, because: '', changed: [], figures: [] });
    const blank = proofCard({ ...card, title: '', because: '', changed: [], figures: [] });
    const boxes = proofCard({
      ...card,
      title: '\u{10FFFD}'.repeat([...text].length),
      because: '',
      changed: [],
      figures: [],
    });
    expect(await inked(drawn)).toBeGreaterThan(await inked(blank));
    expect(Buffer.from(drawn).equals(Buffer.from(boxes))).toBe(false);
  });
});
