// What all charts share: a phone's width, panels with a title that stand alone or below one another, and a plot with round
// steps at its side, names below it and words for both axes.
import { legible } from './legible.ts';
import { FONT_FAMILY, renderSvg } from './render.ts';
import { fitText, textWidth, write } from './svg.ts';

export const WIDTH = 480;
export const HEIGHT = 312;
export const INK = '#22315b';
/** What is said beside the figures themselves. */
export const MUTED = '#5b6684';
export const ACCENT = '#2f6fde';
export const FAINT = '#d9dee8';

/** Edges of the part that shows figures, in points from the panel's top left. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** What is told along the plot's foot and along its side. */
export interface Axes {
  readonly across: string;
  readonly up: string;
}

/** One chart: SVG of the picture's width, `height` high. */
export interface Panel {
  readonly title: string;
  readonly parts: readonly string[];
  readonly height: number;
}

export const wholePlot: Plot = { left: 52, right: WIDTH - 24, top: 58, bottom: HEIGHT - 42 };

/** A chart by itself. */
export function panelPng({ title, parts, height }: Panel): Uint8Array {
  return svgPng([heading(title, 26), ...parts], height);
}

/** Charts below one another, under a title of their own. */
export function panelsPng(title: string, panels: readonly Panel[]): Uint8Array {
  const drawn: string[] = [write(fitText(legible(title), 20, WIDTH - 24), { x: 12, y: 34, size: 20 }, BOLD)];
  let y = 50;
  for (const panel of panels) {
    drawn.push(
      `<path d="M12 ${y}H${WIDTH - 12}" stroke="${FAINT}"/>`,
      `<g transform="translate(0 ${y + 4})">${heading(panel.title, 26)}${panel.parts.join('')}</g>`,
    );
    y += panel.height + 12;
  }
  return svgPng(drawn, y);
}

const BOLD = 'font-weight="bold"';

function svgPng(parts: readonly string[], height: number): Uint8Array {
  return renderSvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" font-family="${FONT_FAMILY}" fill="${INK}">${parts.join('')}</svg>`,
  );
}

function heading(title: string, y: number): string {
  const room = WIDTH - 24;
  const text = legible(title);
  const size = Math.min(15, Math.max(11, (15 * room) / textWidth(text, 15)));
  return write(fitText(text, size, room), { x: 12, y, size }, BOLD);
}

/** Words for both axes: above the steps, and below the names at the right. */
export function axisNames(axes: Axes | undefined, { left, right, top, bottom }: Plot): string {
  if (axes === undefined) return '';
  const small = { size: 11 };
  const [up, across] = [fitText(legible(axes.up), 11, right - 12), fitText(legible(axes.across), 11, right - left)];
  return (
    write(up, { x: 12, y: top - 12, ...small }, `fill="${MUTED}"`) +
    write(across, { x: right, y: bottom + 34, ...small }, `text-anchor="end" fill="${MUTED}"`)
  );
}

/** The sign at an axis's foot that it does not begin at nothing. */
export function cutMark({ left, bottom }: Plot): string {
  return (
    `<path d="M${left} ${bottom - 16}V${bottom}" stroke="#fff" stroke-width="4"/>` +
    `<path d="M${left} ${bottom - 18}l-5 4l10 4l-10 4l5 4" fill="none" stroke="${INK}" stroke-width="1.5" stroke-linejoin="round"/>`
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
