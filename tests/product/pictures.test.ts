// An alphabet of pictures from the command line: what it sees with is said, and people are played against it as against one of ink.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { smallBackbone } from '../support/backbone.ts';
import { writePhotographs } from '../support/photographs.ts';
import { inkloop, newDataDir, removeDataDir } from '../support/product.ts';

const dataDir = newDataDir();
const folder = mkdtempSync(join(tmpdir(), 'inkloop-pictures-'));
const [taught, others] = [join(folder, 'taught'), join(folder, 'others')];

async function verb(...args: readonly string[]): Promise<string> {
  const ended = await inkloop(args, { DATA_DIR: dataDir, TRAINING_THREADS: '1' });
  expect(ended.code, ended.stderr).toBe(0);
  return ended.stdout;
}
const json = async (...args: readonly string[]): Promise<unknown> => JSON.parse(await verb(...args, '--json'));

describe('an alphabet of pictures', { timeout: 300_000 }, () => {
  beforeAll(async () => {
    await writePhotographs(taught, 6);
    await writePhotographs(others, 8, 100);
    writeFileSync(join(folder, 'small.onnx'), smallBackbone());
    await verb('backbone', 'add', join(folder, 'small.onnx'), '--licence', 'MIT', '--levels', 'unit');
    await verb('alphabet', 'new', '--kind', 'picture', '--id', 'empty', '--labels', 'yes no', '--backbone', 'none');
    const things = ['--id', 'things', '--title', 'Things', '--labels-from', taught, '--backbone', 'small'];
    await verb('alphabet', 'new', '--kind', 'picture', ...things);
  }, 300_000);
  afterAll(() => {
    removeDataDir(dataDir);
    rmSync(folder, { recursive: true, force: true });
  });

  test('show says what it sees with', async () => {
    expect(await verb('alphabet', 'show', 'things')).toMatch(/sees with: small \([0-9a-f]{8}, MIT\)/u);
    expect(await json('alphabet', 'show', 'things')).toMatchObject({
      seesWith: { name: 'small', licence: 'MIT', here: true },
    });
    expect(await verb('alphabet', 'show', 'empty')).toContain('sees with: no backbone');
    expect(await json('alphabet', 'show', 'latin')).toMatchObject({ seesWith: null });
  });

  test('simulate begins with nothing, and learns', async () => {
    const set = ['--alphabet', 'things', '--data', others];
    const played = (await json('simulate', ...set, '--schedule', '0,4')) as {
      readonly rounds: readonly { readonly accuracy: number; readonly challengerAccuracy: number }[];
    };
    expect(played.rounds).toHaveLength(2);
    expect(played.rounds[0]).toMatchObject({ confirmedPerLabel: 0, accuracy: 0, baseAccuracy: null });
    expect(played.rounds[1]?.challengerAccuracy).toBeGreaterThan(0.8);
  });

  test('simulate --stream begins with what answers now, and says so where nothing does', async () => {
    const { stream } = (await json('simulate', '--stream', '--alphabet', 'things', '--data', others)) as {
      readonly stream: readonly { readonly answers: number; readonly champion: number; readonly served: number }[];
    };
    expect(stream.map(({ answers }) => answers)).toEqual([0, 10, 12]);
    for (const point of stream) {
      expect(point.champion).toBeGreaterThan(0.8);
      expect(point.served).toBeGreaterThan(0.8);
    }
    const untaught = join(folder, 'untaught');
    cpSync(join(others, 'Red Ball'), join(untaught, 'yes'), { recursive: true });
    const ended = await inkloop(['simulate', '--stream', '--alphabet', 'empty', '--data', untaught], {
      DATA_DIR: dataDir,
    });
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('No model of empty answers yet.');
  });
});
