// Questions wait for 90 days that the app saw go by, wherever the clock jumps.
import { expect, test } from 'vitest';
import { makePruneOpenQuestions } from '../../src/recognition/open-questions.ts';
import { person, scratchStore } from '../support/scratch.ts';
import { prediction } from '../support/scratch-rows.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function scene() {
  const store = scratchStore();
  const asker = person(store, 'aa');
  let now = Date.UTC(2026, 0, 1);
  const open = () => makePruneOpenQuestions({ store, now: () => now });
  return {
    ask: (id: string) => store.predictions.save([prediction(id, asker, { createdAt: now })]),
    isOpen: (id: string) => store.predictions.get(id) !== undefined,
    jump: (by: number) => (now += by),
    /** So many days, two hours at a time. */
    days(count: number): number {
      let pruned = 0;
      for (let hour = 0; hour < count * 24; hour += 2) {
        now += 2 * HOUR;
        pruned += open()();
      }
      return pruned;
    },
    look: () => open()(),
  };
}

test('an open question goes after 90 days, not before', () => {
  const { ask, isOpen, days } = scene();
  ask('first');
  days(60);
  ask('second');
  expect(days(30)).toBe(0);
  expect(days(2)).toBe(1);
  expect([isOpen('first'), isOpen('second')]).toEqual([false, true]);
  expect(days(60)).toBe(1);
});

test.each([
  ['forwards', 100 * DAY],
  ['far forwards', 50 * 365 * DAY],
  ['back', -100 * DAY],
])('a clock that jumps %s ends no question', (_, by) => {
  const { ask, isOpen, days, jump, look } = scene();
  ask('old');
  days(30);
  ask('young');
  jump(by);
  expect(look()).toBe(0);
  expect(days(50)).toBe(0);
  jump(-by);
  expect(days(9)).toBe(0);
  expect([isOpen('old'), isOpen('young')]).toEqual([true, true]);
  // Nor does it keep one for ever.
  days(5);
  expect([isOpen('old'), isOpen('young')]).toEqual([false, true]);
  days(30);
  expect(isOpen('young')).toBe(false);
});
