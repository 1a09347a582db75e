// Where everything stands on a practice sheet: corner rings, codes, and a cell for each character. Millimetres from the left top
// corner of the paper. Whoever prints a sheet and whoever reads it asks here, so that they agree.

export const papers = { A4: { width: 210, height: 297 }, Letter: { width: 215.9, height: 279.4 } } as const;
export type Paper = keyof typeof papers;

/** One page: it tells all that is needed to read it again. */
export interface Sheet {
  readonly alphabet: string;
  readonly direction: 'ltr' | 'rtl';
  readonly paper: Paper;
  readonly columns: number;
  readonly rows: number;
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  /** Label ids of its cells, in the order in which they are written. */
  readonly labels: readonly number[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Area extends Point {
  readonly width: number;
  readonly height: number;
}

/** A ring around a disc: from side to side five equal parts are dark, light, dark, light, dark. */
export const RING_PART = 2.6;
/** From the paper's edges to the middle of a ring: printers leave some millimetres white. */
const INSET = 17;
/** Side of a code, without the white around it. */
const CODE = 27;
/** Of white between a ring and a code. */
const APART = 5.5;
/** Above and below the cells. */
const HEAD = 42;
/** Above each cell, for its label. */
const LABEL_HEIGHT = 5.2;
const GAP = 3;
const GRIDS = { A4: { columns: 8, rows: 8 }, Letter: { columns: 8, rows: 7 } } as const;

/** Middles of the rings, clockwise from the left top. */
export function ringsOf(paper: Paper): readonly [Point, Point, Point, Point] {
  const { width, height } = papers[paper];
  const [right, bottom] = [width - INSET, height - INSET];
  return [
    { x: INSET, y: INSET },
    { x: right, y: INSET },
    { x: right, y: bottom },
    { x: INSET, y: bottom },
  ];
}

/** The two places of the code: beside the right top ring and the left bottom one, so that half a sheet shows one of them. */
export function codesOf(paper: Paper): readonly [Area, Area] {
  const { width, height } = papers[paper];
  const beside = INSET + 2.5 * RING_PART + APART;
  const edge = INSET - 2.5 * RING_PART;
  return [
    { x: width - beside - CODE, y: edge, width: CODE, height: CODE },
    { x: beside, y: height - edge - CODE, width: CODE, height: CODE },
  ];
}

/** Where the heading may be written. */
export function headOf(paper: Paper): Area {
  const x = INSET + 2.5 * RING_PART + APART;
  return { x, y: 10.5, width: codesOf(paper)[0].x - 5 - x, height: CODE };
}

/** Frames of the cells to write in, in the order of `labels`. */
export function cellsOf(sheet: Pick<Sheet, 'paper' | 'columns' | 'rows' | 'direction' | 'labels'>): readonly Area[] {
  const { columns, rows, direction, labels } = sheet;
  const { width, height } = papers[sheet.paper];
  const edge = INSET - 2.5 * RING_PART;
  const [wide, high] = [(width - 2 * edge) / columns, (height - 2 * HEAD) / rows];
  const side = Math.min(wide - GAP, high - LABEL_HEIGHT - GAP / 2);
  return labels.map((_, place) => {
    const [row, along] = [Math.floor(place / columns), place % columns];
    const column = direction === 'rtl' ? columns - 1 - along : along;
    const [x, y] = [edge + column * wide + (wide - side) / 2, HEAD + row * high + LABEL_HEIGHT];
    return { x, y, width: side, height: side };
  });
}

/** Sheets for these labels, in the order of their ids: several pages where one is too small, and each label several times where it is not. */
export function planSheets(
  alphabet: { readonly id: string; readonly direction: 'ltr' | 'rtl' },
  labelIds: readonly number[],
  paper: Paper,
): readonly Sheet[] {
  const ids = [...new Set(labelIds)].sort((a, b) => a - b);
  const { columns, rows } = GRIDS[paper];
  const room = columns * rows;
  const times = Math.max(1, Math.min(columns, Math.floor(room / ids.length)));
  const pages = Math.ceil(ids.length / room);
  const { id, direction } = alphabet;
  return Array.from({ length: pages }, (_, page) => ({
    alphabet: id,
    direction,
    paper,
    columns,
    rows,
    page: page + 1,
    pages,
    labels: ids.slice(page * room, (page + 1) * room).flatMap((label) => Array.from({ length: times }, () => label)),
  }));
}
