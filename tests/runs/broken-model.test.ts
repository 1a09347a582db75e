// A champion whose bytes are damaged: somebody goes on answering, operators hear of it once, and whoever looks is told what to do.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeFolderBlobs } from '../../src/blobs/folder.ts';
import type { ReplyAddress } from '../../src/records/address.ts';
import type { ChatPlatform, Message } from '../../src/chat/event.ts';
import { promoteVersion } from '../../src/runs/rollback.ts';
import { scratchFolder } from '../support/scratch.ts';
import { openWorld, type World } from '../support/world.ts';

let folder: string;
let world: World;
let told: { readonly to: ReplyAddress; readonly message: Message }[];
beforeEach(async () => {
  folder = scratchFolder();
  told = [];
});
afterEach(() => world.app.close());

const telegram: ChatPlatform = {
  name: 'telegram',
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
  health: () => ({ state: 'up' }),
  privately: (id) => ({ chat: Number(id) }),
  revise: () => Promise.resolve('lost'),
  pace: () => ({ chat: '', ms: 0 }),
  send(to, message) {
    told.push({ to, message });
    return Promise.resolve('sent');
  },
};

async function reopened(): Promise<void> {
  await world.app.close();
  world = await openWorld(folder, { ADMINS: 'telegram:7' });
  world.app.deliverTo([telegram]);
  for (let i = 0; i < 3; i++) await world.app.tick();
}

it('the version before answers, operators are told once, doctor and readiness say what to do', async () => {
  world = await openWorld(folder);
  const { store, blobs, tools } = world.app;
  const first = store.versions.get('tiny-1');
  if (first === undefined) throw new Error('no first version');
  // A second version with bytes of its own.
  const copy = await blobs.get(first.artifact);
  const artifact = await blobs.put(Buffer.concat([copy, Buffer.from([0x08, 0x0a])]));
  const { id: _, number: __, unrepeatable: ___, ...rest } = first;
  const second = store.versions.add({ ...rest, artifact, parent: first.id });
  expect(await promoteVersion(tools, second.id, 'test')).toMatchObject({ outcome: 'moved' });
  await writeFile(makeFolderBlobs(path.join(folder, 'blobs')).fileOf(artifact), 'damaged');

  await reopened();
  expect((await world.app.champions.reader('tiny'))?.version).toBe('tiny-1');
  expect(told).toHaveLength(1);
  expect(told[0]?.to).toEqual({ chat: 7 });
  expect(told[0]?.message.text).toMatch(/tiny-2 .*damaged.*tiny-1 answers in its place.*doctor/s);
  const health = world.app.modelHealth();
  expect(health).toMatchObject({ state: 'down' });
  expect(JSON.stringify(health)).toMatch(/tiny-2 cannot be loaded.*tiny-1 answers in its place.*doctor/);

  await reopened();
  expect(told).toHaveLength(1);
});
