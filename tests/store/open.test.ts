import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { splitter } from '../../src/dataset/split.ts';
import { messageOf, OperationalError } from '../../src/errors.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { person, scratchFolder, scratchStore } from '../support/scratch.ts';
import { prediction, version } from '../support/scratch-rows.ts';

const migrations = fileURLToPath(new URL('../../migrations', import.meta.url));
const child = (file: string, ...verb: string[]) =>
  spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('child.ts', import.meta.url)), file, ...verb], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });

/** A copy of the migrations that a test may change. */
function copiedMigrations(folder: string): string {
  const copy = join(folder, 'migrations');
  mkdirSync(copy);
  for (const file of readdirSync(migrations)) copyFileSync(join(migrations, file), join(copy, file));
  return copy;
}

it('migrates once when several processes start together', async () => {
  const file = join(scratchFolder(), 'deep', 'inkloop.db');
  const children = Array.from({ length: 4 }, () => child(file, 'open'));
  const outputs = children.map((each) => each.stdout.toArray());
  const codes = await Promise.all(children.map((each) => once(each, 'exit')));
  expect(codes.map(([code]) => code as unknown)).toEqual([0, 0, 0, 0]);
  const said = (await Promise.all(outputs)).map((chunks) => Buffer.concat(chunks as Buffer[]).toString());
  expect(new Set(said).size).toBe(1);
  expect(scratchStore(file).check()).toEqual([]);
});

it('applies a new migration to an old store, and refuses an edited one and a newer store', () => {
  const folder = scratchFolder();
  const file = join(folder, 'inkloop.db');
  const changed = copiedMigrations(folder);
  openStore(file, { splitter, migrations: changed }).close();

  const count = readdirSync(changed).length;
  const next = join(changed, `${String(count + 1).padStart(4, '0')}_more.sql`);
  writeFileSync(next, 'CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT; INSERT INTO more VALUES (7);');
  openStore(file, { splitter, migrations: changed }).close();
  openStore(file, { splitter, migrations: changed }).close();

  const opening = (): Store => openStore(file, { splitter, migrations: changed });
  writeFileSync(next, 'CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT;');
  expect(opening).toThrow(OperationalError);
  expect(opening).toThrow(/_more\.sql was edited/);
  rmSync(next);
  expect(opening).toThrow(/newer Inkloop/);
  // Line ends that changed on the way are no edit.
  const first = join(changed, readdirSync(changed)[0]!);
  const crlf = readFileSync(first, 'utf8').replaceAll('\n', '\r\n');
  writeFileSync(first, crlf);
  openStore(join(folder, 'other.db'), { splitter, migrations: changed }).close();
  openStore(join(folder, 'other.db'), { splitter }).close();
  rmSync(first);
  if (count === 1) writeFileSync(join(changed, '0002_hole.sql'), '');
  expect(opening).toThrow(/not whole/);
});

it('leaves nothing of a migration that fails half-way', () => {
  const folder = scratchFolder();
  const file = join(folder, 'inkloop.db');
  const changed = copiedMigrations(folder);
  const next = join(changed, `${String(readdirSync(changed).length + 1).padStart(4, '0')}_bad.sql`);
  writeFileSync(next, 'CREATE TABLE good (id INTEGER) STRICT; CREATE TABLE bad (nonsense);;; oops');
  expect(() => openStore(file, { splitter, migrations: changed })).toThrow(/oops/);
  rmSync(next);
  openStore(file, { splitter, migrations: changed }).close();
});

it('says in a sentence why a store cannot be opened', () => {
  const folder = scratchFolder();
  const file = join(folder, 'inkloop.db');
  writeFileSync(file, 'this is a letter, not a database, and it is long enough to be looked at as one'.repeat(20));
  expect(() => openStore(file, { splitter })).toThrow(/is not a database of Inkloop/);
  // A file where the folder should be denies even root.
  expect(() => openStore(join(file, 'inkloop.db'), { splitter })).toThrow(/a file stands where its folder should be/);
});

it('waits for another process that is writing, and says so when it takes too long', () => {
  const file = join(scratchFolder(), 'inkloop.db');
  const store = scratchStore(file);
  const hasty = openStore(file, { splitter, busyTimeout: 50 });
  onTestFinished(() => hasty.close());
  store.atomically(() => {
    store.meta.setOnce('a', '1');
    expect(() => hasty.meta.setOnce('b', '2')).toThrow(/held by another process/);
    // Readers never wait.
    expect(hasty.meta.get('a')).toBeUndefined();
  });
  expect(hasty.meta.get('a')).toBe('1');
});

it('copies itself whole while it is in use', async () => {
  const store = scratchStore();
  const asker = person(store, 'aa');
  store.predictions.save([prediction('p1', asker)]);
  store.verdicts.save({ predictionId: 'p1', kind: 'confirm', labelId: 7, contributorId: asker, at: 1 });
  const copy = join(scratchFolder(), 'copy.db');
  await store.backup(copy);
  const copied = scratchStore(copy);
  expect(copied.check()).toEqual([]);
  expect([...copied.samples.iterate({ alphabet: 'digits' })]).toEqual([
    ...store.samples.iterate({ alphabet: 'digits' }),
  ]);
  await expect(store.backup(join(copy, 'copy.db'))).rejects.toThrow(OperationalError);
});

