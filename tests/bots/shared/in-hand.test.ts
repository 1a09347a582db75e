// Stopping waits for what is in hand, also for what that begins, but not for ever.
import { expect, test } from 'vitest';
import { makeInHand } from '../../../bots/shared/in-hand.ts';

test('work that begins more work is waited for to its end', async () => {
  const inHand = makeInHand();
  const done: string[] = [];
  const after = async (ms: number, what: string): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    done.push(what);
  };
  void inHand.hold(after(5, 'first').then(() => void inHand.hold(after(5, 'second'))));
  await inHand.hold(Promise.reject(new Error('failed'))).catch(() => {});
  expect(await inHand.drain(2000)).toBe(0);
  expect(done).toEqual(['first', 'second']);
});

test('what takes longer than the time to stop is left, and told so', async () => {
  const inHand = makeInHand();
  const never = new Promise<void>(() => {});
  void inHand.hold(never);
  const [began, gaveUp] = [inHand.stopping, inHand.over].map(
    (signal) => new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve())),
  );
  expect(await inHand.drain(20)).toBe(1);
  await Promise.all([began, gaveUp]);
});
