// Edges along a line of pixels: half way between each light and the dark beside it, however light the paper is there.

/** Reused from line to line. */
export interface LineEdges {
  /** Where they are, in pixels from the line's first. */
  readonly at: Float64Array;
  count: number;
  /** Whether the first of them goes from light to dark; they take turns. */
  falls: boolean;
}

export const makeEdges = (most = 8192): LineEdges => ({ at: new Float64Array(most), count: 0, falls: false });

/** Finds steps of at least so many grey levels along `length` pixels, `step` apart. */
export function findEdges(
  pixels: Uint8Array,
  start: number,
  step: number,
  length: number,
  least: number,
  edges: LineEdges,
): void {
  const { at } = edges;
  edges.count = 0;
  // Towards a light (1) or a dark (-1), and the last of both: their greys and places.
  let towards = 0;
  let [light, dark] = [pixels[start] ?? 0, pixels[start] ?? 0];
  let [lightAt, darkAt] = [0, 0];
  for (let i = 1, pixel = start + step; i < length; i++, pixel += step) {
    const grey = pixels[pixel] ?? 0;
    if (towards >= 0 && grey > light) {
      light = grey;
      lightAt = i;
    }
    if (towards <= 0 && grey < dark) {
      dark = grey;
      darkAt = i;
    }
    if (towards >= 0 && light - grey >= least) {
      if (towards === 1) mark(pixels, start, step, lightAt, (light + dark) / 2, false, edges);
      towards = -1;
      dark = grey;
      darkAt = i;
    } else if (towards <= 0 && grey - dark >= least) {
      if (towards === -1) mark(pixels, start, step, darkAt, (light + dark) / 2, true, edges);
      towards = 1;
      light = grey;
      lightAt = i;
    }
    if (edges.count === at.length) return;
  }
  if (towards === 1) mark(pixels, start, step, lightAt, (light + dark) / 2, false, edges);
  if (towards === -1) mark(pixels, start, step, darkAt, (light + dark) / 2, true, edges);
}

/** Back from an extreme to where the line crosses the level. */
function mark(
  pixels: Uint8Array,
  start: number,
  step: number,
  from: number,
  level: number,
  falls: boolean,
  edges: LineEdges,
): void {
  let i = from;
  let [here, after] = [pixels[start + i * step] ?? 0, 0];
  while (i > 0 && (falls ? here < level : here > level)) {
    after = here;
    i--;
    here = pixels[start + i * step] ?? 0;
  }
  if (edges.count === 0) edges.falls = falls;
  edges.at[edges.count++] = i + (after === here ? 0 : (level - here) / (after - here));
}
