// After a promotion: whose glyph did the old model read wrong and does the new one read right? They are told, once, and not
// more often than a day allows.
import type { ChampionReader } from '../model/champion.ts';
import type { Store } from '../store/store.ts';
import type { Announcement } from '../records/announcement.ts';

const MOST_LOOKED_AT = 500;
const PAUSE_MS = 24 * 3_600_000;

export function makeFindTaught(deps: {
  readonly store: Pick<
    Store,
    'runs' | 'snapshots' | 'verdicts' | 'predictions' | 'contributors' | 'outbox' | 'versions'
  >;
  readonly reader: (alphabet: string) => Promise<ChampionReader | null>;
  readonly now: () => number;
}) {
  const { store, now } = deps;
  /** The last sample that an earlier promotion had seen: later ones are what this one learnt. */
  const seenBefore = (alphabet: string, run: number): number =>
    Math.max(
      0,
      ...store.runs
        .list({ alphabet, states: ['promoted'] })
        .filter((each) => each.id < run && each.snapshotId !== null)
        .map((each) => store.snapshots.get(each.snapshotId ?? '')?.lastSampleId ?? 0),
    );

  return async (runId: number): Promise<void> => {
    const run = store.runs.get(runId);
    const snapshot = run?.snapshotId === null || run === undefined ? undefined : store.snapshots.get(run.snapshotId);
    const reader = run && (await deps.reader(run.alphabet));
    // Somebody rolled back meanwhile: then nothing was taught for good.
    if (run === undefined || snapshot === undefined || reader?.version !== run.versionId) return;
    const told = new Set<number>();
    const corrections = store.verdicts.corrected({
      alphabet: run.alphabet,
      afterSample: seenBefore(run.alphabet, run.id),
      upToSample: snapshot.lastSampleId,
      limit: MOST_LOOKED_AT,
    });
    for (const verdict of corrections) {
      const prediction = store.predictions.get(verdict.predictionId);
      const before = prediction?.candidates[0]?.labelId;
      const address = store.predictions.address(verdict.predictionId);
      if (prediction === undefined || before === undefined || address === null) continue;
      const contributor = store.contributors.byId(prediction.contributorId);
      if (contributor === undefined || contributor.silenced || told.has(contributor.id)) continue;
      if (store.outbox.countSince(contributor.id, 'taught', now() - PAUSE_MS) > 0) continue;
      const [answer] = await reader.classify([prediction.glyph]);
      const after = answer?.candidates[0]?.labelId;
      if (after === undefined || after !== verdict.labelId) continue;
      told.add(contributor.id);
      const payload: Announcement = {
        kind: 'taught',
        sample: verdict.sampleId,
        before,
        after,
        version: reader.version,
        language: contributor.language ?? contributor.clientLanguage,
      };
      store.outbox.add({
        platform: contributor.platform,
        dedupeKey: `taught:${run.id}:${contributor.id}`,
        contributorId: contributor.id,
        address,
        payload,
        at: now(),
      });
    }
  };
}
