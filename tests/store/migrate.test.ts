// A database as the release before these migrations left it, with a run under way, two operators, an own alphabet, a kept
// snapshot and announcements waiting: everything is there afterwards, in its new place.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { splitter } from '../../src/dataset/split.ts';
import { OperationalError } from '../../src/errors.ts';
import { openStore } from '../../src/store/store.ts';
import { scratchFolder, scratchStore } from '../support/scratch.ts';

const old = gunzipSync(readFileSync(new URL('release-0.1.0.db.gz', import.meta.url)));
const migrations = fileURLToPath(new URL('../../migrations', import.meta.url));
const hash = (pair: string): string => pair.repeat(32);

function oldDatabase(folder = scratchFolder()): string {
  const file = join(folder, 'inkloop.db');
  writeFileSync(file, old);
  return file;
}

const copiesIn = (file: string): readonly string[] =>
  readdirSync(join(file, '..')).filter((name) => name.startsWith('inkloop.db.before-'));

it('takes everything of the last release along', () => {
  const store = scratchStore(oldDatabase());
  expect(store.check()).toEqual([]);
  expect(store.operators.list()).toEqual(['discord:22', 'telegram:11']);
  expect(store.platformNotes('telegram').get('operators-menus')).toBe('11');
  expect(store.platformNotes('discord').get('registered-commands')).toBe('print');
  expect(store.forgetting.list()).toEqual([hash('dd')]);
  expect(store.meta.get('instance')).toBe('abcd1234');

  expect(store.alphabets.list()).toMatchObject([
    { id: 'greek', spec: { title: 'Ελληνικά', rows: [['α', 'β', 'γ']] }, bank: hash('be'), archived: false },
  ]);
  expect([...store.blobNames()]).toEqual(expect.arrayContaining([hash('be'), hash('a1'), hash('a2'), hash('e1')]));
  expect(store.snapshots.get(hash('51'))).toMatchObject({ blob: hash('b1'), train: 2 });

  const [running, judged, done] = store.runs.list();
  expect(running).toMatchObject({
    state: 'running',
    requestedBy: 'command line',
    judges: null,
    progress: { stage: 'training', epoch: 2 },
    jobName: 'abcd1234-3-11111111',
    job: { snapshot: hash('b1'), parent: 'digits-1' },
  });
  expect(store.runs.heartbeat(3, 'me', 5)).toMatchObject({ held: true });
  expect(judged).toMatchObject({ requestedBy: 'release', judges: 'digits-1', state: 'kept' });
  expect(done).toMatchObject({
    requestedBy: 'telegram:abc',
    decision: { code: 'too-few-glyphs', wins: 1 },
    result: { evaluation: hash('e1') },
  });
  // Of two who asked, one was forgotten since.
  expect(store.askers.of(3)).toMatchObject([
    { platform: 'telegram', address: { chat: 5, reply: 9 }, chatKey: 'chat', language: 'uk' },
  ]);
  expect(store.versions.get('digits-1')?.metrics).toEqual({ 'held-out digits': 0.99 });
  expect(store.versions.get('digits-2')?.metrics).toMatchObject({ people: null, training: { samples: 2 } });

  expect(store.chats.get('discord', 'dm-channel')).toMatchObject({ announceTo: { user: '22' }, person: '22' });
  expect(store.chats.get('telegram', '5')).toMatchObject({
    announceTo: { chat: 5 },
    whoMayAnswer: 'anyone',
    person: null,
  });
  store.chats.forgetPerson('discord', '22');
  expect(store.chats.get('discord', 'dm-channel').announceTo).toBeNull();

  const due = (platform: string) => store.outbox.claim({ platform, at: 2e12, leaseUntil: 3e12, limit: 9 });
  expect(due('telegram')).toMatchObject([
    { person: '11', address: null, payload: { kind: 'model-broken', because: 'damaged' } },
    { person: null, address: { chat: 5 }, payload: { kind: 'promoted', version: 'digits-1' } },
  ]);
  expect(due('errands')).toMatchObject([{ payload: { kind: 'find-taught', run: 1 } }]);

  expect(store.predictions.get('p3')).toMatchObject({ box: { x: 1, width: 3 }, candidates: [{ labelId: 3 }] });
  expect(store.predictions.address('p3')).toEqual({ chat: 5, reply: 3 });
  expect(store.verdicts.get('p2')).toMatchObject({ kind: 'correct', labelId: 5 });
  expect([...store.samples.iterate({ alphabet: 'digits' })].map(({ labelId }) => labelId)).toEqual([1, 5]);
  expect(store.stats.ofAlphabet('digits')).toMatchObject({ samples: 2, contributors: 2 });
});

