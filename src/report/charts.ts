// The charts: figures and words in, a PNG out. Drawn by ECharts on the server, for a phone's width.
// One file, and all of ECharts: its three hundred modules, one by one, take the app 60 MB more and two seconds of its start.
import * as echarts from 'echarts/dist/echarts.esm.min.mjs';
import { FONT_FAMILY, renderSvg } from './render.ts';

const WIDTH = 480;
const HEIGHT = 300;
const INK = '#22315b';
const ACCENT = '#2f6fde';
const SECOND = '#e0803a';
const FAINT = '#d9dee8';

const text = { fontFamily: FONT_FAMILY, color: INK, fontSize: 12 } as const;

function draw(option: echarts.EChartsCoreOption, height = HEIGHT, width = WIDTH): Uint8Array {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, textStyle: text, ...option });
    return renderSvg(chart.renderToSVGString());
  } finally {
    chart.dispose();
  }
}

const titled = (title: string) => ({
  title: { text: title, left: 12, top: 10, textStyle: { ...text, fontSize: 15, fontWeight: 'bold' } },
});
const grid = { left: 52, right: 20, top: 52, bottom: 36 };
const axis = { axisLabel: text, axisLine: { lineStyle: { color: FAINT } }, axisTick: { show: false } };
const percentLabel = { ...text, formatter: '{value} %' };
const lines = { splitLine: { lineStyle: { color: FAINT } } };

const percent = { type: 'value', min: 0, max: 100, ...lines };

/** A name a bar still fits on a phone with so many, where names are a character or two. */
const BARS_A_ROW = 24;
/** Points that a letter of a name takes, at most. */
const LETTER = 8;
/** Longer names would leave no room for the chart itself. */
const LONGEST_NAME = 10;

const lengthOf = (name: string): number => Array.from(name).length;
const cut = (name: string): string =>
  lengthOf(name) <= LONGEST_NAME
    ? name
    : `${Array.from(name)
        .slice(0, LONGEST_NAME - 1)
        .join('')}…`;
const longestOf = (names: readonly string[]): number => Math.max(1, ...names.map(lengthOf));

/** Bars in a row, so that names stand side by side. */
function barsARow(names: readonly string[]): number {
  const width = WIDTH - grid.left - grid.right;
  const longest = longestOf(names);
  return longest <= 2 ? BARS_A_ROW : Math.max(1, Math.floor(width / (LETTER * (longest + 1))));
}

/**
 * One bar a label or day. `everyName`: each bar must be told by its name, so many bars stand in rows of one scale;
 * otherwise only as many names are written as fit.
 */
export function barChart(chart: {
  readonly title: string;
  readonly bars: readonly { readonly name: string; readonly value: number }[];
  readonly everyName?: boolean;
}): Uint8Array {
  const bars = chart.bars.map(({ name, value }) => ({ name: cut(name), value }));
  const most = barsARow(bars.map(({ name }) => name));
  const rowCount = chart.everyName === true ? Math.max(1, Math.ceil(bars.length / most)) : 1;
  const length = Math.ceil(bars.length / rowCount);
  const rows = Array.from({ length: rowCount }, (_, row) => bars.slice(row * length, (row + 1) * length));
  const height = rowCount === 1 ? HEIGHT - grid.top - grid.bottom : 110;
  const highest = Math.max(1, ...bars.map(({ value }) => value));
  const names = { ...axis, axisLabel: rowCount === 1 ? { ...text, hideOverlap: true } : { ...text, interval: 0 } };
  return draw(
    {
      ...titled(chart.title),
      grid: rows.map((_, row) => ({ ...grid, bottom: null, top: grid.top + row * (height + grid.bottom), height })),
      xAxis: rows.map((row, gridIndex) => ({
        type: 'category',
        gridIndex,
        // The last row is filled up, so that bars are equally wide in all.
        data: Array.from({ length }, (_, place) => row[place]?.name ?? ''),
        ...names,
      })),
      yAxis: rows.map((_, gridIndex) => ({
        type: 'value',
        gridIndex,
        minInterval: 1,
        splitNumber: rowCount === 1 ? 5 : 3,
        // Rows are compared with one another; a single one is as high as looks well.
        ...(rowCount === 1 ? {} : { max: highest }),
        ...axis,
        ...lines,
      })),
      series: rows.map((row, index) => ({
        type: 'bar',
        xAxisIndex: index,
        yAxisIndex: index,
        data: row.map(({ value }) => value),
        itemStyle: { color: ACCENT, borderRadius: [3, 3, 0, 0] },
        barMaxWidth: 36,
      })),
    },
    grid.top + rowCount * (height + grid.bottom),
  );
}

