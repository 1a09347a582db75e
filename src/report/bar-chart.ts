// Counts by label or by day, a bar each.
import {
  ACCENT,
  axisNames,
  HEIGHT,
  levels,
  namesBelow,
  roundSteps,
  shortCount,
  wholePlot,
  yOf,
  type Axes,
  type Panel,
  type Plot,
} from './plot.ts';
import { fitText, textWidth } from './svg.ts';

/** So many bars still fit on a phone side by side, where names are a character or two. */
const BARS_A_ROW = 24;
/** Longer names would leave no room for the chart itself. */
const LONGEST_NAME = 70;
const ROW_HEIGHT = 110;
const BELOW = HEIGHT - wholePlot.bottom;

interface Bars {
  readonly title: string;
  readonly axes?: Axes;
  readonly bars: readonly { readonly name: string; readonly value: number }[];
  readonly everyName?: boolean;
}

/**
 * One bar a label or day. `everyName`: each bar must be told by its name, so many bars stand in rows of one scale;
 * otherwise only as many names are written as fit.
 */
export function barPanel(chart: Bars): Panel {
  const bars = chart.bars.map(({ name, value }) => ({ name: fitText(name, 12, LONGEST_NAME), value }));
  const widest = Math.max(0, ...bars.map(({ name }) => textWidth(name, 12)));
  const most = Math.min(BARS_A_ROW, Math.floor((wholePlot.right - wholePlot.left) / (widest + 5)));
  const rowCount = chart.everyName === true ? Math.max(1, Math.ceil(bars.length / most)) : 1;
  const length = Math.max(1, Math.ceil(bars.length / rowCount));
  const height = rowCount === 1 ? wholePlot.bottom - wholePlot.top : ROW_HEIGHT;
  const steps = roundSteps(0, Math.max(1, ...bars.map(({ value }) => value)), rowCount === 1 ? 5 : 4);
  const rows = Array.from({ length: rowCount }, (_, row) => {
    const top = wholePlot.top + row * (height + BELOW);
    const plot = { ...wholePlot, top, bottom: top + height };
    const own = bars.slice(row * length, (row + 1) * length);
    // The last row is filled up, so that bars are equally wide in all.
    const names = Array.from({ length }, (_, place) => own[place]?.name ?? '');
    const drawn = own.map(({ value }, place) => bar((place + 0.5) / length, yOf(value, steps, plot), 1 / length, plot));
    const axes = chart.axes && {
      up: row === 0 ? chart.axes.up : '',
      across: row === rowCount - 1 ? chart.axes.across : '',
    };
    return levels(steps, plot, shortCount) + drawn.join('') + namesBelow(names, plot) + axisNames(axes, plot);
  });
  return { title: chart.title, parts: rows, height: wholePlot.top + rowCount * (height + BELOW) };
}

/** `middle` and `slot` are shares of the plot's width. */
function bar(middle: number, y: number, slot: number, { left, right, bottom }: Plot): string {
  const width = Math.min(36, 0.75 * slot * (right - left));
  const x = left + middle * (right - left) - width / 2;
  const round = Math.min(3, width / 2, bottom - y);
  const [from, to] = [x + round, x + width - round];
  return `<path d="M${x} ${bottom}V${y + round}Q${x} ${y} ${from} ${y}H${to}Q${x + width} ${y} ${x + width} ${y + round}V${bottom}Z" fill="${ACCENT}"/>`;
}
