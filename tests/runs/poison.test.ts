// People who teach wrong things on purpose, end to end: real samples, a real tiny model, the real gate. docs/gate.md has the table.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeRandom } from '../../src/random.ts';
import type { Run } from '../../src/store/runs.ts';
import type { Decision } from '../../src/records/decision.ts';
import { scratchFolder } from '../support/scratch.ts';
import { handwriting } from '../support/tiny.ts';
import { until } from '../support/until.ts';
import { openWorld, type World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld(scratchFolder());
});
afterEach(() => world.app.close());

const [I, O, L, X] = [0, 1, 2, 3];

/** Somebody's samples: shapes they drew, and what they say of each. */
function teach(
  who: string,
  many: number,
  sample: (at: number) => { readonly drawn: number; readonly said: number; readonly squares?: boolean },
): number {
  const { store } = world.app;
  const keyHash = Buffer.from(who.padEnd(16)).toString('hex').repeat(2);
  const { id } = store.contributors.getOrCreate({ keyHash, platform: 'web', at: Date.now() });
  const samples = Array.from({ length: many }, (_, at) => {
    const { drawn, said, squares = false } = sample(at);
    const glyph = handwriting({ squares })(drawn, makeRandom(id, at));
    return { alphabet: 'tiny', labelId: said, glyph, contributorId: id, source: 'test', at: Date.now() };
  });
  store.samples.import(samples);
  return id;
}

const honestly = (at: number) => ({ drawn: at % 4, said: at % 4, squares: true });

async function retrained(): Promise<{ readonly run: Run; readonly decision: Decision }> {
  const { runs, store } = world.app;
  const { id } = runs.start({ alphabet: 'tiny', requestedBy: 'test', reason: 'asked' }).run;
  await until(async () => {
    await runs.sweep();
    return store.runs.get(id)?.finishedAt !== null;
  }, 150);
  const run = store.runs.get(id);
  if (run === undefined) throw new Error('the run is gone');
  if (run.decision === null) throw new Error('a run without a decision');
  return { run, decision: run.decision };
}

describe('poison', { timeout: 180_000 }, () => {
  it('forty shapes that one person taught as another are not promoted, though all his glyphs say so', async () => {
    for (const who of ['ann', 'bob', 'carl']) teach(who, 24, (at) => ({ drawn: at % 4, said: at % 4 }));
    teach('mallory', 40, (at) => ({ drawn: O, said: at % 20 === 0 ? O : L, squares: true }));
    const { run, decision } = await retrained();
    expect(run.state).toBe('kept');
    expect(decision.wins).toBeGreaterThan(decision.losses);
    expect(decision.code).toBe('too-few-people');
    expect(world.app.store.champions.current('tiny')).toBe('tiny-1');
  });

  it('120 wrong labels of one visitor do not stop what everybody else sees is better', async () => {
    for (const who of ['ann', 'bob', 'carl', 'dora']) teach(who, 40, honestly);
    // Squares are what the others teach as O; to this visitor they are X, as the champion has it, and lines are whatever comes.
    teach('mallory', 120, (at) => (at % 2 === 0 ? { drawn: O, said: X, squares: true } : { drawn: I, said: at % 4 }));
    const { run, decision } = await retrained();
    expect(decision).toMatchObject({ code: 'better' });
    // He said no more often than all the others said yes.
    expect(decision.losses).toBeGreaterThan(decision.wins);
    expect(decision.counted?.losses).toBeLessThan(5);
    expect(run.state).toBe('promoted');
  });

  it('a challenger that learnt from samples which an operator took back meanwhile answers nobody', async () => {
    const { app } = world;
    for (const who of ['ann', 'bob', 'carl', 'dora', 'emil']) teach(who, 40, honestly);
    const mallory = teach('mallory', 20, honestly);
    const { run } = app.runs.start({ alphabet: 'tiny', requestedBy: 'test', reason: 'asked' });
    await until(async () => {
      await app.runs.sweep();
      return app.store.runs.get(run.id)?.progress !== null;
    }, 60);
    expect(await app.moderate.withdraw(mallory, 'test')).toMatchObject({ outcome: 'withdrawn', samples: 20 });
    await until(async () => {
      await app.runs.sweep();
      return app.store.runs.get(run.id)?.finishedAt !== null;
    }, 150);
    expect(app.store.runs.get(run.id)).toMatchObject({ state: 'kept', decision: { code: 'withdrawn' } });

    // The next one learns without them, and is as good as those who stayed; what it learnt from is known.
    expect(await retrained()).toMatchObject({ run: { state: 'promoted' } });
    const ann = app.store.samples.get(1)?.contributorId ?? 0;
    expect(app.store.moderation.learntFrom(ann)).toEqual([app.store.champions.current('tiny')]);
    expect(app.store.moderation.learntFrom(mallory)).toEqual([]);
  });
});
