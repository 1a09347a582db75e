// What a real server and a real network do on a bad day, and what the bot makes of it.
import { expect, onTestFinished, test } from 'vitest';
import { startFakeTelegram } from '../../support/telegram.ts';
import { photo, question, saved, setScene, simple } from './scene.ts';

const warnings = (log: readonly string[]): readonly string[] =>
  log.filter((line) => /"level":(40|50)/.test(line)).map((line) => (JSON.parse(line) as { msg: string }).msg);

test('a refused token: down, with the remedy, nothing thrown, nothing tried again', async () => {
  const fake = await startFakeTelegram();
  fake.revoke(true);
  const { platform, log } = await setScene(simple, { fake });
  const health = platform.health();
  expect(health.state === 'down' && health.because).toMatch(/TELEGRAM_BOT_TOKEN.*@BotFather/);
  // Whoever started us says it: once is enough.
  expect(warnings(log)).toEqual([]);
  expect(fake.calls.map((call) => call.method)).toEqual(['getMe']);
  expect(log.join('')).not.toContain(fake.token.split(':')[1]);
});

test('a token that is revoked while running takes this platform down, and only that', async () => {
  const { fake, platform, log } = await setScene(simple);
  fake.revoke(true);
  const olena = fake.user();
  fake.sendText(fake.private(olena), olena, '/help');
  await fake.until('it to be down', () => platform.health().state === 'down');
  expect(warnings(log).filter((line) => line.includes('@BotFather'))).toHaveLength(1);
});

test('another process with the same token: told once, and recovered from when it is gone', async () => {
  const fake = await startFakeTelegram();
  fake.fail(
    'getUpdates',
    { kind: 'error', code: 409, description: 'Conflict: terminated by other getUpdates request' },
    4,
  );
  const { platform, log } = await setScene(simple, { fake });
  await fake.until('the conflict', () => platform.health().state === 'down');
  await fake.until('its end', () => platform.health().state === 'up');
  expect(warnings(log)).toEqual([expect.stringMatching(/Another process is using this TELEGRAM_BOT_TOKEN/)]);
  const olena = fake.user();
  await fake.waitForReply(fake.sendPhoto(fake.private(olena), olena, photo));
});

test('two instances with one token take turns: every photo is answered, and the log stays short', async () => {
  const fake = await startFakeTelegram();
  const one = await setScene(simple, { fake });
  const two = await setScene(simple, { fake });
  const olena = fake.user();
  const chat = fake.private(olena);
  for (let i = 0; i < 5; i++) await fake.waitForReply(fake.sendPhoto(chat, olena, photo));
  await two.platform.stop(1000);
  await fake.waitForReply(fake.sendPhoto(chat, olena, photo));
  expect(warnings(one.log).length + warnings(two.log).length).toBeLessThanOrEqual(2);
  expect(one.platform.health().state).toBe('up');
});

test('no network at the start: known to be down, then up when it is there', async () => {
  const fake = await startFakeTelegram();
  await fake.down();
  const { platform } = await setScene(simple, { fake });
  expect(platform.health()).toMatchObject({
    state: 'down',
    because: expect.stringMatching(/cannot be reached.*ECONNREFUSED/),
  });
  await fake.up();
  await fake.until('the network', () => platform.health().state === 'up');
});

test('the network goes and comes back: what was sent meanwhile is answered', async () => {
  const { fake, platform, log } = await setScene(simple);
  await fake.down();
  await fake.until('the loss', () => platform.health().state === 'down');
  const olena = fake.user();
  const sent = fake.sendPhoto(fake.private(olena), olena, photo);
  await fake.up();
  await fake.waitForReply(sent);
  expect(platform.health().state).toBe('up');
  // Menus that were just being set may be lost with it, which is told apart.
  expect(warnings(log).filter((line) => line.includes('cannot be reached'))).toHaveLength(1);
  expect(log.join('')).toContain('connected again');
});

test('a poll that breaks off once is no news', async () => {
  const { fake, platform, log } = await setScene(simple, { timing: { pollSeconds: 1 } });
  fake.fail('getUpdates', { kind: 'drop', when: 'before' });
  await fake.until('the break', () => fake.callsOf('getUpdates').some((call) => call.code === 0));
  expect(platform.health().state).toBe('up');
  const olena = fake.user();
  await fake.waitForReply(fake.sendPhoto(fake.private(olena), olena, photo));
  expect(warnings(log)).toEqual([]);
});

test('a reply that meets 429, a dropped connection or 5xx is sent in the end', async () => {
  const { fake } = await setScene(simple);
  const olena = fake.user();
  const chat = fake.private(olena);
  fake.fail('sendMessage', { kind: 'error', code: 429, retryAfter: 1 });
  const before = Date.now();
  await fake.waitForReply(fake.sendPhoto(chat, olena, photo));
  expect(Date.now() - before).toBeGreaterThanOrEqual(1000);
  fake.fail('sendMessage', { kind: 'drop', when: 'before' });
  fake.fail('sendMessage', { kind: 'garbage' });
  await fake.waitForReply(fake.sendPhoto(chat, olena, photo));
  fake.fail('sendMessage', { kind: 'error', code: 502, description: 'Bad Gateway' });
  await fake.waitForReply(fake.sendPhoto(chat, olena, photo));
  fake.fail('answerCallbackQuery', { kind: 'drop', when: 'before' });
  const answer = fake.said(chat).at(-1);
  if (answer === undefined) throw new Error('nothing was said');
  await fake.press(answer, '✓ 7', olena).answer();
  expect(fake.said(chat)).toHaveLength(3);
});

