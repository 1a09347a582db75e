// When a retrain starts by itself, and when it must not.
import { describe, expect, it } from 'vitest';
import { cooldownOf, decideTrigger, type TriggerFacts } from '../../src/runs/trigger.ts';

const settings = { afterSamples: 20, everyHours: 0 };
const now = 1_000_000_000_000;
const minute = 60_000;
const quiet: TriggerFacts = { samples: 20, newSamples: 20, active: false, past: [], now };
const ended = (state: TriggerFacts['past'][number]['state'], minutesAgo: number) => ({
  state,
  finishedAt: now - minutesAgo * minute,
});

describe('by new samples', () => {
  it('starts at the set number, not one earlier', () => {
    expect(decideTrigger(quiet, settings)).toEqual({ outcome: 'retrain', reason: 'samples' });
    expect(decideTrigger({ ...quiet, samples: 19, newSamples: 19 }, settings)).toEqual({
      outcome: 'wait',
      because: 'too-few-new',
    });
  });

  it('asks for a tenth of the data once there is much', () => {
    const many = (newSamples: number) => ({ ...quiet, samples: 5000 + newSamples, newSamples });
    expect(decideTrigger(many(499), settings).outcome).toBe('wait');
    expect(decideTrigger(many(500), settings).outcome).toBe('retrain');
  });

  it('never starts by samples when that is set to 0, nor without anything new', () => {
    expect(decideTrigger({ ...quiet, newSamples: 999 }, { ...settings, afterSamples: 0 }).outcome).toBe('wait');
    expect(decideTrigger({ ...quiet, newSamples: 0 }, { afterSamples: 1, everyHours: 1 })).toEqual({
      outcome: 'wait',
      because: 'nothing-new',
    });
  });
});

describe('never too often', () => {
  it('never two at once', () => {
    expect(decideTrigger({ ...quiet, active: true }, settings)).toEqual({ outcome: 'wait', because: 'active' });
  });

  it('cools down after a refusal, longer after each in a row, a day at most', () => {
    const facts = { ...quiet, past: [ended('kept', 9)] };
    expect(decideTrigger(facts, settings)).toEqual({ outcome: 'wait', because: 'cooling-down' });
    expect(decideTrigger({ ...facts, past: [ended('kept', 10)] }, settings).outcome).toBe('retrain');
    expect(decideTrigger({ ...facts, past: [ended('kept', 19), ended('failed', 99)] }, settings).outcome).toBe('wait');
    expect(cooldownOf(Array.from({ length: 40 }, () => ended('kept', 1)))).toBe(24 * 60 * minute);
  });

  it('does not wait for an end that lies in the future, since the clock was set back', () => {
    const past = [ended('kept', -60)];
    expect(decideTrigger({ ...quiet, past }, settings).outcome).toBe('retrain');
  });

  it('does not cool down after a promotion', () => {
    const past = [ended('promoted', 0), ended('kept', 1)];
    expect(decideTrigger({ ...quiet, past }, settings).outcome).toBe('retrain');
  });
});

describe('on a schedule', () => {
  const hourly = { afterSamples: 0, everyHours: 2 };
  it('starts when the time has come and something is new', () => {
    const few = { ...quiet, newSamples: 1 };
    expect(decideTrigger({ ...few, past: [ended('promoted', 120)] }, hourly)).toEqual({
      outcome: 'retrain',
      reason: 'schedule',
    });
    expect(decideTrigger({ ...few, past: [ended('promoted', 119)] }, hourly).outcome).toBe('wait');
    expect(decideTrigger(few, hourly).outcome).toBe('retrain');
  });
});
