// The end of a run, exactly once: whoever hears the result first lets the gate decide and writes version, champion, run
// and announcement in one transaction. Everybody else finds the run over.
import { makeSameShape } from '../alphabet/alphabet.ts';
import type { Blobs } from '../blobs/blobs.ts';
import { messageOf, OperationalError } from '../errors.ts';
import type { Run } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import type { CrashPoint } from './crash.ts';
import { challenge, watch } from './duels.ts';
import type { Decision } from '../records/decision.ts';
import { decidePromotion, type PairedOutcome } from './gate.ts';
import { evaluation, type Evaluation, type GlyphReading, type JobSpec } from '../records/job.ts';

/** What people are to be told of; said inside the transaction that makes it true. */
export type Moment =
  | { readonly kind: 'run-ended'; readonly run: Run }
  /** The champion was promoted by hand, and the one before it is proven better. */
  | { readonly kind: 'former-better'; readonly alphabet: string; readonly duel: number }
  | {
      readonly kind: 'rolled-back' | 'promoted';
      readonly alphabet: string;
      readonly from: string | null;
      readonly to: string;
      /** The duel that proved it, and the run it followed; absent where somebody did it by hand. */
      readonly duel?: { readonly id: number; readonly run: number | null };
    };

export interface FinaliseTools {
  readonly store: Store;
  readonly blobs: Blobs;
  /** Loads an artifact and lets it answer; throws when it cannot. */
  verify(artifact: string): Promise<void>;
  announce(moment: Moment): void;
  now(): number;
  readonly crashPoint: CrashPoint;
}

/**
 * Finalises a run that has a result; returns the run as it is then. Throws an OperationalError when the result cannot be
 * read or the challenger does not load: the run is then still active.
 */
export async function finalise(tools: FinaliseTools, id: number): Promise<Run | undefined> {
  const { store, blobs } = tools;
  const run = store.runs.get(id);
  if (run === undefined || run.finishedAt !== null || run.result === null) return run;
  const { result } = run;
  const job = known(run.job, id);
  const { alphabet, snapshotId, createdAt } = run;
  const judged = await readEvaluation(blobs, result.evaluation);
  if ((job.challenger ?? null) === null && learntFromForgotten(store, snapshotId, judged))
    throw new OperationalError('Somebody took back what they taught while it trained: it begins again without that.');
  const people = evidenceOf(store, job, judged);
  const byFigures = decidePromotion({ people, base: judged.base });
  if (byFigures.outcome === 'promote') await tools.verify(result.artifact);
  tools.crashPoint('before-the-end');

  try {
    store.atomically(() => writeEnd());
  } catch (thrown) {
    if (!(thrown instanceof AlreadyOver)) throw thrown;
  }
  tools.crashPoint('after-the-end');
  return store.runs.get(id);

  function writeEnd(): void {
    // Who asked for the end in time was told that it will come: then nothing is promoted any more.
    if (store.runs.get(id)?.cancelRequested === true) return endWith({ state: 'cancelled', error: 'cancelled' });
    const version =
      store.versions.byArtifact(alphabet, result.artifact) ??
      store.versions.add({
        alphabet,
        artifact: result.artifact,
        origin: 'run',
        parent: job.parent,
        runId: id,
        snapshotId,
        architecture: judged.training.architecture,
        seed: job.seed,
        engine: job.engine,
        codeVersion: judged.training.codeVersion,
        metrics: { people: judged.peopleScores, base: judged.baseScores, training: judged.training },
        createdAt: tools.now(),
      });
    // What an operator took back while it trained has gone into its weights: such a challenger answers nobody.
    const lastId = store.snapshots.get(snapshotId ?? '')?.lastSampleId ?? 0;
    const isSpoilt = store.moderation.withdrawnSince(alphabet, lastId, createdAt);
    const figures = byFigures.outcome === 'promote' && isSpoilt ? spoilt(byFigures) : byFigures;
    const promoted =
      figures.outcome === 'promote' &&
      store.champions.promote({
        alphabet,
        expected: job.parent,
        version: version.id,
        reason: figures.because,
        by: `run ${id}`,
        at: tools.now(),
      });
    const decision = figures.outcome === 'promote' && !promoted ? overtaken(figures) : figures;
    const state = promoted ? 'promoted' : 'kept';
    endWith({ state, decision, versionId: version.id });
    const sides = { alphabet, runId: id, at: tools.now() };
    if (job.parent === null) return;
    if (promoted) watch(store, { ...sides, champion: version.id, challenger: job.parent }, job.confusable);
    else if (HARMLESS.includes(decision.code)) {
      const seenThrough = Math.max(job.seenThrough, lastId);
      // What the gate has read is evidence once: of the test split, by the challenger itself, and new to every gate.
      const stored = people.filter((each) => each.source === 'test' && each.uses === 0).map((each) => each.read);
      challenge(store, { ...sides, champion: job.parent, challenger: version.id, seenThrough, stored }, job.confusable);
    }
  }

  function endWith(end: Omit<Parameters<Store['runs']['finish']>[1], 'at'>): void {
    // False: another process was faster; then nothing of this transaction may stay.
    if (!store.runs.finish(id, { ...end, at: tools.now() })) throw new AlreadyOver();
    tools.crashPoint('inside-the-end');
    const ended = store.runs.get(id);
    if (ended !== undefined) tools.announce({ kind: 'run-ended', run: ended });
  }
}

