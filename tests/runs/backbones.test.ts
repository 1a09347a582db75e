// What pictures are seen with can be changed, also later; a backbone stays while a model needs it.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { join } from 'node:path';
import { NO_BACKBONE } from '../../src/alphabet/alphabet.ts';
import { specFromLabels, specFromText } from '../../src/alphabet/own.ts';
import { openApp, type App } from '../../src/app/open.ts';
import { parseConfig } from '../../src/config.ts';
import { makeLog } from '../../src/log.ts';
import { headOn } from '../../src/model/architectures/head.ts';
import { encodeArtifact, type ArtifactMetadata } from '../../src/model/artifact.ts';
import { planOf } from '../../src/model/plan.ts';
import { blankWeights } from '../../src/model/weights.ts';
import { enterModel } from '../../src/runs/seeds.ts';
import { smallBackbone } from '../support/backbone.ts';
import { scratchFolder } from '../support/scratch.ts';

let app: App;
beforeEach(async () => {
  const config = parseConfig({ DATA_DIR: join(scratchFolder(), 'data'), TRAINING_THREADS: '1', LOG_LEVEL: 'silent' });
  app = await openApp(config, { log: makeLog('silent') });
});
afterEach(() => app.close());

/** A head on a backbone that knows nothing yet answers for the alphabet. */
async function answersWith(backbone: string, length: number): Promise<void> {
  const architecture = headOn(length);
  const metadata: ArtifactMetadata = {
    formatVersion: 1,
    alphabet: 'pets',
    outputs: [{ id: 0, text: 'cat' }, { id: 1, text: 'dog' }, null],
    glyphSize: length,
    backbone,
    architecture,
    temperature: 1,
    askBelow: 0.8,
    rejectAbove: 0.5,
    lineage: { parent: null, snapshot: null, seed: 1, engine: 'onnx', threads: 1, codeVersion: 'test' },
    metrics: {},
  };
  const network = { architecture, outputs: 3, weights: blankWeights(planOf(architecture, 3)) };
  const artifact = await app.blobs.put(encodeArtifact({ metadata, network }));
  enterModel(app.store, { alphabet: 'pets', artifact, metadata, reason: 'made by a test', at: 1 });
}

test('an alphabet begins with none, gets a backbone, and gives it back once no model needs it', async () => {
  const none = { ...specFromLabels(['cat', 'dog'], { id: 'pets' }), kind: 'picture', mirror: true } as const;
  const { alphabet } = await app.own.create(none, 'none');
  expect(alphabet).toMatchObject({ kind: 'picture', backbone: NO_BACKBONE, mirror: true });
  const sees = (): string | null | undefined => app.alphabets.get('pets')?.backbone;

  const wishes = { name: 'small', licence: 'MIT', source: 'here', levels: 'unit', views: 'whole' } as const;
  const { hash, card, usedBy } = await app.backbones.add(smallBackbone(), wishes);
  expect(usedBy).toEqual([]);
  await app.own.seeWith('pets', hash);
  expect(sees()).toBe(hash);
  expect(app.alphabets.get('pets')?.mirror).toBe(true);
  await expect(app.backbones.remove('small')).rejects.toThrow('is what pets sees with: it stays');

  // It answers, and the next one shall see otherwise.
  await answersWith(hash, card.length);
  await app.own.seeWith('pets', null);
  await app.own.seeWith('pets', null);
  expect(sees()).toBe(NO_BACKBONE);
  expect((await app.backbones.named('small')).usedBy).toEqual(['pets']);
  await expect(app.backbones.remove('small')).rejects.toThrow('is what pets sees with: it stays');
  const deeds = app.store.acts.list({ skip: 0, limit: 9 }).map(({ what }) => what);
  expect(deeds.filter((what) => what === 'alphabet-see')).toHaveLength(2);
});

test('a backbone that nothing sees with goes, and what cannot be is said', async () => {
  const wishes = { name: 'small', licence: 'MIT', source: 'here', levels: 'unit', views: 'whole' } as const;
  await app.backbones.add(smallBackbone(), wishes);
  await app.own.create(specFromText('αβγ', { id: 'greek' }), 'none');
  await expect(app.own.seeWith('greek', null)).rejects.toThrow('greek is of ink: only pictures are seen');
  await expect(app.own.seeWith('digits', null)).rejects.toThrow('digits comes with Inkloop');
  await app.own.create({ ...specFromLabels(['cat', 'dog'], { id: 'pets' }), kind: 'picture' }, 'none');
  await expect(app.own.seeWith('pets', 'ab'.repeat(32))).rejects.toThrow('needs its backbone, which is abababab');
  expect((await app.backbones.remove('small')).card.name).toBe('small');
  expect(await app.backbones.list()).toEqual([]);
});
