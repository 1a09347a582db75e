// `export` beside an app that goes on: what it writes is whole, whatever is taught meanwhile; a disk that refuses is a sentence.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { digits } from '../../src/alphabet/digits.ts';
import type { App } from '../../src/app/open.ts';
import { addExport } from '../../src/cli/export.ts';
import type { Context } from '../../src/cli/context.ts';
import { readLabelledSet } from '../../src/dataset/labelled.ts';
import { OperationalError } from '../../src/errors.ts';
import type { Samples } from '../../src/store/samples.ts';
import { person, scratchFolder, scratchStore } from '../support/scratch.ts';
import { strokes } from '../support/strokes.ts';

/** Runs the verb on a store to which somebody adds a sample whenever its samples have been read. */
async function exportTo(out: string): Promise<void> {
  const store = scratchStore();
  const contributorId = person(store, 'aa');
  let seed = 0;
  const teach = (): void => {
    const glyph = strokes((seed += 1));
    store.samples.import([{ alphabet: 'digits', labelId: seed % 10, glyph, contributorId, source: 'chat', at: 0 }]);
  };
  for (let i = 0; i < 5; i++) teach();
  const samples: Samples = {
    ...store.samples,
    *iterate(filter) {
      yield* store.samples.iterate(filter);
      teach();
    },
  };
  const app = { store: { ...store, samples }, alphabets: { get: () => digits } } as unknown as App;
  const program = new Command();
  addExport(program, { withApp: (work) => work(app) } as Context);
  await program.parseAsync(['export', '--alphabet', 'digits', '--out', out, '--json'], { from: 'user' });
}

test('the IDX files are read again though somebody taught meanwhile', async () => {
  const out = scratchFolder();
  await exportTo(out);
  const labels: string[] = [];
  for await (const { label } of readLabelledSet(join(out, 'idx'))) labels.push(label);
  expect(labels).toEqual(['1', '2', '3', '4', '5']);
  expect(readdirSync(join(out, 'glyphs'))).toHaveLength(5);
  expect(readFileSync(join(out, 'labels.tsv'), 'utf8').trimEnd().split('\n')).toHaveLength(5);
});

test('a folder that cannot be made is told in a sentence', async () => {
  const file = join(scratchFolder(), 'file');
  writeFileSync(file, '');
  const failure = await exportTo(join(file, 'out')).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(OperationalError);
  expect(String(failure)).toContain('cannot be written');
});
