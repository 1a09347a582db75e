// The command menus: everybody's in their language, an operator's with more in it.
import { expect, test } from 'vitest';
import { startFakeTelegram } from '../../support/telegram.ts';
import { commands, setScene, simple } from './scene.ts';

const everybodys = ['read', ...commands.filter((each) => !each.operatorsOnly).map((each) => each.name)];

test('menus by language and role; an operator who never wrote gets theirs with /start', async () => {
  const fake = await startFakeTelegram();
  const operator = fake.user('Owner', 'uk');
  const { log } = await setScene(simple, {
    fake,
    operators: [String(operator.id)],
    commands: (language) => commands.map((each) => ({ ...each, description: `${language} ${each.name}` })),
  });
  await fake.until('the operator to be tried', () =>
    fake.callsOf('setMyCommands').some((call) => call.payload['scope'] !== undefined && call.code === 400),
  );
  expect([...fake.state.commands.keys()].sort()).toEqual(['default', 'default:ja', 'default:uk']);
  expect(fake.state.commands.get('default')?.map((each) => each.command)).toEqual(everybodys);
  expect(fake.state.commands.get('default:uk')?.[1]?.description).toBe('uk start');

  const chat = fake.private(operator);
  fake.sendText(chat, operator, '/start');
  await fake.until("the operator's menus", () => fake.state.commands.has(`chat:${operator.id}:ja`));
  expect(fake.state.commands.get(`chat:${operator.id}`)?.map((each) => each.command)).toContain('stats');
  expect(log.join('')).not.toMatch(/"level":(40|50)/);
});

test('menus that cannot be set keep nobody from talking', async () => {
  const fake = await startFakeTelegram();
  fake.fail('setMyCommands', { kind: 'error', code: 400, description: 'Bad Request: BOT_COMMAND_INVALID' }, 9);
  await setScene(simple, { fake });
  const olena = fake.user();
  fake.sendText(fake.private(olena), olena, '/help');
  await fake.waitForMessage(fake.private(olena));
});
