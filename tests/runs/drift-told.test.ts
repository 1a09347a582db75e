// The watch on answers from the answers to the message: an app that notices a fall by itself, and an operator who hears of it once.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Message } from '../../src/chat/event.ts';
import { prediction } from '../support/scratch-rows.ts';
import { scratchFolder } from '../support/scratch.ts';
import { openWorld, type World } from '../support/world.ts';

const HOUR = 3_600_000;
const BOSS = '1';

let folder: string;
let world: World;
let now: number;
let sent: { readonly to: string; readonly message: Message }[];

beforeEach(async () => {
  folder = scratchFolder();
  now = 1_800_000_000_000;
  sent = [];
  await open();
});
afterEach(() => world.app.close());

async function open(): Promise<void> {
  world = await openWorld(folder, { ADMINS: `telegram:${BOSS}` }, { background: true, now: () => now });
  world.app.deliverTo([
    {
      name: 'telegram',
      health: () => ({ state: 'up' }),
      privately: (id) => ({ chat: id }),
      send: (to, message) => (sent.push({ to: String(to['chat']), message }), Promise.resolve('sent')),
      revise: () => Promise.resolve('lost'),
      start: () => Promise.resolve(),
      stop: () => Promise.resolve(),
      pace: () => ({ chat: '', ms: 0 }),
    },
  ]);
}

let photos = 0;
/** So many answers to what tiny-1 read, one in `wrong` not "right". */
function answers(many: number, wrong: number): void {
  const { store } = world.app;
  const contributorId = store.contributors.getOrCreate({ keyHash: 'cd'.repeat(16), platform: 'telegram', at: now }).id;
  const candidates = [{ labelId: 1, probability: 1 }];
  store.atomically(() => {
    for (let at = 0; at < many; at++) {
      const id = `answered-${++photos}`;
      store.predictions.save([
        prediction(id, contributorId, { alphabet: 'tiny', versionId: 'tiny-1', candidates, createdAt: now }),
      ]);
      const isRight = at % wrong !== 0;
      const kind = isRight ? 'confirm' : 'correct';
      store.verdicts.save({ predictionId: id, kind, labelId: isRight ? 1 : 0, contributorId, at: now });
    }
  });
}

/** An hour passes, and the app looks at all that it looks at. */
async function anHour(): Promise<void> {
  now += HOUR;
  await world.app.tick();
  await world.app.tick();
}

test('a fall in what people call right is noticed within the hour, and told to operators once, with its picture', async () => {
  answers(300, 20);
  await anHour();
  expect(sent).toEqual([]);
  answers(150, 3);
  await anHour();
  expect(sent).toMatchObject([{ to: BOSS, message: { text: expect.stringMatching(/tiny-1 .*95 %/s) as string } }]);
  const png = sent[0]?.message.pictures?.[0]?.png() ?? new Uint8Array();
  expect(Buffer.from(png).subarray(1, 4).toString()).toBe('PNG');
  // It goes on falling, the app starts anew: it was said.
  answers(50, 2);
  await anHour();
  await world.app.close();
  await open();
  await anHour();
  expect(sent).toHaveLength(1);
});