it('leaves in meta only what identifies the installation', () => {
  const file = oldDatabase();
  scratchStore(file);
  const db = new Database(file, { readonly: true });
  onTestFinished(() => void db.close());
  expect(db.prepare('SELECT key FROM meta').pluck().all()).toEqual(['instance']);
});

it('keeps a copy of the database as it was, and lets it go with whoever is forgotten', () => {
  const file = oldDatabase();
  const store = scratchStore(file);
  const [copy, ...others] = copiesIn(file);
  expect(others).toEqual([]);
  const before = new Database(join(file, '..', copy ?? ''), { readonly: true });
  expect(before.prepare("SELECT value FROM meta WHERE key = 'operators'").pluck().get()).toBe('telegram:11 discord:22');
  expect(before.prepare('SELECT count(*) FROM samples').pluck().get()).toBe(2);
  before.close();
  // Nothing to migrate, nothing to copy.
  scratchStore(file);
  expect(copiesIn(file)).toEqual([copy]);
  store.contributors.forget(1);
  expect(copiesIn(file)).toEqual([]);
});

it('leaves alone the copy that another process is writing, and takes away one that nobody writes any more', () => {
  const file = oldDatabase();
  // SQLite keeps a journal beside what it writes.
  const halves = (name: string): readonly string[] =>
    ['', '-journal'].map((ending) => `${file}.before-0003-20260101T000000-${name}.part${ending}`);
  for (const half of [...halves('theirs'), ...halves('left')]) writeFileSync(half, 'half a copy');
  const yesterday = new Date(Date.now() - 24 * 3_600_000);
  for (const half of halves('left')) utimesSync(half, yesterday, yesterday);
  scratchStore(file);
  expect([halves('theirs'), halves('left')].map((all) => all.map((half) => existsSync(half)))).toEqual([
    [true, true],
    [false, false],
  ]);
});

it('is migrated once by processes that start together', async () => {
  const file = oldDatabase();
  const children = Array.from({ length: 3 }, () =>
    spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('child.ts', import.meta.url)), file, 'open'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  );
  const codes = await Promise.all(children.map((each) => once(each, 'exit')));
  expect(codes.map(([code]) => code as unknown)).toEqual([0, 0, 0]);
  const store = scratchStore(file);
  expect(store.operators.list()).toHaveLength(2);
  expect(store.askers.of(3)).toHaveLength(1);
  // Whoever was second must not put the new state in the place of the old.
  expect(copiesIn(file).length).toBeGreaterThan(0);
  for (const copy of copiesIn(file)) {
    const before = new Database(join(file, '..', copy), { readonly: true });
    expect(before.prepare('SELECT count(*) FROM migrations').pluck().get()).toBe(2);
    before.close();
  }
});

it('a migration that fails half-way leaves the old state, which a mended one takes up', () => {
  const folder = scratchFolder();
  const file = oldDatabase(folder);
  const changed = join(folder, 'migrations');
  mkdirSync(changed);
  for (const name of readdirSync(migrations)) copyFileSync(join(migrations, name), join(changed, name));
  const last = join(changed, `${String(readdirSync(changed).length + 1).padStart(4, '0')}_oops.sql`);
  writeFileSync(last, 'DELETE FROM operators; SELECT nonsense;');
  expect(() => openStore(file, { splitter, migrations: changed })).toThrow(/nonsense/);
  rmSync(last);
  expect(scratchStore(file).operators.list()).toHaveLength(2);
});

it('a disk that fills while it migrates costs nothing but the start, and is told in a sentence', () => {
  const folder = join(scratchFolder(), 'small');
  mkdirSync(folder);
  expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=300k', 'tmpfs', folder]).status).toBe(0);
  try {
    const file = oldDatabase(folder);
    const opening = () => openStore(file, { splitter });
    expect(opening).toThrow(OperationalError);
    expect(opening).toThrow(/disk is full/);
    expect(readFileSync(file).equals(old)).toBe(true);
    expect(copiesIn(file)).toEqual([]);
    expect(spawnSync('mount', ['-o', 'remount,size=4m', folder]).status).toBe(0);
    const store = opening();
    expect(store.operators.list()).toHaveLength(2);
    store.close();
  } finally {
    spawnSync('umount', ['-l', folder]);
  }
});
