// The table that `simulate --stream` prints: a line for each writer and point.
import type { WriterStream } from '../simulation/stream.ts';
import { readers, type Shares, type StreamPoint } from '../simulation/stream-points.ts';

const NONE = '–';
const percent = (share: number | null | undefined): string =>
  share === null || share === undefined ? NONE : (100 * share).toFixed(1);

/** The shares of all readers, in their order. */
const of = (shares: Shares | null): readonly string[] => readers.map((who) => percent(shares?.[who]));

const lineOf = (who: string, point: StreamPoint): readonly string[] => [
  who,
  String(point.answers),
  ...of(point),
  ...of(point.last50),
  ...of(point.soFar),
  percent(point.championEce),
  percent(point.memoryEce),
];

/** Percent; `mean`: of all writers, where there are several. */
export function streamTable(streams: readonly WriterStream[], mean: readonly StreamPoint[]): readonly string[] {
  const all = [
    ...streams.flatMap(({ writer, points }) => points.map((point) => lineOf(writer ?? 'all as one', point))),
    ...(streams.length > 1 ? mean.map((point) => lineOf('mean', point)) : []),
  ];
  const each = ['champion', 'memory', 'got', 'challenger'];
  const head = ['writer', 'answers', ...each, ...each, ...each, 'champion', 'got'];
  const widths = head.map((title, at) => Math.max(title.length, ...all.map((line) => line[at]?.length ?? 0)));
  const written = (line: readonly string[]): string =>
    line
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  return [
    'Right in percent: of other pictures that never teach; of the last 50 sent; of all sent so far; and calibration errors.',
    written(head),
    ...all.map(written),
  ];
}
