// A version is loaded once on its way to the people it answers: what was verified for the promotion is what answers after it.
import { afterEach, expect, it } from 'vitest';
import { onnxEngine } from '../../src/model/onnx/engine.ts';
import { promoteVersion } from '../../src/runs/rollback.ts';
import { openWorld } from '../support/world.ts';
import { scratchFolder } from '../support/scratch.ts';

const { load } = onnxEngine;
afterEach(() => {
  onnxEngine.load = load;
});

it('is loaded once for verification and for answering, and closed with the app', async () => {
  const open = new Set<object>();
  let loads = 0;
  onnxEngine.load = async (...what) => {
    const inference = await load(...what);
    const key = {};
    open.add(key);
    loads++;
    const close = async (): Promise<void> => {
      open.delete(key);
      await inference.close();
    };
    return { ...inference, close };
  };
  const { app } = await openWorld(scratchFolder());
  const { store, blobs, tools, champions } = app;
  await champions.refresh('tiny');
  expect(loads).toBe(1);
  const first = store.versions.get('tiny-1');
  if (first === undefined) throw new Error('no first version');
  const { id: _, number: __, unrepeatable: ___, ...rest } = first;
  const copy = Buffer.concat([await blobs.get(first.artifact), Buffer.from([0x08, 0x0a])]);
  const second = store.versions.add({ ...rest, artifact: await blobs.put(copy), parent: first.id });

  expect(await promoteVersion(tools, second.id, 'test')).toMatchObject({ outcome: 'moved' });
  await champions.refresh('tiny');
  expect((await champions.reader('tiny'))?.version).toBe(second.id);
  expect(loads).toBe(2);

  // One that was verified and never answered is closed as well.
  await tools.verify(first.artifact);
  await app.close();
  // A retired model closes a moment later: somebody may be about to ask it.
  await expect.poll(() => open.size).toBe(0);
});