it('keeps every verdict that was acknowledged before kill -9', async () => {
  const file = join(scratchFolder(), 'inkloop.db');
  const acknowledged: string[] = [];
  for (let round = 0; round < 3; round++) {
    const teacher = child(file, 'teach');
    const exit = once(teacher, 'exit');
    const before = acknowledged.length;
    for await (const line of createInterface({ input: teacher.stdout })) {
      acknowledged.push(line);
      if (acknowledged.length === before + 5 + round * 4) teacher.kill('SIGKILL');
    }
    await exit;
  }
  const store = scratchStore(file);
  expect(store.check()).toEqual([]);
  expect(acknowledged.length).toBeGreaterThanOrEqual(27);
  const kept = new Set([...store.samples.iterate({ alphabet: 'digits' })].map((sample) => sample.predictionId));
  expect(acknowledged.filter((name) => !kept.has(name))).toEqual([]);
  // What was saved but not acknowledged any more is whole as well: a verdict has its sample, a sample its verdict.
  for (const name of kept) expect(store.verdicts.get(name ?? '')).toBeDefined();
  expect(store.stats.ofAlphabet('digits').samples).toBe(kept.size);
});

it('keeps what both sides of a duel read, agreements, settings and anchors that were written before kill -9', async () => {
  const file = join(scratchFolder(), 'inkloop.db');
  const first = scratchStore(file);
  for (const letter of ['a', 'b']) first.versions.add(version({ artifact: letter.repeat(64) }));
  const sides = { alphabet: 'digits', champion: 'digits-1', challenger: 'digits-2', runId: null, seenThrough: 0 };
  first.duels.open({ ...sides, kind: 'challenge', at: 0 });
  let last = -1;
  for (let round = 0; round < 3; round++) {
    const writer = child(file, 'learn', String(1000 * round));
    const exit = once(writer, 'exit');
    let lines = 0;
    for await (const line of createInterface({ input: writer.stdout })) {
      last = Number(line);
      if (++lines === 5 + round * 4) writer.kill('SIGKILL');
    }
    await exit;
    const store = scratchStore(file);
    expect(store.check()).toEqual([]);
    const { id } = store.contributors.getOrCreate({ keyHash: 'aa', platform: 'web', at: 0 });
    const { count } = JSON.parse(store.hands.anchors('digits-1') ?? '{}') as { count: number };
    // At most what was under way when it died came after the last that was told.
    expect([last, last + 1]).toContain(count);
    expect(store.consents.of(id)?.text).toBeGreaterThan(last);
    expect([last % 2 === 1, (last + 1) % 2 === 1]).toContain(store.hands.isOn(id));
    expect(store.duels.evidence({ id: 1, seenThrough: 0 }).asked.differing.read).toBeGreaterThanOrEqual(lines);
  }
});

const disk = smallDisk();
it.skipIf(disk === null)('says that the disk is full, and has saved nothing half', () => {
  const store = openStore(join(disk ?? '', 'inkloop.db'), { splitter });
  onTestFinished(() => store.close());
  const asker = person(store, 'aa');
  const saved: string[] = [];
  const teach = (): void => {
    for (let count = 0; count < 20_000; count++) {
      const predictionId = `p${String(count)}`;
      store.predictions.save([prediction(predictionId, asker, { chatKey: 'x'.repeat(3000) })]);
      store.verdicts.save({ predictionId, kind: 'confirm', labelId: count % 10, contributorId: asker, at: count });
      saved.push(predictionId);
    }
  };
  let failure: unknown;
  try {
    teach();
  } catch (error) {
    failure = error;
  }
  expect(failure).toBeInstanceOf(OperationalError);
  expect(messageOf(failure)).toMatch(/disk is full|disk failed/);
  expect(saved.length).toBeGreaterThan(5);
  expect(store.check()).toEqual([]);
  const samples = [...store.samples.iterate({ alphabet: 'digits' })];
  expect(samples.map((sample) => sample.predictionId)).toEqual(saved);
  expect(store.stats.ofAlphabet('digits').samples).toBe(saved.length);
});

/** A folder on a disk of two megabytes, or null (said aloud; on CI thrown) where this user may not mount one. */
function smallDisk(): string | null {
  const folder = mkdtempSync('/tmp/inkloop-disk-');
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'inkloop-test', folder]);
  afterAll(() => {
    if (mounted.status === 0) spawnSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  if (mounted.status === 0) return folder;
  const sentence = 'a small tmpfs cannot be mounted here (are you root?), so the test of a full disk cannot run';
  if (process.env['CI'] === 'true') throw new Error(sentence);
  process.stderr.write(`\n  ⚠ SKIPPED: ${sentence}\n\n`);
  return null;
}
