// What is printed on a page of a practice sheet, as plain shapes: the PDF and the pictures of a test draw the same.
import { encodeQR } from 'qr';
import type { Alphabet, Label } from '../alphabet/alphabet.ts';
import { labelById } from '../alphabet/alphabet.ts';
import { sheetCode } from '../sheet/code.ts';
import { cellsOf, codesOf, headOf, RING_PART, ringsOf, type Area, type Sheet } from '../sheet/layout.ts';
import { legibleLabel } from './legible.ts';

/** Millimetres from the left top of the paper; grey from 0 black to 1 white. */
export type SheetMark =
  | ({ readonly kind: 'box'; readonly grey: number } & Area)
  | ({ readonly kind: 'frame'; readonly grey: number; readonly line: number } & Area)
  | { readonly kind: 'disc'; readonly x: number; readonly y: number; readonly radius: number; readonly grey: number }
  | SheetLettering;

export interface SheetLettering {
  readonly kind: 'text';
  readonly text: string;
  /** The left end of its base line; the right end where it ends there. */
  readonly x: number;
  readonly y: number;
  readonly ends?: true;
  /** Height of the letters. */
  readonly size: number;
  /** It is made smaller where it would be wider. */
  readonly most: number;
  readonly grey: number;
}

export interface SheetWords {
  readonly title: string;
  /** What to do, a line each. */
  readonly how: readonly string[];
  readonly page: string;
}

const FRAME = { grey: 0.5, line: 0.5 };
const TITLE = 5.5;
const HOW = 3.4;
const LABEL = 4.2;
const NAME = 2.4;

export function shapesOf(sheet: Sheet, alphabet: Alphabet, words: SheetWords): readonly SheetMark[] {
  const head = headOf(sheet.paper);
  const [, code] = codesOf(sheet.paper);
  const line = (text: string, y: number, size: number): SheetLettering => ({
    kind: 'text',
    text,
    x: head.x,
    y,
    size,
    most: head.width,
    grey: 0,
  });
  const rings = ringsOf(sheet.paper).flatMap((at) =>
    [2.5, 1.5, 0.5].map((parts, k): SheetMark => ({ kind: 'disc', ...at, radius: parts * RING_PART, grey: k % 2 })),
  );
  const twins = new Set(alphabet.confusable.flat());
  return [
    ...rings,
    ...codesOf(sheet.paper).flatMap((area) => codeShapes(sheetCode(sheet), area)),
    line(words.title, head.y + TITLE, TITLE),
    ...words.how.map((text, k) => line(text, head.y + TITLE + 6 + 5 * k, HOW)),
    { ...line(words.page, code.y + code.height, HOW), x: code.x + code.width + 5, grey: 0.3 },
    ...cellsOf(sheet).flatMap((area, place): readonly SheetMark[] => {
      const label = labelById(alphabet, sheet.labels[place] ?? -1);
      return [{ kind: 'frame', ...area, ...FRAME }, ...(label === undefined ? [] : labelShapes(label, area, twins))];
    }),
  ];
}

/** The label over its cell; with its name where another looks just so, or where no font can write it. */
function labelShapes(label: Label, { x, y, width }: Area, twins: ReadonlySet<number>): readonly SheetMark[] {
  const text = legibleLabel(label);
  const named = twins.has(label.id) && label.name !== text;
  const written: SheetLettering = {
    kind: 'text',
    text,
    x,
    y: y - 1.2,
    size: LABEL,
    most: named ? 0.45 * width : width,
    grey: 0.2,
  };
  if (!named) return [written];
  return [
    written,
    { ...written, text: label.name, x: x + width, ends: true, size: NAME, most: 0.52 * width, grey: 0.35 },
  ];
}

/** The modules of a QR code, runs of a row as one. */
function codeShapes(text: string, { x, y, width }: Area): readonly SheetMark[] {
  // Large modules are worth more than much correction, since each page has the code twice. The library insists on some white around it.
  const rows = encodeQR(text, 'raw', { ecc: 'low', border: 1 })
    .slice(1, -1)
    .map((row) => row.slice(1, -1));
  const side = width / rows.length;
  return rows.flatMap((row, down) => {
    const shapes: SheetMark[] = [];
    for (let from = 0; from < row.length; from++) {
      if (row[from] !== true) continue;
      let to = from;
      while (row[to] === true) to++;
      shapes.push({
        kind: 'box',
        x: x + from * side,
        y: y + down * side,
        width: (to - from) * side,
        height: side,
        grey: 0,
      });
      from = to;
    }
    return shapes;
  });
}
