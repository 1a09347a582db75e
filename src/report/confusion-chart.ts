// What was read for what, as a matrix.
import { chartPng, INK, shortCount, WIDTH } from './plot.ts';
import { fitText, textWidth, write } from './svg.ts';

/** A matrix of more labels is unreadable on a phone; then it shows those that most errors touch, in their order. */
const LABELS_SHOWN = 24;
/** Longer names would leave no room for the matrix itself. */
const LONGEST_NAME = 80;
const RIGHT = '#eef2fa';
const WRONG = '#c8321e';

interface Confusion {
  readonly title: string;
  readonly labels: readonly string[];
  /** counts[truth][read] */
  readonly counts: readonly (readonly number[])[];
}

/** Which labels a confusion matrix shows: all, or the most confused. */
function mostConfused({ labels, counts }: Confusion): readonly number[] {
  const all = labels.map((_, label) => label);
  if (labels.length <= LABELS_SHOWN) return all;
  const errors = all.map(() => 0);
  counts.forEach((row, truth) =>
    row.forEach((count, read) => {
      if (truth === read) return;
      errors[truth] = (errors[truth] ?? 0) + count;
      errors[read] = (errors[read] ?? 0) + count;
    }),
  );
  const errorsOf = (label: number): number => errors[label] ?? 0;
  const worst = [...all].sort((a, b) => errorsOf(b) - errorsOf(a)).slice(0, LABELS_SHOWN);
  return worst.sort((a, b) => a - b);
}

/** Rows: what it was; columns: what was read. Counts on the diagonal are pale, errors stand out. */
export function confusionChart(chart: Confusion): Uint8Array {
  const shown = mostConfused(chart);
  const cells = shown.flatMap((truth, y) => {
    const row = chart.counts[truth] ?? [];
    const total = row.reduce((sum, each) => sum + each, 0);
    return shown.flatMap((read, x) => {
      const count = row[read] ?? 0;
      return count === 0 ? [] : [{ x, y, text: shortCount(count), share: x === y ? 0 : count / total }];
    });
  });
  const worst = Math.max(0.01, ...cells.map(({ share }) => share));
  const size = shown.length > 12 ? 11 : 13;
  const names = shown.map((label) => fitText(chart.labels[label] ?? '', size, LONGEST_NAME));
  const widest = Math.max(0, ...names.map((name) => textWidth(name, size)));
  // Longer names are turned to stand above their columns.
  const turned = widest > 2 * size;
  const left = 20 + Math.max(20, widest);
  const top = 44 + (turned ? widest + 8 : 20);
  const [width, height] = [(WIDTH - 16 - left) / shown.length, (WIDTH + 4 - top) / shown.length];
  const letters = Math.max(1, ...cells.map(({ text }) => textWidth(text, 1)));
  const numbers = Math.min(size, (0.92 * width) / letters);
  const middle = (x: number, y: number) => ({ x: left + (x + 0.5) * width, y: top + (y + 0.5) * height });
  const squares = cells.map(({ x, y, text, share }) => {
    const fill = share === 0 ? `fill="${RIGHT}"` : `fill="${WRONG}" fill-opacity="${0.15 + (0.85 * share) / worst}"`;
    const at = middle(x, y);
    return (
      `<rect x="${left + x * width + 0.5}" y="${top + y * height + 0.5}" width="${width - 1}" height="${height - 1}" ${fill}/>` +
      write(
        text,
        { x: at.x, y: at.y + 0.35 * numbers, size: numbers },
        `text-anchor="middle" fill="${share > 0.6 * worst ? '#fff' : INK}"`,
      )
    );
  });
  const labels = names.map((name, index) => {
    const at = middle(index, index);
    const above = turned
      ? write(name, { x: 0, y: 0, size }, `transform="translate(${at.x + 0.35 * size} ${top - 8}) rotate(-90)"`)
      : write(name, { x: at.x, y: top - 8, size }, 'text-anchor="middle"');
    return above + write(name, { x: left - 10, y: at.y + 0.35 * size, size }, 'text-anchor="end"');
  });
  return chartPng(chart.title, [...squares, ...labels], WIDTH + 20);
}
