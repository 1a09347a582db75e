// A photo goes in, an answer comes out, a press changes it: with the real grammY against a fake Telegram.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { MAX_BYTES } from '../../../src/glyph/inspect.ts';
import { sayIn } from '../../../src/words/words.ts';
import { photo, png, question, right, saved, setScene, simple } from './scene.ts';

test('a photo is answered with buttons, quoting it; a press edits the answer in place', async () => {
  const { fake, platform, events } = await setScene(simple);
  expect(platform.health()).toEqual({ state: 'up' });
  const olena = fake.user('Olena', 'uk');
  const sent = fake.sendPhoto(fake.private(olena), olena, photo);
  const answer = await fake.waitForReply(sent);
  expect(answer.text).toBe(question.text);
  expect(fake.buttons(answer)).toEqual([{ text: '✓ 7', callback_data: right, style: 'success' }]);
  expect(events).toMatchObject([
    {
      kind: 'photo',
      person: { platform: 'telegram', id: String(olena.id), language: 'uk' },
      chat: { kind: 'private' },
      address: { chat: olena.id, reply: sent.message_id },
      key: `${olena.id}:${sent.message_id}`,
    },
  ]);
  const [first] = events;
  expect(first?.kind === 'photo' && Buffer.from(first.bytes).equals(photo)).toBe(true);

  const pressed = fake.press(answer, '✓ 7', olena);
  expect(await pressed.answer()).toEqual({ text: '', alert: false });
  await fake.until('the edit', () => answer.text === saved.text);
  expect(fake.buttons(answer).map((button) => button.text)).toEqual(['undo']);
  expect(fake.said(sent.chat)).toHaveLength(1);
  expect(events[1]).toMatchObject({
    kind: 'press',
    payload: right,
    address: { chat: olena.id, reply: sent.message_id },
  });
});

test('a photo is acknowledged before it is answered', async () => {
  const { fake } = await setScene(simple);
  const olena = fake.user();
  await fake.waitForReply(fake.sendPhoto(fake.private(olena), olena, photo));
  expect(fake.state.actions).toEqual([{ chat: olena.id, action: 'typing' }]);
});

test('an image sent as a file is read, and its caption handed on', async () => {
  const { fake, events } = await setScene(simple);
  const olena = fake.user();
  const options = { name: 'seven.png', mime: 'image/png', caption: ' 7 ' };
  await fake.waitForReply(fake.sendDocument(fake.private(olena), olena, photo, options));
  expect(events).toMatchObject([{ kind: 'photo', caption: '7' }]);
});

test('an album is one photo with others, under its first; its caption may stand anywhere', async () => {
  const { fake, events } = await setScene(simple);
  const olena = fake.user();
  const chat = fake.private(olena);
  const album = [0, 1, 2].map((at) =>
    fake.sendPhoto(chat, olena, photo, { album: 'a1', ...(at === 1 && { caption: '314' }) }),
  );
  const whole = Array.from({ length: 10 }, () => fake.sendPhoto(chat, olena, photo, { album: 'a2' }));
  await fake.waitForReply(album[0] ?? never());
  await fake.waitForReply(whole[0] ?? never());
  // One that comes late is another.
  await fake.waitForReply(fake.sendPhoto(chat, olena, photo, { album: 'a1' }));
  expect(fake.said(chat)).toHaveLength(3);
  expect(events.map((event) => event.kind === 'photo' && [event.further?.length, event.caption])).toEqual([
    // Ten are whole at once.
    [9, undefined],
    [2, '314'],
    [undefined, undefined],
  ]);
});

test('an album of which a photo cannot be got says so, and answers the others', async () => {
  const { fake, events } = await setScene(simple);
  const olena = fake.user();
  const chat = fake.private(olena);
  const first = fake.sendPhoto(chat, olena, photo, { album: 'a1' });
  fake.sendDocument(chat, olena, photo, { name: 'x.png', mime: 'image/png', size: 21 * 1024 * 1024, album: 'a1' });
  fake.sendPhoto(chat, olena, photo, { album: 'a1' });
  await fake.waitForReply(first);
  await fake.until('both sentences', () => fake.said(chat).length === 2);
  expect(fake.said(chat)[0]?.text).toContain('too large');
  expect(events).toMatchObject([{ kind: 'photo', further: [expect.anything()] }]);
});

function never(): never {
  throw new Error('there is a first');
}

test('what is in doubt is shown as it was cut out, and stays when it was answered', async () => {
  const glyph = { png: () => png, alt: 'The character as I saw it', role: 'glyph', inDoubt: true } as const;
  const { fake, platform } = await setScene((event) =>
    event.kind === 'photo'
      ? Promise.resolve([{ kind: 'message', message: { ...question, pictures: [glyph] } }])
      : simple(event),
  );
  const olena = fake.user();
  const answer = await fake.waitForReply(fake.sendPhoto(fake.private(olena), olena, photo));
  expect(answer).toMatchObject({ caption: question.text, photo: expect.anything() });
  await fake.press(answer, '✓ 7', olena).answer();
  await fake.until('the edit', () => answer.caption === saved.text);
  expect(answer.photo).toBeDefined();
  // Known by no more than what it is called.
  expect(await platform.revise({ chat: olena.id, message: answer.message_id }, question)).toBe('edited');
  expect(answer.caption).toBe(question.text);
});