/** Shares (0 … 1) by version or step, as percent; null where there is none. */
export function shareChart(chart: {
  readonly title: string;
  readonly steps: readonly string[];
  readonly lines: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
}): Uint8Array {
  const all = chart.lines.flatMap(({ values }) => values.filter((value) => value !== null));
  // A chart from 0 would hide a step from 98 to 99; one that begins anywhere would exaggerate it: whole tens.
  const low = Math.max(0, Math.floor(Math.min(...all, 1) * 10 - 0.5) * 10);
  return draw({
    ...titled(chart.title),
    grid: { ...grid, bottom: chart.lines.length > 1 ? 60 : 36 },
    color: [ACCENT, SECOND, '#5a9e6f', '#8a63b8'],
    ...(chart.lines.length > 1 ? { legend: { bottom: 8, textStyle: text, icon: 'roundRect' } } : {}),
    xAxis: { type: 'category', data: chart.steps, ...axis, axisLabel: { ...text, hideOverlap: true } },
    yAxis: { type: 'value', min: low, max: 100, ...axis, ...lines, axisLabel: percentLabel },
    series: chart.lines.map(({ name, values }) => ({
      type: 'line',
      name,
      data: values.map((value) => (value === null ? null : value * 100)),
      symbolSize: 8,
      lineStyle: { width: 2.5 },
      connectNulls: true,
    })),
  });
}

/** A matrix of more labels is unreadable on a phone; then it shows those that most errors touch, in their order. */
const LABELS_SHOWN = 24;

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
      return count === 0 ? [] : [{ x, y, count, share: x === y ? 0 : count / total }];
    });
  });
  const worst = Math.max(0.01, ...cells.map(({ share }) => share));
  const small = { ...text, fontSize: shown.length > 12 ? 11 : 13 };
  const names = shown.map((label) => cut(chart.labels[label] ?? ''));
  // Names of more than two letters are turned to stand above their columns, and the rows begin further right.
  const more = LETTER * Math.max(0, longestOf(names) - 2);
  const labels = {
    type: 'category',
    data: names,
    ...axis,
    axisLabel: { ...small, interval: 0 },
  };
  return draw(
    {
      ...titled(chart.title),
      grid: { left: 40 + more, right: 16, top: 64 + more, bottom: 16 },
      visualMap: { show: false, min: 0, max: worst, inRange: { color: ['#eef2fa', '#f2b48a', '#c8321e'] } },
      xAxis: { ...labels, position: 'top', axisLabel: { ...labels.axisLabel, rotate: more > 0 ? 90 : 0 } },
      yAxis: { ...labels, inverse: true },
      series: [
        {
          type: 'heatmap',
          data: cells.map(({ x, y, count, share }) => ({
            value: [x, y, share],
            name: count < 1000 ? String(count) : `${String(Math.round(count / 1000))}k`,
            label: { color: share > worst * 0.7 ? '#ffffff' : INK },
          })),
          label: { show: true, formatter: '{b}', ...text, fontSize: shown.length > 12 ? 9 : 12 },
          itemStyle: { borderColor: '#ffffff', borderWidth: 1 },
        },
      ],
    },
    WIDTH + 20,
  );
}

/** How sure against how right: on the diagonal, "90 % sure" is right 90 % of the time. */
export function reliabilityChart(chart: {
  readonly title: string;
  readonly bins: readonly { readonly confidence: number; readonly accuracy: number }[];
}): Uint8Array {
  return draw({
    ...titled(chart.title),
    grid,
    xAxis: { ...percent, ...axis, axisLabel: percentLabel },
    yAxis: { ...percent, ...axis, axisLabel: percentLabel },
    series: [
      {
        type: 'line',
        symbol: 'none',
        data: [
          [0, 0],
          [100, 100],
        ],
        lineStyle: { color: FAINT, type: 'dashed' },
      },
      {
        type: 'line',
        data: chart.bins.map(({ confidence, accuracy }) => [100 * confidence, 100 * accuracy]),
        symbolSize: 7,
        lineStyle: { color: ACCENT, width: 2.5 },
        itemStyle: { color: ACCENT },
      },
    ],
  });
}
