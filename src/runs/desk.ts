// What people may do with training from a chat or the command line, in one place: start, cancel, go back.
import type { Run } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import type { FinaliseTools } from './finalise.ts';
import type { PrepareTools } from './prepare.ts';
import { rollback, versionBefore, type Moved } from './rollback.ts';
import type { Runs } from './runs.ts';

export type Started =
  | { readonly outcome: 'started' | 'busy'; readonly run: Run }
  /** Neither a model nor a bank nor a single sample: there is nothing a run could do. */
  | { readonly outcome: 'nothing-to-learn' };

export interface Desk {
  start(request: { readonly alphabet: string; readonly requestedBy: string }): Started;
  /** Asks the alphabet's active run to stop; null when there is none. `by` is who asked, for the record. */
  cancel(alphabet: string, by: string): Run | null;
  /** Every run that is queued or running, newest first. */
  underWay(): readonly Run[];
  /** Asks this run to stop; null when it is over. */
  cancelRun(run: number, by: string): Run | null;
  /** The champion, and the version a rollback would go back to; null when there is none. */
  rollbackTarget(alphabet: string): { readonly from: string; readonly to: string } | null;
  /** Goes back, if `to` still is where a rollback goes; a second tap is overtaken by the first. */
  rollback(request: { readonly alphabet: string; readonly to: string; readonly by: string }): Promise<Moved>;
}

export function makeDesk(deps: {
  readonly store: Store;
  readonly runs: Runs;
  readonly tools: PrepareTools & FinaliseTools;
}): Desk {
  const { store, runs, tools } = deps;
  const rollbackTarget = (alphabet: string): { from: string; to: string } | null => {
    const from = store.champions.current(alphabet) ?? null;
    const to = versionBefore(store.champions.history(alphabet), from);
    return from === null || to === null ? null : { from, to };
  };
  function stop(run: Run | undefined, by: string): Run | null {
    if (run === undefined || run.finishedAt !== null) return null;
    if (runs.cancel(run.id)) store.acts.add({ at: tools.now(), who: by, what: 'cancel', subject: String(run.id) });
    return run;
  }
  return {
    start({ alphabet, requestedBy }) {
      const { train, test } = store.stats.counts(alphabet);
      if (train + test === 0) return { outcome: 'nothing-to-learn' };
      const started = store.atomically(() => {
        const asked = runs.start({ alphabet, requestedBy, reason: 'asked' });
        const act = { at: tools.now(), who: requestedBy, what: 'retrain', subject: String(asked.run.id) } as const;
        if (asked.outcome === 'started') store.acts.add(act);
        return asked;
      });
      // Not waited for: whoever asked hears at once that it is queued. What fails the background loop meets, and logs.
      runs.sweep().catch(() => undefined);
      return started;
    },
    cancel: (alphabet, by) => stop(store.runs.active(alphabet), by),
    cancelRun: (run, by) => stop(store.runs.get(run), by),
    underWay: () => store.runs.list({ states: ['queued', 'running'] }),
    rollbackTarget,
    async rollback({ alphabet, to, by }) {
      if (rollbackTarget(alphabet)?.to !== to) return { outcome: 'overtaken' };
      return rollback(tools, alphabet, by);
    },
  };
}
