// Before a run is told to the queue: what it will see is frozen, and the job that names it all is written down.
import { randomUUID } from 'node:crypto';
import type { Alphabet } from '../alphabet/alphabet.ts';
import type { Blobs } from '../blobs/blobs.ts';
import { freezeSnapshot, type FrozenSample } from '../dataset/snapshot.ts';
import type { Run } from '../store/runs.ts';
import type { SnapshotRecord } from '../store/snapshots.ts';
import type { Store } from '../store/store.ts';
import { corpusRecipe } from '../learning/people-glyphs.ts';
import type { JobSpec } from '../records/job.ts';

export interface PrepareTools {
  readonly store: Store;
  readonly blobs: Blobs;
  /** The labels of an alphabet, in its order, and which of them are twins. */
  alphabetOf(alphabet: string): Pick<Alphabet, 'labels' | 'confusable' | 'backbone' | 'merged' | 'mirror'>;
  /** Hash of the alphabet's glyph bank, whole in the blobs; null when it has none. */
  bankOf(alphabet: string): Promise<string | null>;
  readonly engine: 'onnx' | 'tfjs';
  readonly threads: number;
  readonly deadlineSeconds: number;
  /** Tells this installation's runs from others' that share a Redis. */
  readonly instance: string;
  now(): number;
}

/** Freezes all live samples of an alphabet, train and test, into the blobs; the same data gives the same id. */
export async function freeze(tools: FreezeTools, alphabet: string): Promise<SnapshotRecord> {
  for (;;) {
    const record = await freezeOnce(tools, alphabet);
    if (record !== 'someone-was-forgotten') return record;
  }
}

type FreezeTools = Pick<PrepareTools, 'store' | 'blobs' | 'bankOf' | 'now'>;

async function freezeOnce(tools: FreezeTools, alphabet: string): Promise<SnapshotRecord | 'someone-was-forgotten'> {
  const { store, blobs } = tools;
  const contributors = new Set<number>();
  function* frozen(): Generator<FrozenSample, void> {
    for (const sample of store.samples.iterate({ alphabet, upToId: store.samples.lastId(alphabet) })) {
      contributors.add(sample.contributorId);
      const { id, labelId, glyph, split, contributor, duplicateOf } = sample;
      yield { id, labelId, glyph, split, contributor, duplicateOf };
    }
  }
  const recipe = corpusRecipe(await tools.bankOf(alphabet));
  const writer = freezeSnapshot({ alphabet, recipe }, frozen());
  const blob = await blobs.putStream(writer.bytes);
  const { id, train, test, lastSampleId } = await writer.summary;
  const record = { id, alphabet, blob, lastSampleId, train, test, createdAt: tools.now() };
  if (store.snapshots.add(record, contributors) === 'someone-was-forgotten') {
    // Their glyphs are in these bytes: they go, and it is frozen again without them.
    store.snapshots.setBlob(id, null);
    await blobs.delete(blob);
    return 'someone-was-forgotten';
  }
  return store.snapshots.get(id) ?? { ...record, unrepeatable: false };
}

/**
 * Freezes the run's snapshot and writes its job down; null when the run ended meanwhile, or another process that shares the
 * queue was faster: one run goes by one name, or it would be performed twice.
 */
export async function prepare(tools: PrepareTools, run: Run): Promise<JobSpec | null> {
  const { store } = tools;
  const snapshot = await freeze(tools, run.alphabet);
  const championId = store.champions.current(run.alphabet);
  const champion = championId === undefined ? undefined : store.versions.get(championId);
  const { labels, confusable, backbone, merged, mirror } = tools.alphabetOf(run.alphabet);
  const job: JobSpec = {
    run: jobName(tools.instance, run.id, randomUUID().slice(0, 8)),
    alphabet: run.alphabet,
    labels: labels.map(({ id, text }) => ({ id, text })),
    confusable: confusable.map((group) => [...group]),
    ...(merged && { merged: [...merged].map(([id, { into }]) => ({ id, into })) }),
    // A snapshot's bytes are only ever missing after somebody was forgotten, and this one was frozen a moment ago.
    snapshot: snapshot.blob ?? '',
    snapshotId: snapshot.id,
    champion: champion?.artifact ?? null,
    backbone,
    ...(mirror && { mirror }),
    // Whoever sees pictures begins with nothing else.
    pretrained: champion === undefined && backbone === null ? pretrainedOf(store) : null,
    parent: champion?.id ?? null,
    bank: await tools.bankOf(run.alphabet),
    seenThrough: seenThrough(store, championId),
    seed: run.id,
    threads: tools.threads,
    engine: tools.engine,
    deadlineSeconds: tools.deadlineSeconds,
    checkpoint: null,
    challenger: run.judges === null ? null : (store.versions.get(run.judges)?.artifact ?? null),
    trusted: [...store.contributors.trusted(run.alphabet)],
  };
  return store.runs.setJob(run.id, job, snapshot.id, run.jobName) ? job : null;
}

/** The shipped model that has seen most letters: an alphabet's first model learns faster behind its layers. */
function pretrainedOf(store: Pick<Store, 'versions'>): string | null {
  return store.versions.list('latin').find(({ origin }) => origin === 'seed')?.artifact ?? null;
}

/** The largest sample id that this version or an ancestor of it may have been trained on; 0 for a shipped model. */
export function seenThrough(store: Store, version: string | undefined): number {
  let largest = 0;
  let next: string | null = version ?? null;
  while (next !== null) {
    const each = store.versions.get(next);
    const snapshot =
      each?.snapshotId === undefined || each.snapshotId === null ? null : store.snapshots.get(each.snapshotId);
    largest = Math.max(largest, snapshot?.lastSampleId ?? 0);
    next = each?.parent ?? null;
  }
  return largest;
}

/**
 * A run's name for the queue. `chance` makes it unlike that of any other run: a database restored from a backup numbers
 * its runs again, and a queue may still know how the first of that number ended.
 */
function jobName(instance: string, run: number, chance: string): string {
  return `${instance}-${run}-${chance}`;
}

/** The run that a queue speaks of, or null when it is another installation's. */
export function runOf(instance: string, name: string): number | null {
  const id = name.startsWith(`${instance}-`) ? Number(name.slice(instance.length + 1).split('-')[0]) : NaN;
  return Number.isSafeInteger(id) ? id : null;
}
