// The whole product with both bots: what a wrong token takes down and what it does not, and the README's first two minutes.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { drawnJpeg } from '../support/digit-set.ts';
import { startFakeDiscord } from '../support/discord.ts';
import { textOf } from '../support/discord-words.ts';
import { inkloop, removeDataDir, startProduct, type Product } from '../support/product.ts';
import { startFakeTelegram } from '../support/telegram.ts';

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

describe('a wrong token', () => {
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
        await discord.ready();
        const run = discord.slash({ user: discord.addUser(), name: 'read', files: { image1: { bytes: photo } } });
        expect(textOf(await run.answered())).toContain('7');
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
