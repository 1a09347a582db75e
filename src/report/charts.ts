// The charts: figures and words in, a PNG out. Drawn by ECharts on the server, for a phone's width.
import { BarChart, HeatmapChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent, VisualMapComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { FONT_FAMILY, renderSvg } from './render.ts';

echarts.use([
  BarChart,
  HeatmapChart,
  LineChart,
  GridComponent,
  LegendComponent,
  TitleComponent,
  VisualMapComponent,
  SVGRenderer,
]);

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
const lines = { splitLine: { lineStyle: { color: FAINT } } };

/** One bar a label or day. Many labels make narrow bars, and only as many names as fit. */
export function barChart(chart: {
  readonly title: string;
  readonly bars: readonly { readonly name: string; readonly value: number }[];
}): Uint8Array {
  return draw({
    ...titled(chart.title),
    grid,
    xAxis: {
      type: 'category',
      data: chart.bars.map(({ name }) => name),
      ...axis,
      axisLabel: { ...text, hideOverlap: true },
    },
    yAxis: { type: 'value', minInterval: 1, ...axis, ...lines },
    series: [
      {
        type: 'bar',
        data: chart.bars.map(({ value }) => value),
        itemStyle: { color: ACCENT, borderRadius: [3, 3, 0, 0] },
        barMaxWidth: 36,
      },
    ],
  });
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
    yAxis: { type: 'value', min: low, max: 100, ...axis, ...lines, axisLabel: { ...text, formatter: '{value} %' } },
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

/** Rows: what it was; columns: what was read. Counts on the diagonal are pale, errors stand out. */
export function confusionChart(chart: {
  readonly title: string;
  readonly labels: readonly string[];
  /** counts[truth][read] */
  readonly counts: readonly (readonly number[])[];
}): Uint8Array {
  const many = chart.labels.length;
  const size = Math.max(WIDTH, Math.min(1400, 90 + many * 22));
  const cells = chart.counts.flatMap((row, truth) => {
    const total = row.reduce((sum, each) => sum + each, 0);
    return row.flatMap((count, read) =>
      count === 0 ? [] : [{ value: [read, truth, truth === read ? 0 : count / total], name: String(count) }],
    );
  });
  const worst = Math.max(0.01, ...cells.map(({ value }) => value[2] ?? 0));
  const small = { ...text, fontSize: many > 40 ? 9 : 12 };
  return draw(
    {
      ...titled(chart.title),
      grid: { left: 40, right: 16, top: 64, bottom: 16 },
      visualMap: { show: false, min: 0, max: worst, inRange: { color: ['#eef2fa', '#f2b48a', '#c8321e'] } },
      xAxis: {
        type: 'category',
        position: 'top',
        data: [...chart.labels],
        ...axis,
        axisLabel: { ...small, interval: 0 },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: [...chart.labels],
        ...axis,
        axisLabel: { ...small, interval: 0 },
      },
      series: [
        {
          type: 'heatmap',
          data: cells,
          label: { show: many <= 40, formatter: '{b}', ...text, fontSize: 11 },
          itemStyle: { borderColor: '#ffffff', borderWidth: 1 },
        },
      ],
    },
    size + 20,
    size,
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
    xAxis: { type: 'value', min: 0, max: 1, ...axis, ...lines },
    yAxis: { type: 'value', min: 0, max: 1, ...axis, ...lines },
    series: [
      {
        type: 'line',
        symbol: 'none',
        data: [
          [0, 0],
          [1, 1],
        ],
        lineStyle: { color: FAINT, type: 'dashed' },
      },
      {
        type: 'line',
        data: chart.bins.map(({ confidence, accuracy }) => [confidence, accuracy]),
        symbolSize: 7,
        lineStyle: { color: ACCENT, width: 2.5 },
        itemStyle: { color: ACCENT },
      },
    ],
  });
}
