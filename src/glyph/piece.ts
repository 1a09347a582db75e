// What single pieces of ink look like: their size, whether they are strokes, and what kind of picture they are in.
import type { Component } from './components.ts';
import type { Raster } from './glyph.ts';
import { SMALL } from './threshold.ts';

export type Extent = Pick<Component, 'left' | 'top' | 'right' | 'bottom'>;

/** Small pictures are cut out already: no other writing, no paper's edge, and the character may touch two sides. */
export function isCutOut({ width, height }: Raster): boolean {
  return Math.min(width, height) <= SMALL;
}

/** Strokes are long and thin: much outline for their area, 1. The gaps between them are not, towards 0. */
export function strokeOf({ outline, area }: Component): number {
  return Math.min(1, outline ** 2 / area / 100) ** 1.5;
}

/** One piece of many strokes: a word in joined writing, or crossed out. */
export function isCrowded(component: Component): boolean {
  return component.outline > 5 * sizeOf(component);
}

export function sizeOf({ left, top, right, bottom }: Extent): number {
  return Math.max(right - left, bottom - top);
}

/** Half the outline is the length of the strokes. */
export const strokeWidth = ({ area, outline }: Component): number => (2 * area) / Math.max(1, outline);

/** The value in the middle, the larger one of two; 0 of none. */
export const middleOf = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** The box around all of them. */
export function unionOf(list: readonly Extent[]): Extent {
  return {
    left: Math.min(...list.map(({ left }) => left)),
    top: Math.min(...list.map(({ top }) => top)),
    right: Math.max(...list.map(({ right }) => right)),
    bottom: Math.max(...list.map(({ bottom }) => bottom)),
  };
}