test('a call that never returns is given up and made again', async () => {
  const { fake } = await setScene(simple, { timing: { requestSeconds: 1.5, pollSeconds: 1 } });
  fake.fail('sendMessage', { kind: 'hang' });
  const olena = fake.user();
  await fake.waitForReply(fake.sendPhoto(fake.private(olena), olena, photo));
});

test('a missing acknowledgement keeps no answer back', async () => {
  const { fake } = await setScene(simple);
  fake.fail('sendChatAction', { kind: 'hang' }, 3);
  const olena = fake.user();
  await fake.waitForReply(fake.sendPhoto(fake.private(olena), olena, photo));
});

test('an update delivered twice is answered once', async () => {
  const { fake, events } = await setScene(simple);
  const olena = fake.user();
  const chat = fake.private(olena);
  fake.sendText(chat, olena, 'ї');
  const [update] = fake.updates.pending();
  if (update === undefined) throw new Error('nothing was sent');
  await fake.waitForMessage(chat);
  fake.updates.redeliver(update);
  fake.sendText(chat, olena, 'end');
  await fake.waitForMessage(chat, (each) => each.text?.startsWith('text end') === true);
  expect(events).toHaveLength(2);
});

test('a chat that blocked the bot, threw it out or is no more is gone; other failures are told apart', async () => {
  const { fake, platform, log } = await setScene(simple);
  const olena = fake.user();
  const chat = fake.private(olena);
  const answer = await fake.waitForReply(fake.sendPhoto(chat, olena, photo));
  expect(await platform.send({ chat: olena.id, reply: 1 }, { text: 'A better model!' })).toBe('sent');
  expect(fake.said(chat)[1]).toMatchObject({ text: 'A better model!', reply_to_message: { message_id: 1 } });
  expect(await platform.send({ chat: olena.id, reply: 999 }, { text: 'The photo is gone' })).toBe('sent');

  expect(await platform.send({ chat: 31337 }, question)).toBe('gone');
  expect(await platform.send({ somewhere: 'else' }, question)).toBe('gone');
  fake.forbid(chat, 'bot was blocked by the user');
  expect(await platform.send({ chat: olena.id }, question)).toBe('gone');
  fake.press(answer, '✓ 7', olena);
  await fake.until('the press', () => fake.callsOf('answerCallbackQuery').length > 0);
  expect(warnings(log)).toEqual([]);

  fake.fail('sendMessage', { kind: 'drop', when: 'before' }, 3);
  const failed = await platform.send({ chat: olena.id }, question).catch((error: unknown) => error);
  expect(failed).toMatchObject({ name: 'OperationalError' });
  expect(JSON.stringify(failed, Object.getOwnPropertyNames(failed))).not.toContain(fake.token);
});

test('a group that became a supergroup is found where it went', async () => {
  const { fake, platform } = await setScene(simple);
  const group = fake.group();
  fake.fail('sendMessage', {
    kind: 'error',
    code: 400,
    description: 'Bad Request: group chat was upgraded to a supergroup chat',
    movedTo: group.id,
  });
  expect(await platform.send({ chat: -42 }, question)).toBe('sent');
  expect(fake.said(group)).toHaveLength(1);
});

test('stop finishes what is in hand, confirms it, and takes nothing more', async () => {
  let finish: () => void = () => {};
  const slow = new Promise<void>((resolve) => (finish = resolve));
  const { fake, platform } = await setScene(async (event) => {
    await slow;
    return simple(event);
  });
  const olena = fake.user();
  const chat = fake.private(olena);
  const sent = fake.sendPhoto(chat, olena, photo);
  await fake.until('the download', () => fake.callsOf('file').length === 1);
  const stopped = platform.stop(5000);
  const late = fake.sendText(chat, olena, '/help');
  finish();
  await stopped;
  expect(fake.said(chat).map((each) => each.reply_to_message?.message_id)).toEqual([sent.message_id]);
  expect(fake.updates.pending()).toMatchObject([{ message: { message_id: late.message_id } }]);

  // Whoever comes next gets what is left, and nothing twice.
  const { events } = await setScene(simple, { fake });
  await fake.until('the late word', () => events.length === 1);
  expect(events).toMatchObject([{ kind: 'command', name: 'help' }]);
});

test('stop does not wait beyond its time', async () => {
  const never = new Promise<never>(() => {});
  const { fake, platform } = await setScene(() => never);
  const olena = fake.user();
  fake.sendPhoto(fake.private(olena), olena, photo);
  await fake.until('the download', () => fake.callsOf('file').length === 1);
  await platform.stop(200);
});

test('stop while Telegram cannot be reached', async () => {
  const fake = await startFakeTelegram();
  await fake.down();
  const { platform } = await setScene(simple, { fake, timing: { backoff: { first: 60_000, most: 60_000 } } });
  // Longer than a test may take: whoever waited for it would fail.
  await platform.stop(600_000);
  onTestFinished(() => fake.close());
});

test('what was done though its answer was lost is not undone, nor told as an error, when it is done again', async () => {
  const { fake, log, events } = await setScene(simple);
  const olena = fake.user();
  const answer = await fake.waitForReply(fake.sendPhoto(fake.private(olena), olena, photo));
  fake.fail('editMessageText', { kind: 'drop', when: 'after' });
  fake.fail('answerCallbackQuery', { kind: 'drop', when: 'after' });
  fake.press(answer, '✓ 7', olena);
  await fake.until('both to be repeated', () =>
    ['editMessageText', 'answerCallbackQuery'].every((method) => fake.callsOf(method).length === 2),
  );
  expect(answer.text).toBe(saved.text);
  expect(events.filter((event) => event.kind === 'press')).toHaveLength(1);
  expect(warnings(log)).toEqual([]);
});
