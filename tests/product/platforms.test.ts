// The whole product with both bots: what a wrong token takes down and what it does not, and the README's first two minutes.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { drawnJpeg } from '../support/digit-set.ts';
import { startFakeDiscord } from '../support/discord.ts';
import { textOf } from '../support/discord-words.ts';
import { inkloop, removeDataDir, startProduct, type Product } from '../support/product.ts';
import { startFakeTelegram } from '../support/telegram.ts';

/** A machine that is busy with something else may take its time. */
/** Nobody has agreed to teach yet. */
const AGREE = 'Agree and save';
const PATIENCE_MS = 50_000;

let product: Product | undefined;
afterEach(async () => {
  await product?.stop();
  if (product !== undefined) removeDataDir(product.dataDir);
  product = undefined;
});

async function servers() {
  const telegram = await startFakeTelegram();
  const discord = await startFakeDiscord();
  onTestFinished(async () => {
    await telegram.close();
    await discord.close();
  });
  return {
    telegram,
    discord,
    env: { ...discord.env, TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot },
  };
}

const readiness = async (running: Product) => {
  const response = await fetch(`${running.url}/readyz`);
  return { status: response.status, text: await response.text() };
};

// Every case starts the product, on machines that may be busy with something else.
describe('a wrong token', { timeout: 300_000 }, () => {
  test.each([
    ['telegram', 'TELEGRAM_BOT_TOKEN', '424242:AAwrongwrongwrongwrongwrongwrong', '@BotFather', 'discord'],
    ['discord', 'DISCORD_BOT_TOKEN', 'MTIz.Gwrong.abcdefghijklmnopqrstuvwxyz', 'discord.com/developers', 'telegram'],
  ] as const)(
    'of %s: one line naming it and where to get one, down in readyz and doctor, the others run',
    async (name, variable, wrong, where, other) => {
      const { telegram, discord, env } = await servers();
      product = await startProduct({ ...env, [variable]: wrong });
      await product.says(`${other}: up`);
      await product.says(`${name}: `);
      const said = product
        .output()
        .split('\n')
        .filter((line) => line.includes(variable));
      expect(said).toHaveLength(1);
      expect(said[0]).toMatch(new RegExp(`^${name}: .*${variable}`));
      expect(said[0]).toContain(where);

      const ready = await readiness(product);
      expect(ready.status).toBe(503);
      expect(ready.text).toContain(variable);
      expect(JSON.parse(ready.text)).toMatchObject({
        parts: { [name]: { state: 'down' }, [other]: { state: 'up' } },
      });

      const photo = await drawnJpeg('7', { seed: 1, side: 300 });
      if (other === 'telegram') {
        const user = telegram.user('Ann', 'en');
        expect((await telegram.waitForReply(telegram.sendPhoto(telegram.private(user), user, photo))).text).toContain(
          '7',
        );
      } else {
        await discord.ready(PATIENCE_MS);
        const run = discord.slash({ user: discord.addUser(), name: 'read', files: { image1: { bytes: photo } } });
        expect(textOf(await run.answered(PATIENCE_MS))).toContain('7');
      }
      expect((await fetch(product.url)).status).toBe(200);

      const doctor = await inkloop(['doctor'], { ...env, [variable]: wrong, DATA_DIR: product.dataDir });
      expect(doctor.code).toBe(1);
      expect(doctor.stdout).toMatch(new RegExp(`✗ ${name}: .*${variable}.*${where}`));
      expect(doctor.stdout).toContain(`✓ ${other}: the token is good`);
      const secret = wrong.slice(-20);
      for (const output of [product.output(), ready.text, doctor.stdout, doctor.stderr])
        expect(output).not.toContain(secret);
    },
  );

  test('doctor tells a platform that cannot be reached from a token that is refused, and tells no token', async () => {
    const { telegram, discord, env } = await servers();
    await telegram.down();
    discord.faults.add('other', { kind: 'error', status: 503 });
    const dataDir = mkdtempSync(`${tmpdir()}/inkloop-doctor-`);
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
    const doctor = await inkloop(['doctor'], { ...env, DATA_DIR: dataDir });
    expect(doctor.code).toBe(1);
    expect(doctor.stdout).toMatch(/✗ telegram: 127\.0\.0\.1:\d+ cannot be reached/);
    expect(doctor.stdout).toMatch(/✗ discord: 127\.0\.0\.1:\d+ answers 503/);
    expect(doctor.stdout + doctor.stderr).not.toContain(telegram.token.split(':')[1]);
    expect(doctor.stdout + doctor.stderr).not.toContain(discord.token);
  });
});

