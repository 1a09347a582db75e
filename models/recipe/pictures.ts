// The card's pictures: what was read for what, and how honest the probabilities are, on the largest set of real
// glyphs that was measured.
import { writeFile } from 'node:fs/promises';
import type { Alphabet } from '../../src/alphabet/alphabet.ts';
import { confusionChart } from '../../src/report/confusion-chart.ts';
import { reliabilityChart } from '../../src/report/line-charts.ts';
import type { Measured } from './measure.ts';

/** Writes confusion-ID.png and reliability-ID.png; sets without letters of the alphabet have neither. */
export async function drawMeasures(alphabet: Alphabet, measured: readonly Measured[], folder: URL): Promise<void> {
  const real = measured.filter(({ figures }) => !figures.note.startsWith('synthesised'));
  const [largest] = real.toSorted((a, b) => b.answers.length - a.answers.length);
  if (largest === undefined || largest.answers.length === 0) return;
  const { figures, answers } = largest;
  const counts = alphabet.labels.map(() => alphabet.labels.map(() => 0));
  for (const { truth, read } of answers) {
    const row = counts[truth];
    if (row !== undefined && read !== null) row[read] = (row[read] ?? 0) + 1;
  }
  const labels = alphabet.labels.map((label) => label.text);
  const title = `${alphabet.title}: ${figures.set}, ${answers.length}`;
  await writeFile(new URL(`confusion-${alphabet.id}.png`, folder), confusionChart({ title, labels, counts }));
  const bins = figures.reliability;
  await writeFile(new URL(`reliability-${alphabet.id}.png`, folder), reliabilityChart({ title, bins }));
}