test('several glyphs of one photo are answered with their pictures, so that it shows which is which', async () => {
  const { fake } = await setScene(() =>
    Promise.resolve([
      { kind: 'message', message: question },
      { kind: 'message', message: { ...question, text: 'And the second?' } },
    ]),
  );
  const olena = fake.user();
  const chat = fake.private(olena);
  fake.sendPhoto(chat, olena, photo);
  await fake.waitForMessage(chat, (each) => each.caption === 'And the second?');
  expect(fake.said(chat).map((each) => [each.caption, each.photo !== undefined])).toEqual([
    [question.text, true],
    ['And the second?', true],
  ]);
});

test('a file over 20 MB is refused in a sentence, without asking for it', async () => {
  const { fake, events } = await setScene(simple);
  const olena = fake.user();
  const sent = fake.sendDocument(fake.private(olena), olena, photo, { size: MAX_BYTES + 1 });
  expect((await fake.waitForReply(sent)).text).toMatch(/too large: 20 MB/);
  expect(fake.callsOf('getFile')).toHaveLength(0);
  expect(events).toHaveLength(0);
});

test('a file that is larger than it says is not swallowed whole', async () => {
  const { fake, events } = await setScene(simple);
  const olena = fake.user();
  const sent = fake.sendDocument(fake.private(olena), olena, new Uint8Array(MAX_BYTES + 1), { size: 1000 });
  expect((await fake.waitForReply(sent)).text).toMatch(/too large: 20 MB/);
  expect(events).toHaveLength(0);
});

test('a download that fails is tried again', async () => {
  const { fake, events } = await setScene(simple);
  fake.fail('file', { kind: 'drop', when: 'before' });
  fake.fail('file', { kind: 'error', code: 500 });
  const olena = fake.user();
  await fake.waitForReply(fake.sendPhoto(fake.private(olena), olena, photo));
  expect(events).toHaveLength(1);
  expect(fake.callsOf('file').map((call) => call.code)).toEqual([0, 500, 200]);
});

test('a download that leads elsewhere is not followed: the address holds the token', async () => {
  const { fake, events, log } = await setScene(simple);
  let followed = false;
  const elsewhere = createServer((_, response) => {
    followed = true;
    response.end('stolen');
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void elsewhere.close());
  const { port } = elsewhere.address() as AddressInfo;
  fake.fail('file', { kind: 'redirect', to: `http://127.0.0.1:${port}/` }, 9);
  const olena = fake.user();
  const sent = fake.sendPhoto(fake.private(olena), olena, photo);
  expect((await fake.waitForReply(sent)).text).toBe(sayIn('en')('photo-not-fetched'));
  expect([followed, events.length]).toEqual([false, 0]);
  expect(log.join('')).not.toContain(fake.token.split(':')[1]);
});

test('a download that has no end is cut off at 20 MB', async () => {
  const { fake, events } = await setScene(simple);
  fake.fail('file', { kind: 'endless' });
  const olena = fake.user();
  const sent = fake.sendDocument(fake.private(olena), olena, photo);
  expect((await fake.waitForReply(sent)).text).toMatch(/too large: 20 MB/);
  expect(events).toHaveLength(0);
});

test('a call for the file’s address that never returns is given up with the download', async () => {
  const { fake } = await setScene(simple, { timing: { downloadMs: 100 } });
  fake.fail('getFile', { kind: 'hang' }, 9);
  const olena = fake.user();
  const sent = fake.sendPhoto(fake.private(olena), olena, photo);
  expect((await fake.waitForReply(sent)).text).toBe(sayIn('en')('photo-not-fetched'));
});

test('a download that never comes is given up in a sentence, and no log line holds the token', async () => {
  const { fake, events, log } = await setScene(simple, { timing: { downloadMs: 100 } });
  fake.fail('file', { kind: 'hang' }, 9);
  const olena = fake.user();
  const sent = fake.sendPhoto(fake.private(olena), olena, photo);
  expect((await fake.waitForReply(sent)).text).toBe(sayIn('en')('photo-not-fetched'));
  expect(events).toHaveLength(0);
  expect(log.join('')).toMatch(/could not be fetched from Telegram \(it took too long\)/);
  expect(log.join('')).not.toContain(fake.token.split(':')[1]);
});

test('what the product throws is said in a sentence, and the next photo is read', async () => {
  let broken = true;
  const { fake } = await setScene((event) => {
    if (broken) throw new Error('a bug');
    return simple(event);
  });
  const olena = fake.user();
  const chat = fake.private(olena);
  expect((await fake.waitForReply(fake.sendPhoto(chat, olena, photo))).text).toMatch(/went wrong on my side/);
  broken = false;
  expect((await fake.waitForReply(fake.sendPhoto(chat, olena, photo))).text).toBe(question.text);
});

test('who sends far too many photos at once is asked to wait, once, while others are served', async () => {
  const { fake } = await setScene(async (event) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return simple(event);
  });
  const flooder = fake.user('Flood');
  const olena = fake.user('Olena');
  const flood = fake.private(flooder);
  for (let i = 0; i < 60; i++) fake.sendPhoto(flood, flooder, photo);
  await fake.waitForReply(fake.sendPhoto(fake.private(olena), olena, photo));
  await fake.until('the flood to be over', () => fake.updates.pending().length === 0);
  await fake.until('forty answers', () => fake.said(flood).filter((each) => each.text === question.text).length >= 40);
  expect(fake.said(flood).filter((each) => each.text?.startsWith('Busy'))).toHaveLength(1);
});
