// Two hundred people at once: everybody gets their own answers, every tap is counted once, nothing is lost.
import { expect, test } from 'vitest';
import type { HandleEvent } from '../../../src/chat/event.ts';
import { makeRandom } from '../../../src/random.ts';
import { photo, right, setScene, simple } from './scene.ts';

const PEOPLE = 200;
const PHOTOS = 2;

test('each photo of each person is answered once, to them, and each tap is heard once', async () => {
  const taps = new Map<string, number>();
  const random = makeRandom(200);
  const handle: HandleEvent = async (event) => {
    await new Promise((resolve) => setTimeout(resolve, random.between(0, 4)));
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
  const calls = (method: string): number => fake.callsOf(method).filter((call) => call.code === 200).length;
  for (let round = 1; round <= PHOTOS; round++) {
    const sent = people.map((user) => ({
      user,
      message: fake.sendPhoto(fake.private(user), user, photo, { caption: `${round}` }),
    }));
    await fake.until('all answers', () => calls('sendMessage') === round * PEOPLE, 100_000);
    for (const { user, message } of sent) {
      const answer = await fake.waitForReply(message);
      expect(answer.text).toBe(`${user.id} sent ${round}`);
      fake.press(answer, '✓', user);
    }
    await fake.until('all taps', () => calls('answerCallbackQuery') === round * PEOPLE, 100_000);
    await fake.until('all edits', () => calls('editMessageText') === round * PEOPLE, 100_000);
  }
  for (const user of people) {
    const said = fake.said(fake.private(user)).map(({ text }) => text);
    expect(said).toEqual(Array<string>(PHOTOS).fill(`saved for ${user.id}`));
  }
  expect([...taps.values()]).toEqual(Array<number>(PHOTOS * PEOPLE).fill(1));
  expect(log.join('')).not.toMatch(/"level":(40|50)/);
}, 240_000);

test('more photos than can wait: everybody sees at once that theirs is taken, or that it is too much', async () => {
  let read: () => void = () => {};
  const nothingIsRead = new Promise<void>((resolve) => (read = resolve));
  const { fake } = await setScene(async (event) => {
    await nothingIsRead;
    return simple(event);
  });
  const people = Array.from({ length: 300 }, () => fake.user());
  const sent = people.map((user) => fake.sendPhoto(fake.private(user), user, photo));
  const busy = (): number => fake.callsOf('sendMessage').filter(({ code }) => code === 200).length;
  await fake.until('everybody to know', () => fake.state.actions.length + busy() === 300);
  expect([fake.state.actions.length, busy()]).toEqual([256, 44]);
  read();
  for (const each of sent) expect((await fake.waitForReply(each)).text).toMatch(/^(I read 7|Busy, one moment)/);
  // There is room again for who was sent away.
  const last = people.at(-1)!;
  expect((await fake.waitForReply(fake.sendPhoto(fake.private(last), last, photo))).text).toMatch(/^I read 7/);
}, 60_000);

test('a flood of words from one chat is passed over beyond what a person can mean, and holds nobody up', async () => {
  let speak: () => void = () => {};
  const silence = new Promise<void>((resolve) => (speak = resolve));
  const { fake, events } = await setScene(async (event) => {
    if (event.kind === 'text') await silence;
    return simple(event);
  });
  const [flooder, olena] = [fake.user('Flood'), fake.user('Olena')];
  for (let count = 0; count < 500; count++) fake.sendText(fake.private(flooder), flooder, 'spam');
  await fake.waitForReply(fake.sendPhoto(fake.private(olena), olena, photo));
  speak();
  await fake.until('the flood to be over', () => fake.said(fake.private(flooder)).length === 40);
  expect(events.filter(({ kind }) => kind === 'text')).toHaveLength(40);
});
