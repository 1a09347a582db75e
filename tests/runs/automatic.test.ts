// Retrains that nobody asked for, on a real database: what counts as new, and what keeps the next one waiting.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeLog } from '../../src/log.ts';
import type { FinalState, Run } from '../../src/store/runs.ts';
import { makeAutomatic, type Automatic } from '../../src/runs/automatic.ts';
import { scratchFolder } from '../support/scratch.ts';
import { makeSilentQueue } from './queue-support.ts';
import { openSmallWorld, type SmallWorld } from './small-world.ts';

const MINUTE = 60_000;

let world: SmallWorld;
let now: number;
beforeEach(async () => {
  world = await openSmallWorld(scratchFolder(), { queue: makeSilentQueue().queue });
  now = Date.now();
});
afterEach(() => world.close());

function makeTrigger(settings: { readonly afterSamples: number; readonly everyHours: number }): Automatic {
  const { store, runs } = world;
  return makeAutomatic({ store, runs, settings, log: makeLog('silent'), now: () => now });
}
/** Looks a minute later, as the background loop does at least. */
function lookLater(automatic: Automatic, minutes = 1): void {
  now += minutes * MINUTE;
  automatic.look();
}
const runs = (): readonly Run[] => world.store.runs.list();
/** Lets the newest run freeze what there is, and end like this. */
async function end(state: FinalState): Promise<void> {
  await world.runs.sweep();
  expect(world.store.runs.finish(runs()[0]?.id ?? 0, { state, at: now })).toBe(true);
}

it('starts when enough is new, once, and not again for what was seen', async () => {
  const automatic = makeTrigger({ afterSamples: 20, everyHours: 0 });
  world.teach(19);
  automatic.look();
  expect(runs()).toEqual([]);
  world.teach(1);
  // Whoever saved it says so; other processes' samples are found a minute later.
  automatic.look();
  expect(runs()).toEqual([]);
  automatic.noticed('tiny');
  automatic.look();
  expect(runs()).toMatchObject([{ alphabet: 'tiny', requestedBy: 'samples', reason: 'samples' }]);
  lookLater(automatic);
  expect(runs()).toHaveLength(1);
  await end('promoted');
  lookLater(automatic, 60);
  expect(runs()).toHaveLength(1);
  world.teach(20);
  lookLater(automatic);
  expect(runs()).toHaveLength(2);
});

it('cools down after a refusal, though enough is new', async () => {
  const automatic = makeTrigger({ afterSamples: 20, everyHours: 0 });
  world.teach(20);
  lookLater(automatic);
  await end('kept');
  world.teach(20);
  lookLater(automatic, 9);
  expect(runs()).toHaveLength(1);
  lookLater(automatic, 2);
  expect(runs()).toHaveLength(2);
});

it.each([
  ['failed', 2],
  ['cancelled', 1],
] as const)('what a run saw that %s is as new as before only when it failed', async (state, expected) => {
  const automatic = makeTrigger({ afterSamples: 20, everyHours: 0 });
  world.teach(20);
  lookLater(automatic);
  await end(state);
  lookLater(automatic, 11);
  expect(runs()).toHaveLength(expected);
});

it('by the clock: when the time has come and anything is new', async () => {
  const automatic = makeTrigger({ afterSamples: 0, everyHours: 1 });
  lookLater(automatic);
  expect(runs()).toEqual([]);
  world.teach(1);
  lookLater(automatic);
  expect(runs()).toMatchObject([{ requestedBy: 'schedule' }]);
  await end('promoted');
  lookLater(automatic, 61);
  expect(runs()).toHaveLength(1);
  world.teach(1);
  lookLater(automatic);
  expect(runs()).toHaveLength(2);
  await end('promoted');
  world.teach(1);
  lookLater(automatic, 59);
  expect(runs()).toHaveLength(2);
});

it('never, when both are set to 0', () => {
  const automatic = makeTrigger({ afterSamples: 0, everyHours: 0 });
  world.teach(40);
  automatic.noticed('tiny');
  lookLater(automatic, 600);
  expect(runs()).toEqual([]);
});
