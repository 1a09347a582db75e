// What operators ask about a chat's alphabet while it is another one that is trained and taught.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { botKinds } from '../../bots/list.ts';
import { openApp, type App } from '../../src/app/open.ts';
import type { Reply } from '../../src/chat/event.ts';
import { parseConfig } from '../../src/config.ts';
import { makeLog } from '../../src/log.ts';
import { makeRandom } from '../../src/random.ts';
import { button, messageOf, noticeOf } from '../support/chat-scene.ts';
import { scratchFolder } from '../support/scratch.ts';
import { handwriting } from '../support/tiny.ts';
import { settle } from '../support/world.ts';

let app: App;
beforeEach(async () => {
  const settings = { DATA_DIR: scratchFolder(), ADMINS: 'telegram:99', RETRAIN_AFTER: '0', LOG_LEVEL: 'silent' };
  app = await openApp(parseConfig(settings, botKinds), { log: makeLog('silent') });
  await settle(app.store, app.blobs);
});
afterEach(() => app.close());

const from = (id: string) => ({
  person: { platform: 'telegram', id, language: 'en' },
  chat: { id: `chat ${id}`, kind: 'private' as const, isChatAdmin: () => Promise.resolve(true) },
  address: { chat: 1 },
});
const says = (name: string): Promise<readonly Reply[]> =>
  app.handle({ ...from('99'), kind: 'command', name, rest: '' });
const press = (payload: string, id = '99'): Promise<readonly Reply[]> =>
  app.handle({ ...from(id), kind: 'press', payload });

function teachTiny(): void {
  const { id: contributorId } = app.people.meet(from('1').person).contributor;
  const glyph = handwriting()(1, makeRandom(3));
  app.store.samples.import([{ alphabet: 'tiny', labelId: 1, glyph, contributorId, source: 'test', at: 1 }]);
}

it('/cancel names the run that is under way elsewhere, and cancels it when asked', async () => {
  expect(messageOf(await says('cancel')).text).toBe('No training is under way.');
  const { run } = app.store.runs.create({ alphabet: 'tiny', requestedBy: 'x', reason: 'asked', at: 1 });
  const asked = messageOf(await says('cancel'));
  const title = app.alphabets.get('tiny')?.title ?? '';
  expect(asked.text).toBe(`Nothing is under way for 0–9; run ${run.id} for ${title} is. Cancel it?`);
  expect(app.store.runs.get(run.id)?.state).toBe('queued');
  const yes = button(asked, `Yes, cancel run ${run.id}`);
  expect(noticeOf(await press(yes, '1'))).toContain('Only operators');
  expect(messageOf(await press(yes)).text).toBe(`Run ${run.id} is being stopped.`);
  await app.runs.sweep();
  expect(app.store.runs.get(run.id)?.state).toBe('cancelled');
  expect(messageOf(await press(yes)).text).toBe(`Run ${run.id} is over already.`);
  // Once, and on the record.
  expect(app.store.acts.list({ limit: 9, skip: 0 }).map(({ what }) => what)).toEqual(['cancel']);
});

it('/retrain without samples offers what has some', async () => {
  expect(messageOf(await says('retrain')).keyboard).toBeUndefined();
  teachTiny();
  const title = app.alphabets.get('tiny')?.title ?? '';
  const refused = messageOf(await says('retrain'));
  expect(refused.text).toMatch(/nothing to learn from yet for 0–9.*Train one of them\?/s);
  expect(messageOf(await press(button(refused, title))).text).toContain(`${title}, run 1`);
  expect(app.store.runs.active('tiny')?.id).toBe(1);
});

it('/stats leads to the alphabets that people taught', async () => {
  expect(messageOf(await says('stats')).keyboard).toBeUndefined();
  teachTiny();
  const title = app.alphabets.get('tiny')?.title ?? '';
  const shown = messageOf(await says('stats'));
  expect(shown.text).toContain('People taught me these as well');
  const other = messageOf(await press(button(shown, title)));
  expect(other.text).toContain(`${title}: 1 sample`);
});
