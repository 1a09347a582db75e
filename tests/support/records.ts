// Whole records of a run, for tests that only store and hand them back.
import type { Decision } from '../../src/records/decision.ts';
import type { JobResult, JobSpec, Progress } from '../../src/records/job.ts';

const hash = 'ab'.repeat(32);

export const aJob: JobSpec = {
  run: 'test-1',
  alphabet: 'digits',
  labels: [
    { id: 0, text: '0' },
    { id: 1, text: '1' },
  ],
  confusable: [],
  snapshot: hash,
  snapshotId: 'snapshot',
  champion: null,
  parent: null,
  bank: null,
  seenThrough: 0,
  seed: 1,
  threads: 1,
  engine: 'onnx',
  deadlineSeconds: 60,
  checkpoint: null,
};

export const aProgress: Progress = {
  stage: 'training',
  epoch: 1,
  epochs: 8,
  loss: 0.5,
  secondsLeft: 7,
  checkpoint: null,
};

export const aResult: JobResult = { run: 'test-1', artifact: hash, evaluation: hash };

export const aDecision: Decision = {
  outcome: 'keep',
  code: 'too-few-glyphs',
  because: 'not enough evidence',
  wins: 1,
  losses: 0,
  p: 0.5,
  level: 0.05,
  fresh: { tested: 1, wins: 1, losses: 0, p: 0.5, level: 0 },
  tested: 1,
  championRight: 0,
  challengerRight: 1,
  labels: [],
  base: { tested: 0, championRight: 0, challengerRight: 0, fall: 0, allowed: 0.5 },
};
