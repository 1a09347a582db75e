// Writes docs/models.md, how well the shipped models read, from their cards: `npx tsx models/recipe/table.ts`.
import { readFile, writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import { shippedAlphabets } from '../../src/alphabet/list.ts';
import type { Figures, Share } from './measure.ts';
import type { PrecisionFigures } from './precision.ts';

interface Card {
  readonly epochs: number;
  readonly parameters: number;
  readonly bytes: number;
  readonly figures: readonly Figures[];
  readonly precisions: readonly PrecisionFigures[];
}

const percent = (share: number): string => (100 * share).toFixed(1);
const withInterval = ({ value, low, high }: Pick<Share, 'value' | 'low' | 'high'>): string =>
  `${percent(value)} [${percent(low)}, ${percent(high)}]`;

const rows: string[] = [];
const sizes: string[] = [];
for (const { id } of shippedAlphabets) {
  const file = new URL(`../${id}/card.json`, import.meta.url);
  const { epochs, parameters, bytes, figures, precisions } = JSON.parse(await readFile(file, 'utf8')) as Card;
  for (const {
    set,
    note,
    strict,
    confusableAware,
    identity,
    rejected,
    ece,
    eceInterval,
    eceTwins,
    eceTwinsInterval,
  } of figures) {
    const right = [strict, confusableAware, identity].map((share) => (share === null ? '–' : withInterval(share)));
    const errors = [
      [ece, eceInterval],
      [eceTwins, eceTwinsInterval],
    ] as const;
    const calibration = errors.map(([value, interval]) =>
      value === null || interval === null ? '–' : withInterval({ value, ...interval }),
    );
    rows.push(
      `| [${id}](../models/${id}/card.md) | ${set}, ${note} | ${rejected.of} | ${right.join(' | ')} | ${withInterval(rejected)} | ${calibration.join(' | ')} |`,
    );
  }
  const accuracies = precisions.map(
    ({ bits, bytes: size, right, of }) => `${bits} bits: ${(size / 1e6).toFixed(2)} MB, ${percent(right / of)} %`,
  );
  sizes.push(
    `| ${id} | ${parameters.toLocaleString('en')} | ${(bytes / 1e6).toFixed(2)} MB | ${epochs} | ${accuracies.join('; ')} |`,
  );
}

const text = `# How well the shipped models read

Made from the models' cards by \`npx tsx models/recipe/table.ts\`. Nothing below was trained on; photographed characters
(photochars) and the strokes of KanjiVG are no part of any training, of other sets whole drawers or fixed fifths were set aside.
Per cent, with 95 % intervals (Wilson; bootstrap for the calibration error). "Twins as one": shapes that differ only in size
(o and O, つ and っ) may be read for each other, since a tight cut cannot tell them apart. What is no character should be rejected.

| alphabet | set | glyphs | right | twins as one | letter, case aside | rejected | ECE | ECE, twins as one |
|---|---|---|---|---|---|---|---|---|
${rows.join('\n')}

| alphabet | parameters | file | epochs of 8,000 glyphs | kernels in fewer bits: size and right, twins as one |
|---|---|---|---|---|
${sizes.join('\n')}

## What they learn from

Fonts (models/recipe/FONTS.md), the public sets the cards name, and shapes that fonts lack, written down by us as strokes:
Ukrainian school cursive and the forms of letters that hurried hands use.

![Ukrainian school hand](pictures/hands-ukrainian.png)

![Latin hands](pictures/hands-latin.png)

Every training glyph is written anew: bent, slanted, with another pen, on another paper, then cut out as a photo would be.

![Synthesised Ukrainian glyphs](pictures/synthesis-ukrainian.png)
`;
await writeFile(
  new URL('../../docs/models.md', import.meta.url),
  await format(text, { parser: 'markdown', printWidth: 120 }),
);
