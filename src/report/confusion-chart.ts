// What was read for what, as a matrix.
import { legible } from './legible.ts';
import { INK, MUTED, panelPng, shortCount, WIDTH, type Axes, type Panel } from './plot.ts';
import { fitText, textWidth, write } from './svg.ts';

/** A matrix of more labels is unreadable on a phone; then it shows those that most errors touch, in their order. */
const LABELS_SHOWN = 24;
/** Longer names would leave no room for the matrix itself. */
const LONGEST_NAME = 80;
/** A cell is no larger, however few there are. */
const LARGEST = 56;
const RIGHT = '#eef2fa';
const WRONG = '#c8321e';

interface Confusion {
  readonly title: string;
  /** `up`: what it was; `across`: what was read. */
  readonly axes?: Axes;
  /** So many labels at most, those that most errors touch. */
  readonly most?: number;
  readonly labels: readonly string[];
  /** counts[truth][read] */
  readonly counts: readonly (readonly number[])[];
}

/** Which labels a confusion matrix shows: all, or the most confused. */
function mostConfused({ labels, counts, most = LABELS_SHOWN }: Confusion): readonly number[] {
  const all = labels.map((_, label) => label);
  if (labels.length <= most) return all;
  const errors = all.map(() => 0);
  counts.forEach((row, truth) =>
    row.forEach((count, read) => {
      if (truth === read) return;
      errors[truth] = (errors[truth] ?? 0) + count;
      errors[read] = (errors[read] ?? 0) + count;
    }),
  );
  const errorsOf = (label: number): number => errors[label] ?? 0;
  const worst = [...all].sort((a, b) => errorsOf(b) - errorsOf(a)).slice(0, most);
  return worst.sort((a, b) => a - b);
}

export const confusionChart = (chart: Confusion): Uint8Array => panelPng(confusionPanel(chart));

/** Rows: what it was; columns: what was read. Counts on the diagonal are pale, errors stand out. */
export function confusionPanel(chart: Confusion): Panel {
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
  const top = 44 + (chart.axes === undefined ? 0 : 14) + (turned ? widest + 8 : 20);
  const width = Math.min(LARGEST, (WIDTH - 16 - left) / shown.length);
  const height = Math.min(LARGEST, (WIDTH + 4 - top) / shown.length);
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
  return {
    title: chart.title,
    parts: [axisWords(chart.axes), ...squares, ...labels],
    height: top + shown.length * height + 16,
  };
}

/** Both axes' words above the matrix, each with an arrow the way it runs: drawn, since an arrow is of another font. */
function axisWords(axes: Axes | undefined): string {
  if (axes === undefined) return '';
  const [y, right] = [46, WIDTH - 16];
  const arrow = (path: string): string =>
    `<path d="${path}" fill="none" stroke="${MUTED}" stroke-width="1.3" stroke-linecap="round" stroke-linejoin="round"/>`;
  return (
    arrow(`M16 ${y - 9}v9l-3 -3m3 3l3 -3`) +
    write(fitText(legible(axes.up), 11, WIDTH / 2 - 24), { x: 24, y, size: 11 }, `fill="${MUTED}"`) +
    arrow(`M${right - 10} ${y - 4}h9l-3 -3m3 3l-3 3`) +
    write(
      fitText(legible(axes.across), 11, WIDTH / 2 - 24),
      { x: right - 15, y, size: 11 },
      `text-anchor="end" fill="${MUTED}"`,
    )
  );
}
