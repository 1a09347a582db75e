// The archive for a chat: it is a labelled set again, and while it is made others are answered.
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { digits } from '../../src/alphabet/digits.ts';
import { makeExportArchive } from '../../src/dataset/export.ts';
import { person, scratchStore } from '../support/scratch.ts';
import { strokes } from '../support/strokes.ts';

test('holds each sample with its label; whoever waits meanwhile gets their turn', async () => {
  const store = scratchStore();
  const contributorId = person(store, 'aa');
  const sample = (seed: number) => ({ alphabet: 'digits', glyph: strokes(seed), contributorId, source: 'chat', at: 0 });
  store.samples.import([
    ...Array.from({ length: 60 }, (_, seed) => ({ ...sample(seed), labelId: seed % 10 })),
    { ...sample(99), labelId: null },
  ]);
  let drawn = 0;
  const drawnAtTurns: number[] = [];
  const look = (): void => {
    drawnAtTurns.push(drawn);
    turn = setImmediate(look);
  };
  let turn = setImmediate(look);
  const png = (): Uint8Array => Uint8Array.of(drawn++);
  const archive = await makeExportArchive({ samples: store.samples, image: png })(digits);
  clearImmediate(turn);
  expect(drawnAtTurns.some((many) => many > 0 && many < 60)).toBe(true);

  const files = unzipSync(archive?.bytes ?? new Uint8Array());
  const rows = new TextDecoder().decode(files['labels.tsv']).trimEnd().split('\n');
  expect(archive).toMatchObject({ name: 'digits-samples.zip', samples: 60 });
  expect(rows).toHaveLength(60);
  for (const [index, row] of rows.entries()) {
    const [file = '', label, writer] = row.split('\t');
    expect([label, writer]).toEqual([String(index % 10), `writer-${contributorId}`]);
    expect(files[file]).toEqual(Uint8Array.of(index));
  }
});

test('is none where nobody taught anything', async () => {
  const archive = makeExportArchive({ samples: scratchStore().samples, image: () => new Uint8Array() });
  expect(await archive(digits)).toBeNull();
});
