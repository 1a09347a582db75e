// kill -9 where a duel ends, and several processes that end it at once: one swap or none, and every answer still there.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { beforeEach, expect, it } from 'vitest';
import { splitter } from '../../src/dataset/split.ts';
import { challenge } from '../../src/runs/duels.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { prediction, version } from '../support/scratch-rows.ts';
import { person, scratchFolder } from '../support/scratch.ts';
import { strokes } from '../support/strokes.ts';

const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const [CHAMPION, CHALLENGER] = ['digits-1', 'digits-2'];
const WINS = 8;
let file: string;
let answered: readonly number[];

/** A duel that is won by what is stored, and nobody has looked yet. */
beforeEach(() => {
  file = join(scratchFolder(), 'inkloop.db');
  answered = within((store) => {
    for (const letter of ['a', 'b']) store.versions.add(version({ artifact: letter.repeat(64) }));
    store.champions.promote({
      alphabet: 'digits',
      expected: null,
      version: CHAMPION,
      reason: 'shipped',
      by: 'test',
      at: 0,
    });
    const sides = {
      alphabet: 'digits',
      champion: CHAMPION,
      challenger: CHALLENGER,
      runId: null,
      seenThrough: 0,
      at: 0,
    };
    store.atomically(() => challenge(store, sides, []));
    const who = person(store, '1'.repeat(32));
    return Array.from({ length: WINS }, (_, at) => {
      const id = `photo-${at}`;
      store.predictions.save([prediction(id, who, { glyph: strokes((at + 1) * 7919) })]);
      store.duels.note(1, [{ prediction: id, champion: 1, challenger: 7 }]);
      store.verdicts.save({ predictionId: id, kind: 'correct', labelId: 7, contributorId: who, at: 0 });
      return store.verdicts.get(id)?.sampleId ?? 0;
    });
  });
});

function within<T>(act: (store: Store) => T): T {
  const store = openStore(file, { splitter });
  try {
    return act(store);
  } finally {
    store.close();
  }
}

/** How a process ends that looks at the duels once: its code, or the signal that killed it. */
async function look(point = '-'): Promise<unknown> {
  const victim = fileURLToPath(new URL('duel-victim.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', loader, victim, file, point], { stdio: 'inherit' });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return signal ?? code;
}

const standsWhole = (champion: string): void =>
  within((store) => {
    expect(store.check()).toEqual([]);
    expect([...store.samples.live(answered).keys()]).toEqual(answered);
    expect(store.champions.current('digits')).toBe(champion);
    const isWon = champion === CHALLENGER;
    expect(store.champions.history('digits', 9)).toHaveLength(isWon ? 2 : 1);
    expect(store.duels.list('digits').map(({ kind, state }) => [kind, state])).toEqual(
      isWon
        ? [
            ['watch', 'open'],
            ['challenge', 'won'],
          ]
        : [['challenge', 'open']],
    );
  });

it.each(['before-the-duel-ends', 'inside-the-duels-end'] as const)(
  'killed %s, the champion stands and the next look ends it',
  async (point) => {
    expect(await look(point)).toBe('SIGKILL');
    standsWhole(CHAMPION);
    expect(await look()).toBe(0);
    standsWhole(CHALLENGER);
  },
);

it('three processes that look at once swap once', async () => {
  expect(await Promise.all([look(), look(), look()])).toEqual([0, 0, 0]);
  standsWhole(CHALLENGER);
});
