// `evaluate --pages`: how well photographed pages of several characters are found and read, as a chat's photo would be.
import type { Alphabet } from '../alphabet/alphabet.ts';
import { readPages } from '../dataset/pages.ts';
import { UsageError } from '../errors.ts';
import { ordered } from '../glyph/order.ts';
import { readPhoto } from '../glyph/read.ts';
import type { Classifier } from '../model/classifier.ts';
import { outcomeOf } from '../model/load.ts';
import { pageFigures, type PageFigures, type ReadPage } from '../model/page-figures.ts';
import { inLine } from '../recognition/in-line.ts';
import { counted, percent } from './context.ts';

/** Throws UsageError where the set is no good. */
export async function evaluatePages(
  folder: string,
  {
    alphabet,
    classifier,
    labels,
  }: { readonly alphabet: Alphabet; readonly classifier: Classifier; readonly labels: ReadonlySet<number> | null },
): Promise<PageFigures> {
  const pages: ReadPage[] = [];
  for await (const { picture, glyphs: truth, file } of readPages(folder)) {
    const reading = ordered(await readPhoto(picture), alphabet.direction);
    if (reading.outcome === 'sheet') throw new UsageError(`${file} is a practice sheet: "sheet read" reads those.`);
    const glyphs = reading.outcome === 'glyphs' ? reading.glyphs : [];
    const said = await classifier.classify(glyphs.map(({ pixels }) => pixels));
    const answers = said.map((each) => ({ candidates: each.candidates, outcome: outcomeOf(each) }));
    const found = inLine(glyphs, answers, alphabet, { labels, askBelow: classifier.metadata.askBelow }).map(
      ({ candidates: [best], outcome }, place) => ({
        box: glyphs[place]?.box ?? { x: 0, y: 0, width: 0, height: 0 },
        read: outcome === 'not-a-character' ? null : (best?.labelId ?? null),
      }),
    );
    pages.push({ truth, found });
  }
  return pageFigures(pages, alphabet);
}

export function pageLines(figures: PageFigures & { readonly modelVersion: string }): string[] {
  const { pages, glyphs, found, ordered, accuracy, confusableAccuracy, outOfAlphabet, modelVersion } = figures;
  const share = (of: number | null): string => (of === null ? '–' : percent(of));
  return [
    `${modelVersion} on ${counted(pages, 'page')} with ${counted(glyphs, 'character')} (${outOfAlphabet} of other alphabets)`,
    `found ${found} (${share(glyphs === 0 ? null : found / glyphs)}), ${counted(figures.false, 'box', 'boxes')} of no character`,
    `neighbours in order ${share(ordered)}`,
    `read right ${share(accuracy)}, confusable labels taken as one ${share(confusableAccuracy)}`,
  ];
}
