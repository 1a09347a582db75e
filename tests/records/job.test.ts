import { describe, expect, it } from 'vitest';
import { jobSpec } from '../../src/records/job.ts';
import { aJob } from '../support/records.ts';

const hash = 'a'.repeat(64);

describe('a job', () => {
  it('that an earlier version stored still names the model it begins with', () => {
    expect(jobSpec.parse({ ...aJob, eyes: hash }).pretrained).toBe(hash);
    expect(jobSpec.parse({ ...aJob, pretrained: hash }).pretrained).toBe(hash);
    expect(jobSpec.parse(aJob).pretrained).toBeUndefined();
  });
});
