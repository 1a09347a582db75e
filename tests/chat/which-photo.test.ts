// An answer belongs to its photo: a typed label asks where several questions are open, and what changed elsewhere shows in the
// message that asks about the photo.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Message, Reply } from '../../src/chat/event.ts';
import type { ReplyAddress } from '../../src/records/address.ts';
import { ann, bob, button, messageOf, openScene, readingOf, type Scene } from '../support/chat-scene.ts';

let scene: Scene;
beforeEach(() => {
  scene = openScene();
});
afterEach(() => scene.close());

let messages = 100;

/** A photo whose message stands; gives what it says and what it is called. */
async function asked(
  more: Partial<Parameters<Scene['photo']>[1]> = {},
): Promise<{ message: Message; said: ReplyAddress }> {
  messages += 1;
  const [reply] = await scene.photo(ann, { address: { chat: 1, reply: messages }, key: `1:${messages}`, ...more });
  if (reply?.kind !== 'message') throw new Error('a photo is answered');
  const said = { chat: 1, message: 1000 + messages };
  reply.said?.(said);
  return { message: reply.message, said };
}

const revised = (replies: readonly Reply[]) => replies.flatMap((reply) => (reply.kind === 'revise' ? [reply] : []));
const samples = (label: number): number =>
  scene.store.stats
    .ofAlphabet('digits')
    .labels.filter(({ labelId }) => labelId === label)
    .reduce((sum, { train, test: held }) => sum + train + held, 0);

test('with one question open a typed label answers it, under the photo, and its message says so', async () => {
  const { said } = await asked();
  const replies = await scene.type(ann, '4');
  expect(replies[0]).toMatchObject({ kind: 'sign', instead: { to: { chat: 1, reply: messages } } });
  expect(messageOf(replies).text).toContain('Saved: 4.');
  // One undo is enough: it stands under the photo's own message.
  expect(messageOf(replies).keyboard).toBeUndefined();
  expect(revised(replies)).toMatchObject([{ said, message: { text: expect.stringContaining('Saved: 4.') as string } }]);
  expect(
    revised(replies)[0]
      ?.message.keyboard?.flat()
      .map(({ text }) => text),
  ).toEqual(['undo']);
});

test('with several open it asks which, with a picture, and never takes the newest', async () => {
  const first = await asked();
  await asked();
  const which = messageOf(await scene.type(ann, '4'));
  expect(which.text).toContain('Which one is 4?');
  expect(which.pictures).toHaveLength(1);
  expect(which.keyboard?.flat().map(({ text }) => text)).toEqual(['1', '2']);
  expect(samples(4)).toBe(0);
  const replies = await scene.press(ann, button(which, '1'), { on: { chat: 1, message: 77 } });
  expect(messageOf(replies).text).toContain('Saved: 4.');
  expect(revised(replies).map(({ said }) => said)).toEqual([first.said]);
  expect(samples(4)).toBe(1);
  // Now only one is open.
  expect(messageOf(await scene.type(ann, '5')).text).toContain('Saved: 5.');
});

test('who has just tapped ✗ on one of several means that one, until another photo comes', async () => {
  const first = await asked();
  await asked();
  const on = { on: first.said };
  const shown = messageOf(await scene.press(ann, button(first.message, '✗'), on));
  expect(revised(await scene.type(ann, '4')).map(({ said }) => said)).toEqual([first.said]);
  expect(samples(4)).toBe(1);
  const third = await asked();
  expect(messageOf(await scene.type(ann, '5')).text).toContain('Which one is 5?');
  await scene.press(ann, button(third.message, '✗'), { on: third.said });
  await asked();
  expect(messageOf(await scene.type(ann, '5')).text).toContain('Which one is 5?');
  // Whoever goes back has not said which.
  await scene.press(ann, button(third.message, '✗'), { on: third.said });
  await scene.press(ann, button(shown, '‹ back'), on);
  expect(messageOf(await scene.type(ann, '5')).text).toContain('Which one is 5?');
  expect(samples(5)).toBe(0);
});

test('what replies to a photo answers that one', async () => {
  const first = await asked();
  await asked();
  const replies = await scene.type(ann, '4', { repliesTo: `1:${messages - 1}` });
  expect(revised(replies).map(({ said }) => said)).toEqual([first.said]);
});

test('others’ open questions and old ones are not meant', async () => {
  await scene.photo(bob);
  await asked();
  scene.now += 31 * 60_000;
  await asked();
  expect(messageOf(await scene.type(ann, '4')).text).toContain('Saved: 4.');
});

test('a label that one photo cannot be is about the others', async () => {
  await asked({ alphabet: 'latin' });
  await asked();
  expect(messageOf(await scene.type(ann, '%')).text).toContain('Send me a photo');
  await scene.type(ann, 'Q');
  expect(messageOf(await scene.type(ann, '4')).text).toContain('Saved: 4.');
});

test('a line with several photos of several open asks for a reply', async () => {
  scene.reading = readingOf([[0, 1, 2]]);
  await asked();
  await asked();
  expect(messageOf(await scene.type(ann, '123')).text).toContain('Please reply to the one that you mean');
  const replies = await scene.type(ann, '123', { repliesTo: `1:${messages}` });
  expect(messageOf(replies).text).toBe('Saved: 3 answers.');
  expect(revised(replies)[0]?.message.text).toContain('All 3 are saved');
});

test('/undo says what it took back, under the photo, and the photo’s message asks again', async () => {
  const { message, said } = await asked();
  await scene.press(ann, button(message, '✓ 7'), { on: said });
  const replies = await scene.type(ann, '/undo');
  expect(replies[0]).toMatchObject({ kind: 'message', message: { text: 'Taken back: 7.' }, to: { reply: messages } });
  expect(revised(replies)).toMatchObject([{ said, message: { text: message.text } }]);
  expect(revised(replies)[0]?.message.keyboard).toEqual(message.keyboard);
});

test('what is pressed in the photo’s own message changes no other', async () => {
  const { message, said } = await asked();
  const replies = await scene.press(ann, button(message, '✓ 7'), { on: { ...said } });
  expect(replies.map(({ kind }) => kind)).toEqual(['edit', 'sign']);
});
