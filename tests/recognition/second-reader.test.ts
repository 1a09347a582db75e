// The second reader's own waiting keeps no process alive; whoever waits for it must not be let down by a process that ends meanwhile.
import { expect, test } from 'vitest';
import { confusedChampion, send, X } from '../support/duel-world.ts';
import { scratchFolder } from '../support/scratch.ts';
import { openWorld } from '../support/world.ts';

/** Timers that keep the process. */
const timers = (): number => process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length;

test('who waits for silent readings keeps the process until they are done', { timeout: 120_000 }, async () => {
  const { app } = await openWorld(scratchFolder(), {}, { background: true });
  const duel = await confusedChampion(app, 'challenge');
  const { id } = await send(app, '20', X, 1);
  const before = timers();
  const read = app.secondReadings();
  expect(timers()).toBe(before + 1);
  await read;
  expect(app.store.duels.evidence(duel).asked.differing.read, id).toBe(1);
  await app.close();
});
