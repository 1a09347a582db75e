// Shares as lines: by version, and how sure a model is against how right.
import {
  ACCENT,
  axisNames,
  cutMark,
  FAINT,
  HEIGHT,
  INK,
  levels,
  namesBelow,
  panelPng,
  placeOf,
  roundSteps,
  WIDTH,
  wholePlot,
  yOf,
  type Axes,
  type Panel,
} from './plot.ts';
import { textWidth, write } from './svg.ts';

/** Told apart without seeing colours, too: by lightness and dashes. */
const STYLES = [
  { colour: ACCENT, dashes: 'none' },
  { colour: '#e0803a', dashes: '7 3' },
  { colour: INK, dashes: '2 3' },
  { colour: '#8fb8a8', dashes: '9 3 2 3' },
] as const;

type Point = readonly [x: number, y: number];

const inPercent = (value: number): string => `${String(value)} %`;

interface Shares {
  readonly title: string;
  /** `cut` says that the axis begins at so many percent instead of nothing. */
  readonly axes?: Axes & { readonly cut: (from: number) => string };
  readonly steps: readonly string[];
  readonly lines: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
}

export const shareChart = (chart: Shares): Uint8Array => panelPng(sharePanel(chart));

/** Room for the lines' names below the plot. */
const LEGEND = 24;

/** Shares (0 … 1) by version or step, as percent; null where there is none. */
export function sharePanel(chart: Shares): Panel {
  const all = chart.lines.flatMap(({ values }) => values.filter((value) => value !== null));
  // A chart from 0 would hide a step from 98 to 99; one that begins anywhere would exaggerate it: whole tens.
  const low = Math.max(0, Math.floor(Math.min(...all, 1) * 10 - 0.5) * 10);
  const several = chart.lines.length > 1;
  const plot = several ? { ...wholePlot, bottom: wholePlot.bottom - LEGEND } : wholePlot;
  const steps = roundSteps(low, 100, 5);
  const [from = 0] = steps;
  const slot = (plot.right - plot.left) / chart.steps.length;
  const lines = chart.lines.map(({ values }, index) =>
    line(
      index,
      values.flatMap((value, place): readonly Point[] =>
        value === null ? [] : [[plot.left + (place + 0.5) * slot, yOf(100 * value, steps, plot)]],
      ),
    ),
  );
  const isCut = from > 0;
  const axes = chart.axes && {
    across: chart.axes.across,
    up: isCut ? `${chart.axes.up} (${chart.axes.cut(from)})` : chart.axes.up,
  };
  return {
    title: chart.title,
    height: HEIGHT,
    parts: [
      levels(steps, plot, inPercent),
      isCut ? cutMark(plot) : '',
      namesBelow(chart.steps, plot),
      axisNames(axes, plot),
      ...lines,
      several ? legend(chart.lines.map(({ name }) => name)) : '',
    ],
  };
}

/** How sure against how right: on the diagonal, "90 % sure" is right 90 % of the time. */
export function reliabilityChart(chart: {
  readonly title: string;
  readonly axes?: Axes;
  readonly bins: readonly { readonly confidence: number; readonly accuracy: number }[];
}): Uint8Array {
  const plot = wholePlot;
  const steps = roundSteps(0, 100, 5);
  const xOf = (value: number): number => plot.left + placeOf(value, steps) * (plot.right - plot.left);
  const columns = steps.map(
    (step) =>
      `<path d="M${xOf(step)} ${plot.top}V${plot.bottom}" stroke="${FAINT}"/>` +
      write(inPercent(step), { x: xOf(step), y: plot.bottom + 19 }, 'text-anchor="middle"'),
  );
  const diagonal = `<path d="M${plot.left} ${plot.bottom}L${plot.right} ${plot.top}" stroke="#a9b3c7" stroke-dasharray="7 3"/>`;
  const points = chart.bins.map(({ confidence, accuracy }): Point => [
    xOf(100 * confidence),
    yOf(100 * accuracy, steps, plot),
  ]);
  const parts = [levels(steps, plot, inPercent), ...columns, diagonal, axisNames(chart.axes, plot), line(0, points)];
  return panelPng({ title: chart.title, parts, height: HEIGHT });
}

/** A line through its points, each marked. */
function line(index: number, points: readonly Point[]): string {
  const { colour, dashes } = STYLES[index % STYLES.length] ?? STYLES[0];
  const path = points.map(([x, y]) => `${x} ${y}`).join('L');
  const marks = points.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="3.5" fill="#fff"/>`).join('');
  return (
    `<g fill="none" stroke="${colour}" stroke-width="2.5">` +
    (path === '' ? '' : `<path d="M${path}" stroke-dasharray="${dashes}"/>`) +
    `<g stroke-width="2">${marks}</g></g>`
  );
}

/** Names of the lines, each beside a piece of its own, in the middle below the chart. */
function legend(names: readonly string[]): string {
  const widths = names.map((name) => 32 + textWidth(name, 12) + 16);
  let x = (WIDTH - widths.reduce((sum, width) => sum + width, 0)) / 2;
  return names
    .map((name, index) => {
      const from = x;
      x += widths[index] ?? 0;
      return (
        line(index, [
          [from, HEIGHT - 14],
          [from + 26, HEIGHT - 14],
        ]) + write(name, { x: from + 34, y: HEIGHT - 10 })
      );
    })
    .join('');
}
