// Two hundred people at once: everybody gets their own answers, every tap is counted once, nothing is lost.
import { expect, test } from 'vitest';
import type { HandleEvent } from '../../../src/recognition/chat.ts';
import { photo, right, setScene } from './scene.ts';

const PEOPLE = 200;
const PHOTOS = 2;

test('each photo of each person is answered once, to them, and each tap is heard once', async () => {
  const taps = new Map<string, number>();
  const handle: HandleEvent = async (event) => {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 4));
    if (event.kind === 'press') {
      const tap = `${event.person.id} on ${event.address['reply']}`;
      taps.set(tap, (taps.get(tap) ?? 0) + 1);
      return [{ kind: 'edit', message: { text: `saved for ${event.person.id}` } }];
    }
    const number = event.kind === 'photo' ? event.caption : undefined;
    const keyboard = [[{ text: '✓', payload: right }]];
    return [{ kind: 'message', message: { text: `${event.person.id} sent ${number}`, keyboard } }];
  };
  // Who gets what is asked here, not how fast: on a crowded machine a download can outlast its usual 15 seconds.
  const { fake, log } = await setScene(handle, { timing: { downloadMs: 120_000 } });
  const people = Array.from({ length: PEOPLE }, () => fake.user());
  const sent = people.flatMap((user) =>
    Array.from({ length: PHOTOS }, (_, index) => ({
      user,
      number: `${index}`,
      message: fake.sendPhoto(fake.private(user), user, photo, { caption: `${index}` }),
    })),
  );
  const count = (): number => people.reduce((sum, user) => sum + fake.said(fake.private(user)).length, 0);
  const calls = (method: string): number => fake.callsOf(method).filter((call) => call.code === 200).length;
  await fake.until('all answers', () => calls('sendMessage') === sent.length, 100_000);
  for (const { user, number, message } of sent) {
    const answer = await fake.waitForReply(message);
    expect(answer.text).toBe(`${user.id} sent ${number}`);
    fake.press(answer, '✓', user);
  }
  await fake.until('all taps', () => calls('answerCallbackQuery') === sent.length, 100_000);
  await fake.until('all edits', () => calls('editMessageText') === sent.length, 100_000);
  for (const user of people) {
    for (const answer of fake.said(fake.private(user))) expect(answer.text).toBe(`saved for ${user.id}`);
  }
  expect([...taps.values()]).toEqual(Array<number>(sent.length).fill(1));
  expect(count()).toBe(sent.length);
  expect(log.join('')).not.toMatch(/"level":(40|50)/);
}, 240_000);
