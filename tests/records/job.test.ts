import { describe, expect, it } from 'vitest';
import { jobSpec } from '../../src/records/job.ts';

const hash = 'a'.repeat(64);
const job = {
  run: 'r1',
  alphabet: 'greek',
  labels: [
    { id: 0, text: 'α' },
    { id: 1, text: 'β' },
  ],
  snapshot: hash,
  snapshotId: 's1',
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

describe('a job', () => {
  it('that an earlier version stored still names the model it begins with', () => {
    expect(jobSpec.parse({ ...job, eyes: hash }).pretrained).toBe(hash);
    expect(jobSpec.parse({ ...job, pretrained: hash }).pretrained).toBe(hash);
    expect(jobSpec.parse(job).pretrained).toBeUndefined();
  });
});