describe('the first two minutes', { timeout: 300_000 }, () => {
  test('who asks for figures learns who they are; in ADMINS they may, and what they add shows in the menus at once', async () => {
    const { telegram, discord, env } = await servers();
    product = await startProduct(env);
    await product.says('telegram: up');
    await product.says('discord: up');
    const [owner, friend] = [telegram.user('Owner', 'en'), telegram.user('Friend', 'uk')];
    const [chat, theirs] = [telegram.private(owner), telegram.private(friend)];
    const asked = async (words: string) => {
      const before = new Set(telegram.said(chat));
      telegram.sendText(chat, owner, words);
      const { text, rich_message: rich } = await telegram.waitForMessage(
        chat,
        (each) => !before.has(each),
        PATIENCE_MS,
      );
      // Figures are a rich message: what stands in its cells counts.
      return text ?? JSON.stringify(rich);
    };
    expect(await asked('/stats')).toContain(`telegram:${owner.id}`);
    await discord.ready(PATIENCE_MS);
    const me = discord.addUser();
    const refused = await discord.slash({ user: me, name: 'stats' }).answered(PATIENCE_MS);
    expect(textOf(refused)).toContain(`discord:${me.id}`);
    telegram.sendText(theirs, friend, '/help');
    await telegram.waitForMessage(theirs, () => true, PATIENCE_MS);

    const { dataDir } = product;
    await product.stop();
    product = await startProduct({ ...env, DATA_DIR: dataDir, ADMINS: `telegram:${owner.id},discord:${me.id}` });
    await product.says('telegram: up');
    expect(await asked('/models')).toContain('▶ digits-1');
    const menu = () => telegram.state.commands.get(`chat:${friend.id}:uk`)?.map(({ command }) => command);
    expect(menu()).toBeUndefined();
    expect(await asked(`/admins add telegram:${friend.id}`)).toContain('is an operator now');
    expect(await telegram.until('their menu', menu, PATIENCE_MS)).toContain('retrain');
    // From one platform to the other: whoever is asked, it is one list.
    const options = { text: `remove telegram:${friend.id}` };
    await discord.slash({ user: me, name: 'admins', options }).answered(PATIENCE_MS);
    await telegram.until('it to be gone', () => menu() === undefined, PATIENCE_MS);
  });
});

test('SIGTERM: whose photo was taken is answered first, and a later tap finds it', async () => {
  const { telegram, discord, env } = await servers();
  product = await startProduct({ ...env, LOG_LEVEL: 'warn' });
  await product.says('telegram: up');
  await product.says('discord: up');
  await discord.ready(PATIENCE_MS);
  const photo = await drawnJpeg('7', { seed: 1, side: 300 });
  const users = Array.from({ length: 6 }, () => telegram.user(undefined, 'en'));
  const sent = users.map((user) => telegram.sendPhoto(telegram.private(user), user, photo));
  const people = Array.from({ length: 6 }, () => discord.addUser());
  const runs = people.map((user) => discord.slash({ user, name: 'read', files: { image1: { bytes: photo } } }));
  await telegram.until(
    'everybody to be seen',
    () => telegram.state.actions.length === 6 && runs.every(({ record }) => record.acknowledged !== undefined),
    PATIENCE_MS,
  );
  const ended = await product.stop();
  expect(ended.code).toBe(0);
  const answers = await Promise.all(sent.map((each) => telegram.waitForReply(each, 100)));
  for (const answer of answers) expect(answer.text).toContain('7');
  for (const run of runs) expect(textOf(await run.answered(100))).toContain('7');

  product = await startProduct({ ...env, DATA_DIR: product.dataDir });
  await discord.ready(PATIENCE_MS);
  const [first] = answers;
  const [button] = telegram.buttons(first!);
  telegram.press(first!, button!.text, users[0]!);
  const asked = (): boolean => telegram.buttons(first!).some(({ text }) => text === AGREE);
  await telegram.until('whether to teach', asked, PATIENCE_MS);
  telegram.press(first!, AGREE, users[0]!);
  await telegram.until('the answer', () => telegram.said(first!.chat)[0]?.text?.includes('Saved'), PATIENCE_MS);
  expect(telegram.said(first!.chat)).toHaveLength(1);
}, 300_000);
