// The command menus: everybody's in their language, an operator's with more in it.
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { languages, sayIn } from '../../../src/words/words.ts';
import { startFakeTelegram } from '../../support/telegram.ts';
import { commands, setScene, simple } from './scene.ts';

const everybodys = ['read', ...commands.filter((each) => !each.operatorsOnly).map((each) => each.name)];

test('menus by language and role; an operator who never wrote gets theirs with /start', async () => {
  const fake = await startFakeTelegram();
  const operator = fake.user('Owner', 'uk');
  const { log } = await setScene(simple, {
    fake,
    operators: () => [String(operator.id)],
    commands: (language) => commands.map((each) => ({ ...each, description: `${language} ${each.name}` })),
  });
  await fake.until('the operator to be tried', () =>
    fake.callsOf('setMyCommands').some((call) => call.payload['scope'] !== undefined && call.code === 400),
  );
  expect([...fake.state.commands.keys()].sort()).toEqual(
    languages.map((each) => (each === 'en' ? 'default' : `default:${each}`)).sort(),
  );
  expect(fake.state.commands.get('default')?.map((each) => each.command)).toEqual(everybodys);
  expect(fake.state.commands.get('default:uk')?.[1]?.description).toBe('uk start');

  const chat = fake.private(operator);
  fake.sendText(chat, operator, '/start');
  await fake.until("the operator's menus", () => fake.state.commands.has(`chat:${operator.id}:${languages.at(-1)}`));
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

test('whoever becomes an operator gets the menu at once, and loses it when they are none any more', async () => {
  let operators: readonly string[] = [];
  const fake = await startFakeTelegram();
  const { platform, log } = await setScene(simple, { fake, operators: () => operators });
  const [taras, stranger] = [fake.user('Taras'), fake.user('Stranger')];
  fake.sendText(fake.private(taras), taras, '/help');
  await fake.waitForMessage(fake.private(taras));
  const menus = () => [...fake.state.commands.keys()].filter((key) => key.startsWith('chat:'));

  operators = [String(taras.id), String(stranger.id)];
  await platform.operatorChanged?.(String(taras.id), true);
  expect(menus()).toHaveLength(languages.length);
  expect(fake.state.commands.get(`chat:${taras.id}`)?.map((each) => each.command)).toContain('stats');
  // Nobody can be given a menu before they wrote: theirs comes with /start.
  await platform.operatorChanged?.(String(stranger.id), true);
  expect(menus()).toHaveLength(languages.length);

  operators = [];
  await platform.operatorChanged?.(String(taras.id), false);
  expect(menus()).toEqual([]);
  expect(log.join('')).not.toMatch(/"level":(40|50)/);
});

test('whoever is made an operator and at once none again is left without the menu', async () => {
  let operators: readonly string[] = [];
  const fake = await startFakeTelegram();
  const { platform } = await setScene(simple, { fake, operators: () => operators });
  const taras = fake.user('Taras');
  fake.sendText(fake.private(taras), taras, '/help');
  await fake.waitForMessage(fake.private(taras));

  operators = [String(taras.id)];
  const given = platform.operatorChanged?.(String(taras.id), true);
  await fake.until('the first of their menus', () => fake.state.commands.has(`chat:${taras.id}`));
  operators = [];
  await Promise.all([given, platform.operatorChanged?.(String(taras.id), false)]);
  expect([...fake.state.commands.keys()].filter((key) => key.startsWith('chat:'))).toEqual([]);
});

test('who ceased to be an operator while the bot was away loses the menu at the next start', async () => {
  const remembered = new Map<string, string>();
  const memory = {
    get: (key: string) => remembered.get(key),
    set: (key: string, to: string) => void remembered.set(key, to),
  };
  const fake = await startFakeTelegram();
  const owner = fake.user('Owner');
  fake.sendText(fake.private(owner), owner, '/help');
  const first = await setScene(simple, { fake, memory, operators: () => [String(owner.id)] });
  await fake.until("the operator's menus", () => fake.state.commands.has(`chat:${owner.id}:ja`));
  await first.platform.stop(1000);
  await setScene(simple, { fake, memory });
  await fake.until('them to be gone', () => ![...fake.state.commands.keys()].some((key) => key.startsWith('chat:')));
});

test('the bot describes itself in each language, once until the words change', async () => {
  const fake = await startFakeTelegram();
  const memory = new Map<string, string>();
  const notes = {
    get: (key: string) => memory.get(key),
    set: (key: string, value: string) => void memory.set(key, value),
  };
  await setScene(simple, { fake, memory: notes });
  await fake.until('the descriptions', () => memory.has('profile'));
  for (const language of languages) {
    const of = language === 'en' ? '' : language;
    expect(fake.state.profile.get(`description:${of}`)).toBe(sayIn(language)('telegram-description'));
    expect(fake.state.profile.get(`short_description:${of}`)).toBe(sayIn(language)('telegram-about'));
  }
  expect(fake.callsOf('setMyDescription')).toHaveLength(languages.length);
  const olena = fake.user();
  const again = await startFakeTelegram();
  await setScene(simple, { fake: again, memory: notes });
  again.sendText(again.private(olena), olena, '/help');
  await again.until('the menus', () => again.callsOf('setMyCommands').length >= languages.length);
  expect(again.callsOf('setMyDescription')).toEqual([]);
});

test('the bot gets a picture where it has none, once, and keeps what its owner chose', async () => {
  const memory = new Map<string, string>();
  const notes = {
    get: (key: string) => memory.get(key),
    set: (key: string, value: string) => void memory.set(key, value),
  };
  const fake = await startFakeTelegram();
  const first = await setScene(simple, { fake, memory: notes });
  await fake.until('the picture', () => memory.has('picture'));
  const [picture, ...others] = fake.state.pictures;
  expect(others).toEqual([]);
  const { width, height, format } = await sharp(picture).metadata();
  expect([width, height, format]).toEqual([640, 640, 'jpeg']);
  await first.platform.stop(1000);
  // The owner took it away: it stays away.
  fake.state.pictures.pop();
  const again = await setScene(simple, { fake, memory: notes });
  await fake.until('the menus', () => fake.callsOf('setMyDescription').length > 0);
  await again.platform.stop(1000);
  expect(fake.callsOf('getUserProfilePhotos')).toHaveLength(1);

  const owned = await startFakeTelegram();
  owned.state.pictures.push(Buffer.from('chosen by the owner'));
  const kept = new Map<string, string>();
  await setScene(simple, {
    fake: owned,
    memory: { get: (key) => kept.get(key), set: (key, value) => void kept.set(key, value) },
  });
  await owned.until('the look', () => kept.has('picture'));
  expect(owned.state.pictures.map(String)).toEqual(['chosen by the owner']);
});

test('a server of before descriptions is no worse off', async () => {
  const fake = await startFakeTelegram();
  fake.state.older = true;
  const { log } = await setScene(simple, { fake });
  await fake.until('the menus', () => fake.state.commands.size === languages.length);
  await fake.until('the attempt', () => fake.callsOf('setMyDescription').some(({ code }) => code === 404));
  const olena = fake.user();
  fake.sendText(fake.private(olena), olena, '/help');
  await fake.waitForMessage(fake.private(olena));
  expect(log.join('')).not.toMatch(/"level":(40|50)/);
});
