// The command line loads what a verb needs and nothing else, and still lists all that there is.
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { makeContext } from '../../src/cli/context.ts';
import { progressLines } from '../../src/cli/runs.ts';
import { addNames, verbFileOf, verbFiles } from '../../src/cli/verbs.ts';
import type { Progress } from '../../src/records/job.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** All that is loaded with these files at once: our own files, and packages. */
function loadedWith(files: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = readFileSync(join(root, file), 'utf8');
    for (const [, types, name = ''] of text.matchAll(/^(?:import|export)( type)?\s[^;]*?from '([^']+)'/gmu)) {
      if (types !== undefined || name.startsWith('node:')) continue;
      if (name.startsWith('.')) visit(normalize(join(dirname(file), name)));
      else seen.add(name);
    }
  };
  files.forEach(visit);
  return seen;
}

test('help loads the list of verbs and the parser, and nothing else', () => {
  expect([...loadedWith(['src/cli.ts'])].sort()).toEqual([
    'commander',
    'src/cli.ts',
    'src/cli/verbs.ts',
    'src/version.ts',
  ]);
});

test('reading loads no chat, no chart, no queue and no page', () => {
  const loaded = loadedWith(['src/cli/read.ts', 'src/app/reading.ts']);
  expect(loaded.size).toBeGreaterThan(50);
  const foreign = [...loaded].filter((each) =>
    /^(?:src\/(?:chat|report|runs\/queue|learning)\/|bots\/(?:web|\w+\/platform)|@resvg|pdfkit|bullmq|ioredis|@aws-sdk|yaml|fflate|cli-progress)/u.test(
      each,
    ),
  );
  expect(foreign).toEqual([]);
});

test('the list is what the files say', async () => {
  const context = makeContext({});
  for (const file of verbFiles) {
    const [listed, real] = [new Command(), new Command()];
    addNames(listed, file);
    (await file.load())(real, context);
    expect(listed.helpInformation()).toBe(real.helpInformation());
  }
});

test('a verb is found behind options and behind help', () => {
  const verbs = (args: readonly string[]): string | undefined => verbFileOf(args)?.verbs[0]?.[0];
  expect(verbs(['cancel', '3'])).toBe('retrain [options]');
  expect(verbs(['help', 'doctor'])).toBe('doctor [options]');
  expect(verbs(['--help'])).toBeUndefined();
  expect(verbs(['nonsense'])).toBeUndefined();
});

test('where there is no terminal progress is a line for what is new, and one now and then', () => {
  const lines: string[] = [];
  let now = 0;
  const shown = progressLines(
    (line) => void lines.push(line),
    () => now,
  );
  const training = (share: number, stage = 'training'): { id: number; progress: Progress } => ({
    id: 2,
    progress: { stage, epoch: 1, epochs: 20, loss: 0.5, share, secondsLeft: 30.2 } as Progress,
  });
  shown.show({ id: 2, progress: null });
  shown.show({ id: 2, progress: null });
  shown.show(training(0.05));
  for (now = 0; now < 12_000; now += 500) shown.show(training(0.1));
  // What the engine calls another stage is learning all the same, and never full before the decision.
  shown.show(training(0.5, 'cross-fitting'));
  shown.show(training(1, 'storing'));
  expect(lines).toEqual([
    'run 2: queued',
    'run 2: learning, 5 %, 31 s left',
    'run 2: learning, 10 %, 31 s left',
    'run 2: comparing, 99 %, 31 s left',
  ]);
});
