// In a group, what concerns one member is said to them alone; where Telegram cannot do that, all is as it was.
import { expect, test } from 'vitest';
import type { HandleEvent, Message } from '../../../src/chat/event.ts';
import { photo, right, saved, setScene, simple, undo } from './scene.ts';

const consent: Message = { text: 'Teach me?', keyboard: [[{ text: 'Agree and save', payload: undo }]] };

/** ✓ asks for consent first, apart; agreeing says so in its place and, for all, in the photo's message. */
const asking: HandleEvent = (event) => {
  if (event.kind !== 'press') return simple(event);
  return Promise.resolve(
    event.payload === right
      ? [{ kind: 'edit', message: consent, alone: true }]
      : [{ kind: 'edit', message: { text: 'Thank you!' } }],
  );
};

async function club(older = false) {
  const scene = await setScene(asking);
  const { fake } = scene;
  if (older) fake.state.older = true;
  const [olena, taras] = [fake.user('Olena'), fake.user('Taras')];
  const group = fake.group();
  fake.sendText(group, taras, 'hello');
  return { ...scene, olena, taras, group };
}

test('the answer to a personal command is seen by who asked, and by nobody else', async () => {
  const { fake, group, olena, taras } = await club();
  fake.sendText(group, olena, '/me@inkloop_bot');
  await fake.until('the whisper', () => fake.whispered(group, olena).length === 1);
  expect(fake.whispered(group, olena)[0]?.text).toBe('command me');
  fake.sendText(group, taras, '/help@inkloop_bot');
  await fake.waitForMessage(group, ({ text }) => text === 'command help');
  expect(fake.whispered(group, taras)).toEqual([]);
  expect(fake.said(group)).toHaveLength(1);
});

test('who is asked whether they agree is asked alone, answers there, and the question stays for the others', async () => {
  const { fake, group, olena, log } = await club();
  const answer = await fake.waitForReply(fake.sendPhoto(group, olena, photo, { caption: '@inkloop_bot' }));
  const before = answer.text;
  await fake.press(answer, '✓ 7', olena).answer();
  await fake.until('the question', () => fake.whispered(group, olena).length === 1);
  const [question] = fake.whispered(group, olena);
  if (question === undefined) throw new Error('nothing was asked');
  expect([question.text, answer.text]).toEqual(['Teach me?', before]);
  await fake.press(question, 'Agree and save', olena).answer();
  await fake.until('thanks', () => question.text === 'Thank you!');
  expect(fake.said(group)).toHaveLength(1);
  expect(log.join('')).not.toMatch(/"level":(40|50)/);
});

test('an older server: taken back, said as ever, and not tried again', async () => {
  const { fake, group, olena } = await club(true);
  const sent = fake.sendText(group, olena, '/me@inkloop_bot');
  const answer = await fake.waitForReply(sent);
  await fake.until('the first to be gone', () => fake.said(group).length === 1 && fake.said(group)[0] === answer);
  await fake.waitForReply(fake.sendText(group, olena, '/me@inkloop_bot'));
  expect(fake.callsOf('deleteMessage')).toHaveLength(1);
  const asked = await fake.waitForReply(fake.sendPhoto(group, olena, photo, { caption: '@inkloop_bot' }));
  fake.press(asked, '✓ 7', olena);
  await fake.until('the question in its place', () => asked.text === 'Teach me?');
  expect(saved.text).not.toBe(asked.text);
});

test('a chat in which it is refused is answered as ever', async () => {
  const { fake, group, olena } = await club();
  fake.fail('sendMessage', {
    kind: 'error',
    code: 400,
    description: 'Bad Request: ephemeral messages are not allowed',
  });
  const answer = await fake.waitForReply(fake.sendText(group, olena, '/me@inkloop_bot'));
  expect(answer.text).toBe('command me');
});

test('alone with the bot nothing is different', async () => {
  const { fake, olena } = await club();
  const chat = fake.private(olena);
  fake.sendText(chat, olena, '/me');
  await fake.waitForMessage(chat, ({ text }) => text === 'command me');
});
