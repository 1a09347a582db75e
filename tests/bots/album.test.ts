// An album on Discord, with the whole product: one message with its pictures side by side, agreed to apart, answered with one tap, looked at one
// by one, and after a restart as before.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawnJpeg } from '../support/digit-set.ts';
import { startFakeDiscord, type FakeDiscord } from '../support/discord.ts';
import { choicesOf, flags, galleryOf, textOf, type DiscordMessage } from '../support/discord-words.ts';
import { removeDataDir, startProduct, type Product } from '../support/product.ts';

const PATIENCE_MS = 60_000;

describe('an album in a server', { timeout: 120_000 }, () => {
  let discord: FakeDiscord;
  let product: Product;
  const start = async (dataDir?: string): Promise<Product> => {
    const started = await startProduct({
      DISCORD_BOT_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DISCORD_CDN_HOSTS: discord.cdnHost,
      ...(dataDir !== undefined && { DATA_DIR: dataDir }),
    });
    await discord.ready();
    return started;
  };
  beforeAll(async () => {
    discord = await startFakeDiscord();
    product = await start();
  });
  afterAll(async () => {
    await product.stop();
    await discord.close();
    removeDataDir(product.dataDir);
  });

  const buttons = (message: DiscordMessage): readonly string[] => choicesOf(message).map(({ text }) => text);
  const says = (message: DiscordMessage, what: RegExp): Promise<unknown> =>
    discord.until(() => what.test(textOf(message)), `${String(what)} in ${textOf(message)}`, PATIENCE_MS);
  const isOne = (message: DiscordMessage, pictures: number): void => {
    expect([(message.flags & flags.layout) !== 0, message.content, galleryOf(message).length]).toEqual([
      true,
      '',
      pictures,
    ]);
  };

  test('is one message from the first look to the last tap', async () => {
    const channel = discord.addChannel(discord.addGuild('Class 3b'));
    const mia = discord.addUser('en-US');
    const photo = async (digit: string, seed: number) => ({
      bytes: await drawnJpeg(digit, { seed, side: 400 }),
      name: `${digit}.jpg`,
    });
    const files = { image1: await photo('7', 3), image2: await photo('2', 5), image3: await photo('4', 7) };
    const message = await discord.slash({ user: mia, channel, name: 'read', files }).answered(PATIENCE_MS);
    expect(textOf(message)).toMatch(/^I read 3 characters:/);
    isOne(message, 3);
    expect(buttons(message).filter((text) => text.startsWith('✓'))).toEqual(['✓ all right (3)']);

    await product.stop();
    product = await start(product.dataDir);
    // Asked apart, where nobody else sees it; the album stays as it is meanwhile.
    const asked = await discord.press({ user: mia, message, text: '✓ all right (3)' }).notice(PATIENCE_MS);
    expect(textOf(asked)).toMatch(/^Teach me\?/);
    isOne(message, 3);
    discord.press({ user: mia, message: asked, text: 'Agree and save' });
    await says(message, /All 3 are saved/);
    isOne(message, 3);

    // One of them by itself, and back.
    const second = buttons(message)[1] ?? '';
    discord.press({ user: mia, message, text: second });
    await says(message, /^2: /);
    isOne(message, 1);
    const back = buttons(message).find((text) => /all|3/.test(text)) ?? '';
    discord.press({ user: mia, message, text: back });
    await says(message, /All 3 are saved/);
    isOne(message, 3);
    discord.press({ user: mia, message, text: 'undo all' });
    await says(message, /^I read 3 characters:/);
    isOne(message, 3);
    expect(discord.state.violations).toEqual([]);
    expect(product.output()).not.toMatch(/error|warn/i);
  });
});
