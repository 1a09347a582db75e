// Work in turns: never more at once than allowed, nobody forgotten, a failure gives its turn back.
import { expect, test } from 'vitest';
import { makeTurns } from '../../../bots/discord/turns.ts';

test('no more than so many run at once, in the order they were asked, also after failures', async () => {
  const inTurn = makeTurns(3);
  const order: number[] = [];
  let running = 0;
  let most = 0;
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) =>
      inTurn(async () => {
        order.push(index);
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        if (index % 4 === 0) throw new Error('no');
        return index;
      }),
    ),
  );
  expect(most).toBe(3);
  expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index));
  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(5);
});