/** Nothing speaks against these challengers: what is wanting is proof. */
const HARMLESS: readonly Decision['code'][] = ['not-enough-evidence', 'too-few-glyphs', 'too-few-people'];

/** Whether somebody of the snapshot was forgotten after training had read it: what it learnt of them is in its weights. */
function learntFromForgotten(store: Store, snapshotId: string | null, { training }: Evaluation): boolean {
  const snapshot = snapshotId === null ? undefined : store.snapshots.get(snapshotId);
  if (training.snapshot === undefined || snapshot === undefined) return false;
  return training.snapshot !== snapshot.blob || (snapshot.unrepeatable && store.forgetting.list().length > 0);
}

function known(job: JobSpec | null, run: number): JobSpec {
  if (job === null) throw new OperationalError(`The job of run ${run} was written down by another release.`);
  return job;
}

/** Thrown only to undo a transaction. */
class AlreadyOver extends Error {}

async function readEvaluation(blobs: Blobs, hash: string): Promise<Evaluation> {
  const bytes = await blobs.get(hash);
  try {
    return evaluation.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (cause) {
    throw new OperationalError(`The evaluation ${hash} is not understood: ${messageOf(cause)}`, { cause });
  }
}

interface Judged extends PairedOutcome {
  readonly source: GlyphReading['source'];
  readonly read: Pick<GlyphReading, 'sample' | 'champion' | 'challenger'>;
}

/**
 * Glyphs that still count: withdrawn ones left the gate. How often each was looked at before follows from what earlier
 * gates of the alphabet had frozen. A twin is right, too: people confirm the one of them that was offered first.
 */
function evidenceOf(store: Store, { alphabet, confusable }: JobSpec, judged: Evaluation): readonly Judged[] {
  const right = makeSameShape(confusable);
  const looks = store.runs
    .list({ alphabet, states: ['promoted', 'kept'], limit: 1000 })
    .map((each) => (each.snapshotId === null ? 0 : (store.snapshots.get(each.snapshotId)?.lastSampleId ?? 0)));
  const live = store.samples.live(judged.people.map((reading) => reading.sample));
  return judged.people.flatMap((reading) => {
    const teacher = live.get(reading.sample);
    if (teacher === undefined) return [];
    return {
      label: reading.label,
      champion: right(reading.champion, reading.label),
      challenger: right(reading.challenger, reading.label),
      uses: looks.filter((lastId) => lastId >= reading.sample).length,
      ...teacher,
      source: reading.source,
      read: { sample: reading.sample, champion: reading.champion, challenger: reading.challenger },
    };
  });
}

function spoilt(decision: Decision): Decision {
  return {
    ...decision,
    outcome: 'keep',
    code: 'withdrawn',
    because: `samples that it learnt from were withdrawn meanwhile; on its own figures it was ${decision.because}`,
  };
}

function overtaken(decision: Decision): Decision {
  return {
    ...decision,
    outcome: 'keep',
    code: 'overtaken',
    because: `another version became champion meanwhile; on its own figures it was ${decision.because}`,
  };
}
