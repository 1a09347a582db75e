// A sign at the photo says that something of it is kept; it goes with what was kept, and where there are no signs words say it.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Reply } from '../../src/chat/event.ts';
import { plainly } from '../../src/chat/signs.ts';
import { ann, bob, button, messageOf, openScene, readingOf, type Scene } from '../support/chat-scene.ts';

let scene: Scene;
beforeEach(() => {
  scene = openScene();
});
afterEach(() => scene.close());

const signs = (replies: readonly Reply[]) => replies.flatMap((reply) => (reply.kind === 'sign' ? [reply.kept] : []));
const address = { chat: 1, reply: 5 };

test('a tap, a caption and a typed label put it there; undo takes it away', async () => {
  const asked = messageOf(await scene.photo(ann, { address }));
  expect(signs(await scene.press(bob, button(asked, '✓ 7')))).toEqual([]);
  const saved = await scene.press(ann, button(asked, '✓ 7'));
  expect(saved.at(-1)).toEqual({ kind: 'sign', to: address, kept: true });
  expect(signs(await scene.press(ann, button(messageOf(saved), 'undo')))).toEqual([false]);
  expect(signs(await scene.photo(ann, { address, caption: '4' }))).toEqual([true]);
  expect(signs(await scene.photo(ann, { address, caption: 'a caption' }))).toEqual([]);
  expect(signs(await scene.type(ann, '/undo'))).toEqual([false]);
});

test('typed, it is thanks enough where the photo’s message says the rest; elsewhere the words come', async () => {
  const [asked] = await scene.photo(ann, { address });
  if (asked?.kind !== 'message') throw new Error('no question');
  asked.said?.({ chat: 1, message: 6 });
  const typed = await scene.type(ann, '4');
  expect(typed.map(({ kind }) => kind)).toEqual(['sign', 'revise']);
  const instead = { kind: 'message', message: { text: 'Thank you for the correction! Saved: 4.' }, to: address };
  expect(typed[0]).toEqual({ kind: 'sign', to: address, kept: true, instead });
  expect(plainly(typed)[0]).toEqual(instead);
  expect(plainly([{ kind: 'sign', to: address, kept: false }])).toEqual([]);
});

test('of several it stays as long as one is kept', async () => {
  scene.reading = readingOf([[0, 1]]);
  const asked = messageOf(await scene.photo(ann, { address }));
  expect(signs(await scene.press(ann, button(asked, '✓ all right (2)')))).toEqual([true]);
  const one = messageOf(await scene.press(ann, button(asked, '1 7')));
  expect(signs(await scene.press(ann, button(one, 'undo')))).toEqual([]);
  const whole = messageOf(await scene.type(ann, '/me'));
  expect(whole.text).toContain('1 sample');
});
