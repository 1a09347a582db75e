// The store with a million samples in it: what a verdict, the figures and a snapshot cost.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { freezeSnapshot, readSnapshot } from '../../src/dataset/snapshot.ts';
import { splitter } from '../../src/dataset/split.ts';
import type { StoredPrediction } from '../../src/store/predictions.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { strokes } from '../support/strokes.ts';

export interface Measured {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
}

const DAY = 86_400_000;

/** Fills a store in a folder of its own, measures, and removes it. Takes about two minutes at a million. */
export async function benchStore(samples = 1_000_000): Promise<readonly Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'inkloop-bench-'));
  const file = join(folder, 'inkloop.db');
  try {
    const opened = performance.now();
    const store = openStore(file, { splitter });
    const opening = performance.now() - opened;
    const importRate = fill(store, file, samples);
    const verdicts = measureVerdicts(store);
    const results: Measured[] = [
      { name: 'store: open and migrate a new one', value: opening, unit: 'ms' },
      { name: 'store: import', value: importRate, unit: 'samples/s' },
      { name: 'store: file size a sample', value: statSync(file).size / samples, unit: 'bytes' },
      {
        name: `store: save a verdict at ${String(samples)} samples, median`,
        value: quantile(verdicts, 0.5),
        unit: 'ms',
      },
      { name: `store: save a verdict at ${String(samples)} samples, p99`, value: quantile(verdicts, 0.99), unit: 'ms' },
      { name: 'store: save a verdict, worst of 2000', value: quantile(verdicts, 1), unit: 'ms' },
      { name: 'store: figures for /stats', value: medianOf(20, () => store.stats.ofAlphabet('digits')), unit: 'ms' },
      { name: 'store: count of new samples', value: medianOf(20, () => store.stats.newSince('digits', 0)), unit: 'ms' },
      {
        name: 'store: ask for the champion',
        value: medianOf(2000, () => store.champions.current('digits')) * 1000,
        unit: 'µs',
      },
    ];
    results.push(...(await measureSnapshot(store)));
    const backingUp = performance.now();
    await store.backup(join(folder, 'copy.db'));
    results.push({ name: 'store: backup', value: (performance.now() - backingUp) / 1000, unit: 's' });
    store.close();
    const reopened = performance.now();
    openStore(file, { splitter }).close();
    results.push({ name: 'store: open a full one', value: performance.now() - reopened, unit: 'ms' });
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** So many are imported as anybody would; the rest are clones, made by SQL, or filling would take longer than measuring. */
const IMPORTED = 20_000;
const PEOPLE = 2000;

/** Half the samples by one import, half by two thousand people, over a year. Returns imported samples a second. */
function fill(store: Store, file: string, samples: number): number {
  const people = Array.from({ length: PEOPLE + 1 }, (_, person) =>
    store.contributors.getOrCreate({
      keyHash: person.toString(16).padStart(32, '0'),
      platform: person === 0 ? 'import' : 'web',
      at: 0,
    }),
  );
  const batch = 1000;
  let importing = 0;
  for (let start = 0; start < Math.min(IMPORTED, samples); start += batch) {
    const set = Array.from({ length: batch }, (_, index) => {
      const seed = start + index;
      const person = people[seed % 2 === 0 ? 0 : 1 + ((seed * 7919) % PEOPLE)]!;
      const at = Math.floor((seed / IMPORTED) * 365) * DAY;
      return {
        alphabet: 'digits',
        labelId: seed % 10,
        glyph: strokes(seed),
        contributorId: person.id,
        source: 'import',
        at,
      };
    });
    const begin = performance.now();
    store.samples.import(set);
    importing += performance.now() - begin;
  }
  const db = new Database(file);
  const first = people[1]!.id;
  const clone = db.prepare(`
    INSERT INTO samples (alphabet, label_id, split, drawn, contributor_id, source, content_hash, created_at, glyph)
    SELECT alphabet, label_id, split, drawn,
           CASE WHEN contributor_id < :first THEN contributor_id
                ELSE :first + (contributor_id - :first + :round * 37) % ${String(PEOPLE)} END,
           source, randomblob(32), created_at, glyph FROM samples WHERE id <= ${String(IMPORTED)} LIMIT :limit`);
  const looks = db.prepare(`
    INSERT INTO fingerprints (contributor_id, look, sample_id)
    SELECT contributor_id, abs(random()) % 281474976710656, id FROM samples WHERE id > :from`);
  for (let round = 1, made = IMPORTED; made < samples; round++, made += IMPORTED) {
    db.transaction(() => {
      const from = store.samples.lastId('digits');
      clone.run({ first, round, limit: samples - made });
      looks.run({ from });
    }).immediate();
  }
  db.close();
  return Math.min(IMPORTED, samples) / (importing / 1000);
}

function measureVerdicts(store: Store): readonly number[] {
  const person = store.contributors.getOrCreate({ keyHash: 'ff', platform: 'web', at: 0 });
  return Array.from({ length: 2000 }, (_, index) => {
    const prediction: StoredPrediction = {
      id: `bench-${String(index)}`,
      alphabet: 'digits',
      contributorId: person.id,
      chatKey: 'bench',
      versionId: 'digits-1',
      glyph: strokes(10_000_000 + index),
      box: { x: 0, y: 0, width: 1, height: 1 },
      candidates: [{ labelId: 1, probability: 1 }],
      outcome: 'sure',
      photoId: `photo-${String(index)}`,
      place: 0,
      line: 0,
      createdAt: 365 * DAY,
    };
    store.predictions.save([prediction], {});
    const begin = performance.now();
    store.verdicts.save({
      predictionId: prediction.id,
      kind: 'confirm',
      labelId: index % 10,
      contributorId: person.id,
      at: 365 * DAY,
    });
    return performance.now() - begin;
  });
}

async function measureSnapshot(store: Store): Promise<readonly Measured[]> {
  const before = process.memoryUsage.rss();
  let peak = before;
  let size = 0;
  const begin = performance.now();
  const pieces: Uint8Array[] = [];
  const { bytes } = freezeSnapshot({ alphabet: 'digits', recipe: null }, store.samples.iterate({ alphabet: 'digits' }));
  for await (const piece of bytes) {
    size += piece.length;
    peak = Math.max(peak, process.memoryUsage.rss());
    // Enough to read a part of it back; a million would not be bounded memory.
    if (pieces.length < 20) pieces.push(piece);
  }
  const seconds = (performance.now() - begin) / 1000;
  const reading = performance.now();
  let read = 0;
  try {
    for await (const sample of (await readSnapshot(pieces)).samples) read += sample.glyph.length > 0 ? 1 : 0;
  } catch {
    // Only the first pieces were kept, so the reader rightly says that they are cut short.
  }
  return [
    { name: 'store: freeze a snapshot of all', value: seconds, unit: 's' },
    { name: 'store: frozen bytes', value: size / 2 ** 20, unit: 'MB' },
    { name: 'store: memory added by freezing', value: (peak - before) / 2 ** 20, unit: 'MB' },
    { name: 'store: read a snapshot', value: read / ((performance.now() - reading) / 1000), unit: 'samples/s' },
  ];
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Median of so many calls, ms. */
function medianOf(calls: number, work: () => unknown): number {
  const times = Array.from({ length: calls }, () => {
    const begin = performance.now();
    work();
    return performance.now() - begin;
  });
  return quantile(times, 0.5);
}
