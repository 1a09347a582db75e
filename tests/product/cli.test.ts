// The owner's command line as a process, on a small set made here: import, look, freeze, train, evaluate, go back.
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { drawnPng, drawnRow, writeDigitSet } from '../support/digit-set.ts';
import { filledSheet } from '../support/filled-sheet.ts';
import { needs } from '../support/needs.ts';
import { inkloop, newDataDir, removeDataDir } from '../support/product.ts';
import { startRedis } from '../support/redis.ts';

let dataDir: string;
let folder: string;
const env = (): Record<string, string> => ({ DATA_DIR: dataDir });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inkloop-set-'));
  await writeDigitSet(join(folder, 'set'), { perLabel: 6, seed: 1 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  dataDir = newDataDir();
});
afterEach(() => removeDataDir(dataDir));

/** Runs a verb with --json; fails loudly on any other exit code than the one expected. */
async function json(args: readonly string[], code = 0): Promise<unknown> {
  const ended = await inkloop([...args, '--json'], env());
  expect(ended.code, ended.stderr).toBe(code);
  return JSON.parse(ended.stdout);
}

const imported = (): Promise<unknown> => json(['import', '--alphabet', 'digits', '--data', join(folder, 'set')]);

// Each verb is a process of its own, and one of them trains.
describe('the command line', { timeout: 600_000 }, () => {
  test('helps, and says what is wrong with its use', async () => {
    const help = await inkloop(['--help'], env());
    expect(help.code).toBe(0);
    for (const verb of ['read', 'evaluate', 'import', 'export', 'retrain', 'rollback', 'snapshot', 'doctor']) {
      expect(help.stdout).toContain(verb);
    }
    expect((await inkloop(['nonsense'], env())).code).toBe(2);
    expect((await inkloop(['evaluate'], env())).code).toBe(2);
    const unknown = await inkloop(['stats', '--alphabet', 'klingon'], env());
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('There are: digits');
  });

  test('imports a set once, whatever its order', async () => {
    const set = ['import', '--alphabet', 'digits', '--data', join(folder, 'set')];
    expect(await json([...set, '--dry-run'])).toMatchObject({
      added: 60,
      unreadable: 0,
      outOfAlphabet: 0,
      dryRun: true,
    });
    expect(await json(set)).toMatchObject({ added: 60, present: 0 });
    expect(await json(set)).toMatchObject({ added: 0, present: 60 });
    expect(await json(['stats'])).toMatchObject({ samples: 60, contributors: 1 });
  });

  test('reads a photo, and says why another is no good', async () => {
    writeFileSync(join(folder, 'empty.png'), '');
    const photo = join(folder, 'set', '7', '0.png');
    const ended = await inkloop(['read', photo, join(folder, 'empty.png'), '--json'], env());
    expect(ended.code, ended.stderr).toBe(0);
    const [read, empty] = ended.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(read).toMatchObject({ file: photo, modelVersion: 'digits-1' });
    expect(read?.['candidates']).toHaveLength(10);
    expect(empty).toMatchObject({ outcome: 'empty-file', candidates: [] });
    expect((await inkloop(['read', join(folder, 'none.png')], env())).code).toBe(1);
  });

  test('reads as somebody whose handwriting was imported, by name or key, and as nobody else', async () => {
    const set = ['import', '--alphabet', 'digits', '--data', join(folder, 'set')];
    await json([...set, '--contributor', 'my hand']);
    const photo = join(folder, 'set', '7', '0.png');
    const alone = await inkloop(['read', photo], env());
    const named = await inkloop(['read', photo, '--as', 'my hand'], env());
    expect(named.code, named.stderr).toBe(0);
    expect(named.stdout).not.toBe(alone.stdout);
    expect((await inkloop(['read', photo, '--as', 'c1'], env())).stdout).toBe(named.stdout);
    expect((await inkloop(['read', photo, '--as', 'another'], env())).code).toBe(2);
  });

  test('reads a photo of several in reading order, a line a glyph', async () => {
    const photo = join(folder, 'several.png');
    writeFileSync(photo, await drawnRow(['2', '7', '4']));
    const lines = (await inkloop(['read', photo, '--json'], env())).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { candidates: readonly { label: string }[]; box: Record<string, number> });
    expect(lines).toMatchObject([0, 1, 2].map((place) => ({ file: photo, place, line: 0, modelVersion: 'digits-1' })));
    expect(lines.map(({ candidates }) => candidates[0]?.label)).toEqual(['2', '7', '4']);
    // The same as a set of pages: each is found, and 9 is not what stands in the middle.
    const glyphs = ['2', '9', '4'].map((label, place) => {
      const { x = 0, y = 0, width = 0, height = 0 } = lines[place]?.box ?? {};
      return { box: [x - 5, y, width, height + 5], label };
    });
    mkdirSync(join(folder, 'pages'), { recursive: true });
    writeFileSync(join(folder, 'pages', 'pages.jsonl'), `${JSON.stringify({ file: 'page.png', glyphs })}\n`);
    copyFileSync(photo, join(folder, 'pages', 'page.png'));
    const set = ['evaluate', '--alphabet', 'digits', '--pages', '--data', join(folder, 'pages')];
    expect(await json(set)).toEqual({
      alphabet: 'digits',
      modelVersion: 'digits-1',
      pages: 1,
      glyphs: 3,
      found: 3,
      false: 0,
      ordered: 1,
      accuracy: 2 / 3,
      confusableAccuracy: 2 / 3,
      outOfAlphabet: 0,
    });
    expect((await inkloop(set, env())).stdout).toContain('found 3 (100.00 %), 0 boxes of no character');
    const none = await inkloop(['evaluate', '--alphabet', 'digits', '--pages', '--data', folder], env());
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('pages.jsonl') as string });
    const both = await inkloop(['evaluate', '--alphabet', 'digits', '--only', 'letters', '--data', folder], env());
    expect(both).toMatchObject({ code: 2, stderr: expect.stringContaining('leave --only out') as string });
    const told = (await inkloop(['read', photo], env())).stdout.trim().split('\n');
    expect(told.map((line) => line.slice(photo.length, photo.length + 5))).toEqual([' 1: 2', ' 2: 7', ' 3: 4']);
  });

  test('prints a practice sheet, and reads photos of filled ones', async () => {
    const out = join(folder, 'sheet.pdf');
    const wanted = ['sheet', '--alphabet', 'digits', '--labels', '1 2 3', '--out', out];
    expect(await json([...wanted, '--language', 'uk'])).toEqual({ alphabet: 'digits', out, pages: 1, cells: 24 });
    expect(readFileSync(out).toString('latin1', 0, 5)).toBe('%PDF-');
    expect((await inkloop(['sheet', '--alphabet', 'digits'], env())).code).toBe(2);
    const photo = join(folder, 'sheet.png');
    writeFileSync(photo, await filledSheet(['1', '2', '3']));
    const read = (await json(['sheet', 'read', photo])) as { sheet: unknown; cells: Record<string, string | null>[] };
    expect(read.sheet).toEqual({ alphabet: 'digits', page: 1, pages: 1 });
    expect(read.cells.map(({ label }) => label).join('')).toBe(`${'1'.repeat(8)}${'2'.repeat(8)}${'3'.repeat(8)}`);
    const filled = read.cells.filter(({ state }) => state === 'filled');
    expect(filled.length).toBeGreaterThan(12);
    expect(filled.filter((cell) => cell['read'] === cell['label']).length).toBeGreaterThan(0.8 * filled.length);
    // Who reads it as any photo is told what it is.
    const told = await inkloop(['read', photo], env());
    expect(told).toMatchObject({ code: 0, stdout: expect.stringContaining('"sheet read" tells') as string });
    expect(await json(['read', photo])).toMatchObject({ outcome: 'sheet', candidates: [] });
    // One that is none is told beside one that is; none at all is a failure.
    const picture = join(folder, 'set', '7', '0.png');
    const both = await inkloop(['sheet', 'read', '--json', photo, picture], env());
    expect(both.code).toBe(0);
    const none = await inkloop(['sheet', 'read', '--json', picture], env());
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining('No practice sheet was found') as string });
    expect(JSON.parse(none.stdout)).toMatchObject({ sheet: null, outcome: 'no-sheet', cells: [] });
    expect(both.stdout.endsWith(none.stdout)).toBe(true);
  });

  test('evaluates the champion', async () => {
    const figures = (await json(['evaluate', '--alphabet', 'digits', '--data', join(folder, 'set')])) as Record<
      string,
      number
    >;
    expect(figures).toMatchObject({ alphabet: 'digits', modelVersion: 'digits-1', samples: 60, unreadable: 0 });
    expect(figures['accuracy']).toBeGreaterThan(0.8);
  });

  test('freezes the same data to the same id', async () => {
    await imported();
    const one = (await json(['snapshot', 'create', '--alphabet', 'digits'])) as {
      id: string;
      train: number;
      test: number;
    };
    const two = (await json(['snapshot', 'create', '--alphabet', 'digits'])) as { id: string };
    expect(two.id).toBe(one.id);
    expect(one.train + one.test).toBe(60);
    const shown = (await json(['snapshot', 'show', one.id])) as { samples: unknown[] };
    expect(shown.samples).toHaveLength(60);
    expect(await json(['snapshot', 'diff', one.id, two.id])).toEqual({ added: [], removed: [], sameRecipe: true });
    const other = (await json(['snapshot', 'create', '--alphabet', 'latin'])) as { id: string };
    const refused = await inkloop(['snapshot', 'diff', one.id, other.id], env());
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('of digits, the other of latin') });
  });

  test('names what of a set it could not take, and fails where nothing was', async () => {
    const mixed = join(folder, 'mixed');
    for (const label of ['3', 'ж']) mkdirSync(join(mixed, label), { recursive: true });
    const three = await drawnPng('3', { seed: 1, side: 200 });
    writeFileSync(join(mixed, '3', 'three.jfif'), await sharp(three).jpeg().toBuffer());
    writeFileSync(join(mixed, '3', 'cut.png'), three.subarray(0, 60));
    writeFileSync(join(mixed, '3', 'a.heic'), '\0\0\0\x0cftypheic');
    writeFileSync(join(mixed, 'ж', 'zh.png'), three);
    const taken = await inkloop(['import', '--alphabet', 'digits', '--data', mixed], env());
    expect(taken.code).toBe(0);
    expect(taken.stdout).toContain('added 1 sample\n');
    expect(taken.stdout).toMatch(
      /3\/a.heic: is of a kind that is not read.*\n3\/cut.png: damaged\nж\/zh.png: its label ж/,
    );
    expect(taken.stdout).toContain('1 unreadable, 1 of other alphabets, 1 passed over');
    rmSync(join(mixed, '3', 'three.jfif'));
    const nothing = await json(['import', '--alphabet', 'latin', '--data', mixed], 1);
    expect(nothing).toMatchObject({ added: 0, present: 0, unreadable: 1, outOfAlphabet: 1, passedOver: 1 });
  });

  test.skipIf(needs('redis-server'))('tells of a Redis that may lose what is queued, with the remedy', async () => {
    const redis = await startRedis();
    try {
      await redis.ask((each) => each.config('SET', 'maxmemory-policy', 'allkeys-lru'));
      const doctor = await inkloop(['doctor'], { ...env(), REDIS_URL: redis.url });
      expect(doctor.code).toBe(1);
      expect(doctor.stdout).toMatch(/✗ Redis: .*allkeys-lru.*redis-cli CONFIG SET maxmemory-policy noeviction/);
    } finally {
      await redis.close();
    }
  });

  test.skipIf(needs('redis-server'))('tells the workers of a retrain though no app runs', async () => {
    await imported();
    const redis = await startRedis();
    try {
      const grown = { ...env(), REDIS_URL: redis.url };
      expect((await inkloop(['retrain', '--alphabet', 'digits'], grown)).code).toBe(0);
      expect(await redis.ask((each) => each.llen('inkloop:training:wait'))).toBe(1);
      const [run] = (await json(['runs'])) as { run: number }[];
      expect((await inkloop(['cancel', String(run?.run)], grown)).code).toBe(0);
      expect(await json(['runs'])).toMatchObject([{ state: 'cancelled' }]);
      expect(await redis.ask((each) => each.llen('inkloop:training:wait'))).toBe(0);
    } finally {
      await redis.close();
    }
  });

  test('retrains with no app running, to a decision; promotes by hand and goes back, and never says it worked when it did not', async () => {
    await imported();
    const run = await json(['retrain', '--alphabet', 'digits', '--wait']);
    // The champion reads all of so neat a set already.
    expect(run).toMatchObject({ state: 'kept', version: 'digits-2', decision: { code: 'not-enough-evidence' } });
    expect(await json(['runs'])).toMatchObject([{ state: 'kept', version: 'digits-2' }]);

    const champion = async (): Promise<unknown> => ((await json(['stats'])) as { champion: string }).champion;
    expect(await json(['rollback', '--alphabet', 'digits'], 1)).toMatchObject({ outcome: 'nothing-before' });
    expect(await json(['promote', 'digits-2'])).toMatchObject({ outcome: 'moved', to: 'digits-2' });
    expect(await json(['promote', 'digits-2'], 1)).toMatchObject({ outcome: 'already' });
    expect(await champion()).toBe('digits-2');
    expect(await json(['rollback', '--alphabet', 'digits'])).toMatchObject({ outcome: 'moved', to: 'digits-1' });
    expect(await champion()).toBe('digits-1');
    expect((await inkloop(['promote', 'digits-99'], env())).code).toBe(2);
  });

  test('lists who teaches, blocks, takes back, and keeps a record', async () => {
    const run = (...args: readonly string[]): Promise<unknown> => json(args);
    await imported();
    const [first] = (await run('contributors', 'list')) as readonly { readonly key: string }[];
    expect(first).toMatchObject({ platform: 'import', trusted: true, samples: 60, recent: 60 });
    const key = first?.key ?? '';
    expect(await run('contributors', 'block', key)).toEqual({ key, blocked: true, changed: true });
    expect(await run('contributors', 'block', key)).toEqual({ key, blocked: true, changed: false });
    expect(await run('contributors', 'withdraw', key, '--dry-run')).toEqual({ key, samples: 60, dryRun: true });
    expect(await run('contributors', 'withdraw', key)).toEqual({ key, samples: 60, learnt: [] });
    expect(await run('contributors', 'withdraw', key)).toEqual({ key, samples: 0, learnt: [] });
    const log = (await run('log')) as readonly object[];
    expect(log).toMatchObject([
      { who: 'command line', what: 'withdraw', subject: key },
      { who: 'command line', what: 'block', subject: key },
    ]);
    const stranger = await inkloop(['contributors', 'block', 'c4711'], env());
    expect(stranger.code).toBe(2);
    expect(stranger.stderr).toContain('There is no contributor c4711. "contributors list" shows who there is.');
  });

  test('exports what it can import again', async () => {
    await imported();
    const out = join(folder, 'out');
    expect(await json(['export', '--alphabet', 'digits', '--out', out])).toMatchObject({ samples: 60, models: 1 });
    expect(readFileSync(join(out, 'labels.tsv'), 'utf8').trim().split('\n')).toHaveLength(60);
    expect(readFileSync(join(out, 'idx', 'images.idx3-ubyte')).length).toBe(16 + 60 * 40 * 40);
    expect(await json(['import', '--alphabet', 'digits', '--data', out, '--dry-run'])).toMatchObject({ added: 60 });
  });

  test('backs up, and finds itself in order', async () => {
    await imported();
    const copy = join(folder, 'copy.db');
    await json(['backup', copy]);
    expect((await inkloop(['backup', copy], env())).code).toBe(2);
    expect(await json(['doctor'])).toMatchObject({ ok: true });
    mkdirSync(join(folder, 'restored'));
    writeFileSync(join(folder, 'restored', 'inkloop.db'), readFileSync(copy));
    // Without its key it would not know its people, and says so.
    const lost = await inkloop(['stats'], { DATA_DIR: join(folder, 'restored') });
    expect(lost.stderr).toContain('secret.key');
    writeFileSync(join(folder, 'restored', 'secret.key'), readFileSync(join(dataDir, 'secret.key')));
    const restored = await inkloop(['stats', '--json'], { DATA_DIR: join(folder, 'restored') });
    expect(JSON.parse(restored.stdout)).toMatchObject({ samples: 60 });
  });
});
