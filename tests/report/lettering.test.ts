// A text in a font as ink: the right shapes, marks included, and nothing where nothing is drawn.
import { expect, test } from 'vitest';
import { drawText } from '../../src/report/lettering.ts';
import { kosugiMaru, ptSans } from '../support/fonts.ts';

const inkOf = (font: string, text: string): number =>
  drawText(font, text)?.ink.reduce((sum, level) => sum + level / 255, 0) ?? 0;

test('draws what the text says, with its marks', () => {
  expect(inkOf(ptSans, 'm')).toBeGreaterThan(1.3 * inkOf(ptSans, 'n'));
  expect(inkOf(ptSans, 'ии')).toBeCloseTo(2 * inkOf(ptSans, 'и'), -3);
  // The mark stands above its base.
  const [plain, marked] = [drawText(ptSans, 'и'), drawText(ptSans, 'и\u0301')];
  expect(marked?.height ?? 0).toBeGreaterThan(1.2 * (plain?.height ?? 0));
  expect(inkOf(ptSans, 'и\u0301')).toBeGreaterThan(inkOf(ptSans, 'и'));
  expect(inkOf(kosugiMaru, 'β')).not.toBeCloseTo(inkOf(ptSans, 'β'), 0);
});

test('signs that mean something in markup are signs here', () => {
  for (const sign of ['<', '>', '&', '"', "'", '&lt;']) expect(inkOf(ptSans, sign), sign).toBeGreaterThan(10);
});

test('nothing drawn is null', () => {
  expect(drawText(ptSans, ' ')).toBeNull();
});
