// Connected components of a mask, with what is needed to tell characters from specks, edges and shadows.
import type { Raster } from './glyph.ts';

export interface Component {
  /** Its number in `Components.ids`, from 1. */
  readonly id: number;
  area: number;
  left: number;
  top: number;
  /** Exclusive. */
  right: number;
  bottom: number;
  /** How many of its pixels' sides lie on the picture's border. */
  onBorder: number;
  /** How many lie where there is no step: the threshold surface ends there, or just crosses a shade. */
  open: number;
  /** Mean distance of its grey from the threshold. */
  contrast: number;
  /** Mean step of grey across its outline. */
  edge: number;
  /** Pixels of outline (pairs of inside and outside neighbours). */
  outline: number;
}

export interface Components {
  /** For each pixel the id of its component, 0 for none. */
  readonly ids: Int32Array;
  readonly list: readonly Component[];
}

/**
 * Eight-connected components of the pixels that are darker than the surface by more than `margin`. Their outline is where
 * the grey rises by at least `leastStep` from one pixel to the next.
 */
export function darkComponents(raster: Raster, levels: Float32Array, margin: number, leastStep: number): Components {
  const { width, height, pixels } = raster;
  const ids = new Int32Array(width * height);
  const parents: number[] = [0];
  const root = (id: number): number => {
    let at = id;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at] ?? 0] ?? 0;
      at = parents[at] ?? 0;
    }
    return at;
  };
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      // Written so that NaN, no threshold here, is passed over too.
      if (!((levels[i] ?? 0) - (pixels[i] ?? 0) > margin)) continue;
      let id = x > 0 ? (ids[i - 1] ?? 0) : 0;
      if (y > 0) {
        for (let dx = x > 0 ? -1 : 0; dx <= (x + 1 < width ? 1 : 0); dx++) {
          const above = ids[i - width + dx] ?? 0;
          if (above === 0 || above === id) continue;
          if (id === 0) id = above;
          else {
            const a = root(above);
            const b = root(id);
            if (a < b) parents[b] = a;
            else parents[a] = b;
          }
        }
      }
      if (id === 0) {
        id = parents.length;
        parents.push(id);
      }
      ids[i] = id;
    }
  }
  return { ids, list: collect(raster, levels, leastStep, ids, parents, root) };
}

function collect(
  raster: Raster,
  levels: Float32Array,
  leastStep: number,
  ids: Int32Array,
  parents: readonly number[],
  root: (id: number) => number,
): Component[] {
  const { width, height, pixels } = raster;
  const numbers = new Int32Array(parents.length);
  const list: Component[] = [];
  for (let id = 1; id < parents.length; id++) {
    const at = root(id);
    if (at === id) {
      list.push({
        id: list.length + 1,
        area: 0,
        left: width,
        top: height,
        right: 0,
        bottom: 0,
        onBorder: 0,
        open: 0,
        contrast: 0,
        edge: 0,
        outline: 0,
      });
      numbers[id] = list.length;
    } else numbers[id] = numbers[at] ?? 0;
  }
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i] ?? 0;
    if (id > 0) ids[i] = numbers[id] ?? 0;
  }
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const id = ids[i] ?? 0;
      if (id === 0) continue;
      const component = list[id - 1];
      if (component === undefined) continue;
      const grey = pixels[i] ?? 0;
      component.area++;
      if (x < component.left) component.left = x;
      if (x >= component.right) component.right = x + 1;
      if (y < component.top) component.top = y;
      component.bottom = y + 1;
      component.contrast += (levels[i] ?? 0) - grey;
      if (x === 0) component.onBorder++;
      else side(component, pixels, ids, i, i - 1, leastStep);
      if (x === width - 1) component.onBorder++;
      else side(component, pixels, ids, i, i + 1, leastStep);
      if (y === 0) component.onBorder++;
      else side(component, pixels, ids, i, i - width, leastStep);
      if (y === height - 1) component.onBorder++;
      else side(component, pixels, ids, i, i + width, leastStep);
    }
  }
  for (const component of list) {
    component.contrast /= component.area;
    component.edge /= Math.max(1, component.outline);
  }
  return list;
}

function side(
  component: Component,
  pixels: Uint8Array,
  ids: Int32Array,
  from: number,
  to: number,
  least: number,
): void {
  if (ids[to] !== 0) return;
  const step = (pixels[to] ?? 0) - (pixels[from] ?? 0);
  if (step < least) {
    component.open++;
    return;
  }
  component.edge += step;
  component.outline++;
}
