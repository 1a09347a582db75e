// What all charts share: a phone's width, a title, and a plot with round steps at its side and names below it.
import { legible } from './legible.ts';
import { FONT_FAMILY, renderSvg } from './render.ts';
import { fitText, textWidth, write } from './svg.ts';

export const WIDTH = 480;
export const HEIGHT = 300;
export const INK = '#22315b';
export const ACCENT = '#2f6fde';
export const FAINT = '#d9dee8';

/** Edges of the part that shows figures, in points from the picture's top left. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export const wholePlot: Plot = { left: 52, right: WIDTH - 24, top: 52, bottom: HEIGHT - 36 };

export function chartPng(title: string, parts: readonly string[], height = HEIGHT): Uint8Array {
  const room = WIDTH - 24;
  const heading = legible(title);
  const size = Math.min(15, Math.max(11, (15 * room) / textWidth(heading, 15)));
  return renderSvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" font-family="${FONT_FAMILY}" fill="${INK}">` +
      write(fitText(heading, size, room), { x: 12, y: 26, size }, 'font-weight="bold"') +
      `${parts.join('')}</svg>`,
  );
}

/** About `count` steps of 1, 2 or 5 (or ten, a hundred … times as much) that hold everything from `low` to `high`. */
export function roundSteps(low: number, high: number, count: number): readonly number[] {
  const raw = Math.max(1, (high - low) / count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5].find((each) => each * power >= raw) ?? 10);
  const first = Math.floor(low / step);
  return Array.from({ length: Math.ceil(high / step) - first + 1 }, (_, index) => (first + index) * step);
}

/** Where a value lies between the first and the last of the steps, from 0 to 1. */
export function placeOf(value: number, steps: readonly number[]): number {
  const [first, last] = [steps[0] ?? 0, steps.at(-1) ?? 1];
  return (value - first) / (last - first);
}

export const yOf = (value: number, steps: readonly number[], { top, bottom }: Plot): number =>
  bottom - placeOf(value, steps) * (bottom - top);

/** A line across the plot at each step, with what it stands for. */
export function levels(steps: readonly number[], plot: Plot, worded: (step: number) => string): string {
  return steps
    .map((step) => ({ step, y: yOf(step, steps, plot) }))
    .map(
      ({ step, y }) =>
        `<path d="M${plot.left} ${y}H${plot.right}" stroke="${FAINT}"/>` +
        write(worded(step), { x: plot.left - 8, y: y + 4 }, 'text-anchor="end"'),
    )
    .join('');
}

/** Names in equal slots below the plot: all, or as many as have room; the last, which is the newest, always. */
export function namesBelow(names: readonly string[], { left, right, bottom }: Plot): string {
  const slot = (right - left) / names.length;
  const every = Math.ceil((Math.max(...names.map((name) => textWidth(name, 12))) + 4) / slot);
  return names
    .map((name, index) => {
      if ((names.length - 1 - index) % every > 0) return '';
      const x = Math.min(left + (index + 0.5) * slot, WIDTH - 4 - textWidth(name, 12) / 2);
      return write(name, { x, y: bottom + 19 }, 'text-anchor="middle"');
    })
    .join('');
}

/** A count in as few letters as a cell or an axis has room for: 950, 1.2k, 40k. */
export function shortCount(count: number): string {
  return count < 1000 ? String(count) : `${String(Number((count / 1000).toPrecision(2)))}k`;
}
