// A stream of one person's pictures through the whole product, with the shipped digits and hands drawn from a seed.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { botKinds } from '../../bots/list.ts';
import { streamTable } from '../../src/cli/stream-table.ts';
import { parseConfig } from '../../src/config.ts';
import { UsageError } from '../../src/errors.ts';
import { makeLog } from '../../src/log.ts';
import { simulateStream, type StreamOptions } from '../../src/simulation/stream.ts';
import { meanOf } from '../../src/simulation/stream-points.ts';
import { writeDigitSet } from '../support/digit-set.ts';
import { scratchFolder } from '../support/scratch.ts';

let folder: string;
let data: string;
const options = (more: Partial<StreamOptions> = {}, env: Readonly<Record<string, string>> = {}): StreamOptions => ({
  config: parseConfig({ DATA_DIR: folder, TRAINING_THREADS: '1', RETRAIN_AFTER: '0', ...env }, botKinds),
  log: makeLog('silent'),
  alphabet: 'digits',
  data,
  seeds: 1,
  ...more,
});

const [DIGITS, EACH] = [10, 6];

beforeEach(async () => {
  folder = scratchFolder();
  data = path.join(folder, 'set');
  await writeDigitSet(data, { perLabel: EACH, seed: 1 });
  // Two writers, and one who wrote a single picture.
  const lines = Array.from({ length: DIGITS * EACH }, (_, at) => {
    const digit = Math.floor(at / EACH);
    return `${digit}/${at % EACH}.png\t${digit}\t${at === 0 ? 'cid' : at % 2 === 0 ? 'ann' : 'bob'}`;
  });
  writeFileSync(path.join(data, 'labels.tsv'), `${lines.join('\n')}\n`);
});

describe('a stream', { timeout: 600_000 }, () => {
  it('is played for each writer of a set, and is the same each time', async () => {
    const writers = await simulateStream(options());
    expect(writers.map(({ writer }) => writer)).toEqual(['ann', 'bob']);
    for (const { points } of writers) {
      expect(points[0]).toMatchObject({ answers: 0, last50: null, soFar: null });
      expect(points.map(({ answers }) => answers)).toEqual([0, 10]);
      for (const { champion, memory, served, challenger } of points) {
        for (const share of [champion, memory, served]) expect(share).toBeGreaterThan(0.3);
        expect(challenger).toBeNull();
      }
    }
    const again = await simulateStream(options({ writer: 'ann' }));
    expect(again).toEqual(writers.slice(0, 1));
    const table = streamTable(writers, meanOf(writers.map(({ points }) => points)));
    expect(table.filter((line) => /^(ann|bob|mean) /u.test(line))).toHaveLength(6);
  });

  it('takes all for one person’s where that is asked, and says when there is nobody', async () => {
    const [one, ...others] = await simulateStream(options({ asOne: true }));
    expect(others).toEqual([]);
    expect(one?.writer).toBeNull();
    expect(one?.points.at(-1)?.answers).toBeGreaterThan(20);
    await expect(simulateStream(options({ writer: 'dan' }))).rejects.toThrow(UsageError);
    await expect(simulateStream(options({ writer: 'cid' }))).rejects.toThrow('no picture to teach or to test with');
  });

  it('a challenger is trained from its answers when the product would, and reads beside the champion', async () => {
    const [{ points } = { points: [] }] = await simulateStream(options({ asOne: true }, { RETRAIN_AFTER: '15' }));
    expect(points.find(({ answers }) => answers === 10)?.soFar?.challenger).toBeNull();
    const last = points.at(-1);
    // Kept for want of proof: it has read the pictures since, and reads the others now.
    expect(last?.challenger).toBeGreaterThan(0.3);
    expect(last?.soFar?.challenger).toBeGreaterThan(0.3);
  });
});
