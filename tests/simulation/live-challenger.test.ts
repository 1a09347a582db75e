// The challenger of a stream: that of the open duel, read with its own file, and nobody once the duel is over.
import { expect, test } from 'vitest';
import { makeRandom } from '../../src/random.ts';
import { standing, stop } from '../../src/runs/duels.ts';
import { makeLiveChallenger } from '../../src/simulation/live-challenger.ts';
import { confusedChampion, O, X } from '../support/duel-world.ts';
import { scratchFolder } from '../support/scratch.ts';
import { handwriting } from '../support/tiny.ts';
import { openWorld } from '../support/world.ts';

test(
  'reads what the challenger of the open duel reads, and nothing when it is over',
  { timeout: 120_000 },
  async () => {
    const { app } = await openWorld(scratchFolder(), {}, { background: true });
    const alphabet = app.alphabets.get('tiny');
    if (alphabet === undefined) throw new Error('the tiny alphabet is not there');
    const challenger = makeLiveChallenger(app, alphabet);
    const glyphs = [handwriting()(X, makeRandom(4711, 1))];
    const best = async (): Promise<number | undefined> =>
      (await challenger.classify(glyphs))?.[0]?.candidates[0]?.labelId;
    expect(await challenger.classify(glyphs)).toBeNull();
    const duel = await confusedChampion(app, 'challenge');
    const reader = await app.champions.reader('tiny');
    const [champion] = (await reader?.classify(glyphs)) ?? [];
    expect(champion?.candidates[0]?.labelId).toBe(O);
    expect(await best()).toBe(X);
    stop(app.store, duel, 'alike', standing(app.store, duel, []), 1);
    await challenger.look();
    expect(await challenger.classify(glyphs)).toBeNull();
    await challenger.close();
    await app.close();
  },
);
