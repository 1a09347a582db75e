// Retrains that nobody asked for: looks, after samples came in and now and then, whether the trigger says that it is time.
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { Runs } from './runs.ts';
import { decideTrigger, type TriggerFacts, type TriggerSettings } from './trigger.ts';

/** Without news an alphabet is looked at so often, for the schedule. */
const LOOK_MS = 60_000;
const PAST_RUNS = 20;

export interface Automatic {
  /** Samples came in or went: look at this alphabet next time. */
  noticed(alphabet: string): void;
  /** Starts runs that are due. */
  look(): void;
}

export function makeAutomatic(deps: {
  readonly store: Pick<Store, 'runs' | 'stats' | 'snapshots'>;
  readonly runs: Runs;
  readonly settings: TriggerSettings;
  readonly log: Log;
  readonly now: () => number;
}): Automatic {
  const { store, runs, settings, log, now } = deps;
  const news = new Set<string>();
  let lookedAt = 0;

  const factsOf = (alphabet: string): TriggerFacts => {
    const past = store.runs
      .list({ alphabet, states: ['promoted', 'kept', 'failed', 'cancelled'], limit: PAST_RUNS })
      // Where nothing was trained, nothing new was seen.
      .filter(({ judges }) => judges === null);
    // A run that failed learnt nothing: what it would have seen is as new as before.
    const snapshotId = past.find((run) => run.snapshotId !== null && run.state !== 'failed')?.snapshotId ?? null;
    const lastSeen = snapshotId === null ? 0 : (store.snapshots.get(snapshotId)?.lastSampleId ?? 0);
    const { train, test } = store.stats.counts(alphabet);
    return {
      samples: train + test,
      newSamples: store.stats.newSince(alphabet, lastSeen),
      active: store.runs.active(alphabet) !== undefined,
      past: past.flatMap(({ state, finishedAt }) =>
        state === 'queued' || state === 'running' || finishedAt === null ? [] : [{ state, finishedAt }],
      ),
      now: now(),
    };
  };

  return {
    noticed: (alphabet) => void news.add(alphabet),
    look() {
      if (settings.afterSamples === 0 && settings.everyHours === 0) return;
      const all = Math.abs(now() - lookedAt) >= LOOK_MS;
      const alphabets = all ? store.stats.alphabets() : [...news];
      if (all) lookedAt = now();
      news.clear();
      for (const alphabet of alphabets) {
        const answer = decideTrigger(factsOf(alphabet), settings);
        if (answer.outcome !== 'retrain') continue;
        const started = runs.start({ alphabet, requestedBy: answer.reason, reason: answer.reason });
        log.info({ alphabet, reason: answer.reason, run: started.run.id }, 'a training run starts by itself');
      }
    },
  };
}
