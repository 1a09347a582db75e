// What a sheet's code says, in the 45 characters that a QR code packs tightest: the sheet itself, so that nobody has to remember it.
//   INK1:HIRAGANA:A:L:8:8:1:2:1:0Z5   version, alphabet, paper, direction, columns, rows, page, pages, times, labels
// Numbers have base 36. Labels are ascending ids as runs: so many left out, so many taken, and so on; Z goes on in the next digit.
import { papers, type Paper, type Sheet } from './layout.ts';

const FORMAT = 1;
const LONG = 35;
/** More cells would be too small to write in. */
const MOST_CELLS = 400;

/** A sheet, or that it is of another version. */
export type SheetCode = Sheet | 'old';

export function sheetCode(sheet: Sheet): string {
  const { alphabet, paper, direction, columns, rows, page, pages, labels } = sheet;
  const ids = [...new Set(labels)];
  const numbers = [columns, rows, page, pages, labels.length / ids.length].map((each) => each.toString(36));
  return [`INK${FORMAT}`, alphabet, paper[0], direction[0], ...numbers, runsOf(ids)].join(':').toUpperCase();
}

/** What a code tells; null for what is no sheet's code. */
export function sheetOf(code: string): SheetCode | null {
  const [version, alphabet = '', paper, direction, ...rest] = code.split(':');
  const format = /^INK(\d+)$/u.exec(version ?? '')?.[1];
  if (format === undefined) return null;
  if (Number(format) !== FORMAT) return 'old';
  const runs = rest.pop() ?? '';
  const [columns = 0, rows = 0, page = 0, pages = 0, times = 0] = rest.map((each) => parseInt(each, 36));
  const named = Object.keys(papers).find((each): each is Paper => each[0] === paper);
  const ids = idsOf(runs);
  const count = times * ids.length;
  if (
    named === undefined ||
    !(page > 0 && page <= pages) ||
    !(count > 0 && count <= columns * rows && columns * rows <= MOST_CELLS)
  )
    return null;
  return {
    alphabet: alphabet.toLowerCase(),
    direction: direction === 'R' ? 'rtl' : 'ltr',
    paper: named,
    columns,
    rows,
    page,
    pages,
    labels: ids.flatMap((id) => Array.from({ length: times }, () => id)),
  };
}

function runsOf(ids: readonly number[]): string {
  let [text, next] = ['', 0];
  for (let at = 0; at < ids.length;) {
    const first = ids[at] ?? 0;
    let length = 1;
    while (ids[at + length] === first + length) length++;
    text += digits(first - next) + digits(length);
    next = first + length;
    at += length;
  }
  return text;
}

const digits = (count: number): string => 'z'.repeat(Math.floor(count / LONG)) + (count % LONG).toString(36);

function idsOf(runs: string): readonly number[] {
  const ids: number[] = [];
  let [next, count, taking] = [0, 0, false];
  for (const digit of runs) {
    const value = parseInt(digit, 36);
    if (Number.isNaN(value)) return [];
    count += value;
    if (value === LONG) continue;
    if (taking && ids.length + count > MOST_CELLS) return [];
    if (taking) ids.push(...Array.from({ length: count }, (_, k) => next + k));
    next += count;
    [count, taking] = [0, !taking];
  }
  return ids;
}
