// What a run says of itself while it learns: a share of all that there is to do, which only grows, and how long the rest takes.
import { expect, test } from 'vitest';
import { makeReporter } from '../../src/learning/reporter.ts';
import type { Progress } from '../../src/records/job.ts';

/** A run of so many fits of ten epochs, ten steps each, a second a step; a fit may stop early. */
function run(fits: number, stopsAt: number): { told: readonly (Progress & { readonly at: number })[]; begun: number } {
  let now = 0;
  const told: (Progress & { at: number })[] = [];
  const reporter = makeReporter({
    onProgress: (progress) => told.push({ ...progress, at: now }),
    now: () => 1000 * now,
    checkpoint: () => null,
  });
  reporter.stage('preparing');
  // What comes first takes as long as a third of the learning.
  for (let part = 1; part <= 10; part++) {
    now += fits * 3;
    reporter.prepared(part / 10);
  }
  const begun = now;
  reporter.stage('training');
  reporter.expect(fits);
  for (let fit = 0; fit < fits; fit++) {
    if (fit === fits - 1) reporter.stage('cross-fitting');
    for (let epoch = 1; epoch <= (fit === 0 ? stopsAt : 10); epoch++) {
      for (let step = 1; step <= 10; step++) {
        now += 1;
        reporter.fit(`fit ${fit}`, {
          epoch,
          epochs: 10,
          step,
          steps: 10,
          loss: 0.5,
          secondsLeft: 100 - (10 * (epoch - 1) + step),
        });
      }
    }
    reporter.fitted(`fit ${fit}`);
  }
  reporter.stage('evaluating');
  now += 10;
  reporter.stage('storing');
  return { told, begun };
}

test.each([
  [1, 10],
  [3, 10],
  [4, 3],
])('%i fits, the first of which ends with epoch %i', (fits, stopsAt) => {
  const { told } = run(fits, stopsAt);
  const shares = told.map(({ share = -1 }) => share);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares[0]).toBe(0);
  expect(shares.at(-1)).toBeLessThan(1);
  // It moves as time goes by, within what an early end makes uncertain.
  const whole = told.at(-1)?.at ?? 1;
  for (const { at, share = -1, stage } of told) {
    expect(Math.abs(share - at / whole), `${stage} at ${at}`).toBeLessThan(0.2);
  }
  const learning = told.filter(({ stage }) => stage === 'cross-fitting');
  expect(learning.at(-1)?.share).toBeGreaterThan(0.9);
  expect(told.find(({ stage }) => stage === 'evaluating')?.secondsLeft).toBeGreaterThan(0);
});

test('what is left is of all fits, and of what comes after them', () => {
  const { told, begun } = run(3, 10);
  const half = told.find(({ at }) => at === begun + 50);
  // 50 of this fit, 200 of the others, and the comparison.
  expect(half?.secondsLeft).toBeGreaterThan(250);
  expect(half?.secondsLeft).toBeLessThan(300);
});
