// Named places at which tests kill the process, to see that a restart finds everything whole.

export type CrashPointName =
  | 'run-inserted'
  | 'snapshot-frozen'
  | 'job-told'
  | 'result-noted'
  | 'before-the-end'
  | 'inside-the-end'
  | 'after-the-end'
  | 'before-the-duel-ends'
  | 'inside-the-duels-end';

/** Called at each of them; does nothing but in tests. */
export type CrashPoint = (name: CrashPointName) => void;
