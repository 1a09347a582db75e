// How long a question waits for its answer: 90 days, counted in days that went by while the app looked at the clock. A clock that
// jumps counts for an hour at most, so it never ends a question, however far it goes.
import type { Store } from '../store/store.ts';

const KEPT_DAYS = 90;
const DAY_MS = 24 * 3_600_000;
/** What one look may add to the count. The app looks once an hour, and while it is off no question grows older. */
const MOST_AT_ONCE_MS = 2 * 3_600_000;

/** To be called about once an hour: deletes questions that nobody answered in all that time. Returns how many. */
export function makePruneOpenQuestions(deps: {
  readonly store: Pick<Store, 'questionAge' | 'predictions' | 'atomically'>;
  readonly now: () => number;
}): () => number {
  const { questionAge, predictions, atomically } = deps.store;

  /** Counts what went by, and tells what is old enough: up to which place in the order of saving. */
  function look(now: number): number {
    const count = questionAge.get() ?? { seenAt: now, passed: 0, marks: [] };
    let passed = count.passed + Math.min(Math.max(now - count.seenAt, 0), MOST_AT_ONCE_MS);
    let marks = count.marks;
    if (passed >= DAY_MS) {
      passed -= DAY_MS;
      marks = [...marks, predictions.newest()].slice(-KEPT_DAYS - 1);
    }
    questionAge.set({ seenAt: now, passed, marks });
    return marks.length > KEPT_DAYS ? (marks[0] ?? 0) : 0;
  }

  return () => {
    const now = deps.now();
    const upTo = atomically(() => look(now));
    // The clock has a say as well: places may be given anew when the newest predictions were deleted.
    return upTo === 0 ? 0 : predictions.pruneUnanswered({ before: now - KEPT_DAYS * DAY_MS, upTo });
  };
}
