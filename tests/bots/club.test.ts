// A club on a Discord server, from an admin's first choice to the decision: the whole product is real, in an alphabet so small that a
// retrain takes seconds. With TEST_PICTURES=FOLDER the pictures it sent are kept there, and what it said.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFakeDiscord, type FakeDiscord } from '../support/discord.ts';
import { choicesOf, textOf, type DiscordMessage } from '../support/discord-words.ts';
import { newDataDir, removeDataDir, startProduct, type Product } from '../support/product.ts';
import { openWorld, teach } from '../support/world.ts';

/** A machine that is busy with something else may take its time. */
const PATIENCE_MS = 60_000;
/** Discord's permission to manage a server. */
const MANAGE_SERVER = 1n << 5n;

describe('a club on a Discord server', { timeout: 240_000 }, () => {
  let discord: FakeDiscord;
  let product: Product;
  const dataDir = newDataDir();
  let owner: ReturnType<FakeDiscord['addUser']>;
  beforeAll(async () => {
    const world = await openWorld(dataDir);
    // What the owner had imported: a hand that draws O as a square, which the model reads as X.
    const key = 'ab'.repeat(16);
    world.app.store.contributors.getOrCreate({ keyHash: key, platform: 'import', at: Date.now() });
    teach(world.app.store, 200, key);
    await world.app.close();
    discord = await startFakeDiscord();
    owner = discord.addUser('en-US');
    const settings = { TRAINING_THREADS: '1', RETRAIN_AFTER: '0', ADMINS: `discord:${owner.id}` };
    product = await startProduct({ ...discord.env, ...settings, DATA_DIR: dataDir });
    await discord.ready(PATIENCE_MS);
  }, 120_000);
  afterAll(async () => {
    await product.stop();
    await discord.close();
    removeDataDir(dataDir);
  });

  let drawn = 0;
  /** An O as this club draws it: a photo of a square, each a little different. */
  async function square() {
    const side = 180 + 4 * (drawn += 1);
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="320"><rect width="100%" height="100%" fill="#f3efe6"/><rect x="50" y="60" width="${side}" height="${side}" fill="none" stroke="#1d2a55" stroke-width="14"/></svg>`;
    return { bytes: await sharp(Buffer.from(svg)).jpeg().toBuffer(), name: 'o.jpg' };
  }

  test('chooses its alphabet, reads, answers for one another, trains, and hears the decision', async () => {
    const guild = discord.addGuild('Calligraphy club');
    const channel = discord.addChannel(guild);
    const [admin, mia, ben] = [discord.addUser('en-US'), discord.addUser('en-US'), discord.addUser('en-GB')];
    discord.grant(guild, admin, MANAGE_SERVER);
    const buttons = (message: DiscordMessage): readonly string[] => choicesOf(message).map(({ text }) => text);
    const becomes = (message: DiscordMessage, what: string | RegExp): Promise<unknown> =>
      discord.until(() => textOf(message).match(what) !== null, `${String(what)} in ${textOf(message)}`, PATIENCE_MS);
    const run = (user: typeof admin, name: string, options: Readonly<Record<string, string>> = {}) =>
      discord.slash({ user, channel, name, options }).answered(PATIENCE_MS);

    // Who sets a server up chooses; a member may not.
    const refused = await run(mia, 'alphabet', { alphabet: 'tiny' });
    expect(textOf(refused)).toContain('Only an admin');
    expect(textOf(await run(admin, 'alphabet', { alphabet: 'tiny' }))).toBe('From now on I read tiny here.');
    const settings = await run(admin, 'settings');
    const anyone = discord.press({ user: admin, message: settings, text: 'anyone' });
    expect(textOf(await anyone.notice(PATIENCE_MS))).toBe('Saved.');
    discord.press({ user: admin, message: settings, text: 'announcements on' });
    await discord.until(() => buttons(settings).includes('✓ announcements on'), 'announcing', PATIENCE_MS);

    // A member by the command, another by a mention.
    const read = await discord
      .slash({ user: mia, channel, name: 'read', files: { image1: await square() } })
      .answered(PATIENCE_MS);
    expect(textOf(read)).toMatch(/^(I read X|Is it X)/);
    const mention = discord.say({ user: ben, channel, text: 'what is this?', mention: true, files: [await square()] });
    const answer = await discord.waitForMessage((each) => each.message_reference?.message_id === mention.id, {
      channel,
      timeoutMs: PATIENCE_MS,
    });
    expect(textOf(answer)).toMatch(/^(I read X|Is it X)/);

    // Ben may answer Mia's; but it is her handwriting, and she has to agree that it teaches.
    const wrong = async (user: typeof admin, message: DiscordMessage) => {
      if (buttons(message).includes('✗')) {
        discord.press({ user, message, text: '✗' });
        await discord.until(() => buttons(message).includes('other…'), 'more', PATIENCE_MS);
      }
      if (!buttons(message).includes('O')) {
        discord.press({ user, message, text: 'other…' });
        await discord.until(() => buttons(message).includes('O'), 'all of them', PATIENCE_MS);
      }
      return discord.press({ user, message, text: 'O' });
    };
    const others = await (await wrong(ben, read)).notice(PATIENCE_MS);
    expect(textOf(others)).toContain('somebody else wrote this. It teaches me only if they agree');
    const asked = await (await wrong(mia, read)).notice(PATIENCE_MS);
    expect(textOf(asked)).toMatch(/^Teach me\?/);
    discord.press({ user: mia, message: asked, text: 'Agree and save' });
    await becomes(read, 'Saved: O');
    // Now that she agreed, he may answer for her, once he agreed to that, too.
    const second = await discord
      .slash({ user: mia, channel, name: 'read', files: { image1: await square() } })
      .answered(PATIENCE_MS);
    const too = await (await wrong(ben, second)).notice(PATIENCE_MS);
    discord.press({ user: ben, message: too, text: 'Agree and save' });
    await becomes(second, 'Saved: O');

    // A member may not train; the owner may, asks for it in private, and sees how it goes on. The club hears of it.
    expect(textOf(await run(mia, 'retrain'))).toContain(`discord:${mia.id}`);
    const training = await discord
      .slash({ user: owner, name: 'retrain', options: { alphabet: 'tiny' } })
      .answered(PATIENCE_MS);
    await becomes(training, /▰.* [1-9]\d* %/);
    await becomes(training, /proven better and answers now/);
    const decision = await discord.waitForMessage((each) => textOf(each).startsWith('tiny: a better model'), {
      channel,
      timeoutMs: PATIENCE_MS,
    });
    expect(decision.onlyFor).toBeUndefined();
    const better = await discord
      .slash({ user: mia, channel, name: 'read', files: { image1: await square() } })
      .answered(PATIENCE_MS);
    expect(textOf(better)).toMatch(/^(I read O|Is it O)/);
    expect(discord.state.violations).toEqual([]);
    keep([...channel.messages.values(), ...discord.dmOf(owner).messages.values()]);
  });

  /** For whoever wants to look. */
  function keep(messages: readonly DiscordMessage[]): void {
    const folder = process.env['TEST_PICTURES'];
    if (folder === undefined) return;
    mkdirSync(folder, { recursive: true });
    const lines = messages.map(
      (message) =>
        `${message.author.username}: ${textOf(message)} [${choicesOf(message)
          .map(({ text }) => text)
          .join(' | ')}]`,
    );
    writeFileSync(join(folder, 'club.txt'), lines.join('\n---\n'));
    for (const [at, { url }] of messages.flatMap(({ attachments }) => attachments).entries()) {
      const bytes = discord.state.files.get(new URL(url).pathname);
      if (bytes !== undefined) writeFileSync(join(folder, `club-${at}.png`), bytes);
    }
  }
});
