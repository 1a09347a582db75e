// One person with a phone, on each platform in turn: what the same scenario needs to send, see and tap.
import { startFakeDiscord } from '../support/discord.ts';
import { choicesOf, type DiscordMessage } from '../support/discord-words.ts';
import { startFakeTelegram } from '../support/telegram.ts';
import { startProduct, type Product } from '../support/product.ts';

/** A machine that is busy with something else may take its time. */
const PATIENCE_MS = 50_000;
/** Discord's permission to manage a server. */
const MANAGE_SERVER = 1n << 5n;

/** A message of ours as the person sees it. */
export interface Shown {
  text(): string;
  buttons(): readonly string[];
  /** Taps what is written on a button; gives what was said only to who tapped, if anything. Resolves once all was said. */
  tap(button: string): Promise<string | null>;
  /** Taps an answer of who has not agreed to teach; gives the message that asks them: this one, or one that only they see. */
  asks(button: string): Promise<Shown>;
  /** Types as a reply to this message; gives the answer to that. */
  type(text: string): Promise<Shown>;
}

export interface Driver {
  readonly product: Product;
  photo(bytes: Uint8Array, caption?: string): Promise<Shown>;
  /** Says something to the bot that replies to nothing. */
  say(text: string): Promise<Shown>;
  command(name: string, rest?: string): Promise<Shown>;
  /** Has the photo read that somebody else put into a group, where there are groups. */
  readOthers?(bytes: Uint8Array): Promise<Shown>;
  /** Stops the product as an operator does, and starts it again with the same data. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** The person agrees to teach, once and for all tests. */
export async function agree(driver: Driver): Promise<void> {
  const shown = await driver.command('privacy');
  if (shown.buttons().includes('Agree')) await shown.tap('Agree');
}

/** The person takes it back, and is forgotten. */
export async function takeBack(driver: Driver): Promise<void> {
  const shown = await driver.command('privacy');
  if (!shown.buttons().includes('Take it back, forget me')) return;
  await shown.tap('Take it back, forget me');
  await shown.tap('Yes, delete it all');
}

/** Starts the whole product with nothing but this platform's settings. */
export const drivers: Readonly<Record<string, () => Promise<Driver>>> = { telegram, discord, page };

async function restartable(env: Readonly<Record<string, string>>) {
  let product = await startProduct(env);
  return {
    now: () => product,
    async again() {
      await product.stop();
      product = await startProduct({ ...env, DATA_DIR: product.dataDir });
    },
  };
}

async function telegram(): Promise<Driver> {
  const fake = await startFakeTelegram();
  const running = await restartable({ TELEGRAM_BOT_TOKEN: fake.token, TELEGRAM_API_ROOT: fake.apiRoot });
  const user = fake.user('Ann', 'en');
  const privately = fake.private(user);

  const shown = (id: number, chat = privately): Shown => {
    const now = () => {
      const found = fake.said(chat).find((each) => each.message_id === id);
      if (found === undefined) throw new Error('the message is gone');
      return found;
    };
    return {
      text: () => now().text ?? now().caption ?? '',
      buttons: () => fake.buttons(now()).map((button) => button.text),
      async tap(button) {
        // An edit's date is in seconds: what the message looks like says more.
        const looks = (): string => JSON.stringify(now());
        const before = looks();
        const pressed = fake.press(now(), button, user);
        const { text } = await pressed.answer(PATIENCE_MS);
        if (text === '') await fake.until('the edit', () => looks() !== before, PATIENCE_MS);
        return text === '' ? null : text;
      },
      async asks(button) {
        await this.tap(button);
        return this;
      },
      async type(text) {
        const before = new Set(fake.said(chat).map((each) => each.message_id));
        const looks = JSON.stringify(now());
        fake.sendText(chat, user, text, { replyTo: now() });
        // A sign at the photo is thanks enough: then its own message says what was saved.
        const answer = await fake.until(
          'an answer',
          () =>
            fake.said(chat).find((each) => !before.has(each.message_id)) ?? (JSON.stringify(now()) !== looks && now()),
          PATIENCE_MS,
        );
        return shown(answer.message_id, chat);
      },
    };
  };
  const say = async (text: string): Promise<Shown> => {
    const before = new Set(fake.said(privately).map((each) => each.message_id));
    fake.sendText(privately, user, text);
    return shown(
      (await fake.waitForMessage(privately, (each) => !before.has(each.message_id), PATIENCE_MS)).message_id,
    );
  };
  return {
    get product() {
      return running.now();
    },
    photo: async (bytes, caption) => {
      const sent = fake.sendPhoto(privately, user, bytes, caption === undefined ? {} : { caption });
      return shown((await fake.waitForReply(sent, PATIENCE_MS)).message_id);
    },
    say,
    command: (name, rest = '') => say(`/${name} ${rest}`.trim()),
    async readOthers(bytes) {
      const group = fake.group();
      const theirs = fake.sendPhoto(group, fake.user('Ben', 'en'), bytes);
      fake.sendText(group, user, '/read', { replyTo: theirs });
      return shown((await fake.waitForReply(theirs, PATIENCE_MS)).message_id, group);
    },
    restart: () => running.again(),
    async close() {
      await running.now().stop();
      await fake.close();
    },
  };
}

async function discord(): Promise<Driver> {
  const fake = await startFakeDiscord();
  const running = await restartable(fake.env);
  await fake.ready(PATIENCE_MS);
  const user = fake.addUser('en-US');
  const guild = fake.addGuild();
  // Whoever set a server up may change what it reads.
  fake.grant(guild, user, MANAGE_SERVER);
  const channel = fake.addChannel(guild);

  const shown = (id: string): Shown => {
    const now = () => {
      const found = [...fake.replies(channel), ...fake.replies(fake.dmOf(user))].find((each) => each.id === id);
      if (found === undefined) throw new Error('the message is gone');
      return found;
    };
    return {
      text: () => now().content,
      buttons: () => choicesOf(now()).map((each) => each.text),
      async tap(button) {
        const { edits } = now();
        let pressed = fake.press({ user, message: now(), text: button });
        // Who has no keyboard for a label leaves the window empty, and gets the list.
        void pressed.window(PATIENCE_MS).then(
          () => void (pressed = fake.submit(pressed)),
          () => undefined,
        );
        const notice = await Promise.race([
          pressed.notice(PATIENCE_MS).then((message) => message.content),
          fake.until(() => now().edits > edits, 'the edit', PATIENCE_MS).then(() => null),
        ]);
        return notice;
      },
      async asks(button) {
        return shown((await fake.press({ user, message: now(), text: button }).notice(PATIENCE_MS)).id);
      },
      type: (text) => said({ text, to: now() }),
    };
  };
  const said = async (what: { text: string; to?: DiscordMessage; mention?: boolean }): Promise<Shown> => {
    const before = new Set(fake.replies(channel).map((each) => each.id));
    fake.say({ user, channel, ...what });
    const answer = await fake.waitForMessage(
      (each) => each.channel_id === channel.id && !before.has(each.id) && each.author.id !== user.id,
      { timeoutMs: PATIENCE_MS },
    );
    return shown(answer.id);
  };
  return {
    get product() {
      return running.now();
    },
    async photo(bytes, caption) {
      const options = caption === undefined ? {} : { label: caption };
      const run = fake.slash({ user, channel, name: 'read', files: { image1: { bytes } }, options });
      return shown((await run.answered(PATIENCE_MS)).id);
    },
    say: (text) => said({ text, mention: true }),
    async command(name, rest = '') {
      const command = fake.state.commands.find((each) => each.name === name);
      const argument = command?.options[0]?.name;
      const options = rest === '' || argument === undefined ? {} : { [argument]: rest };
      return shown((await fake.slash({ user, channel, name, options }).answered(PATIENCE_MS)).id);
    },
    async readOthers(bytes) {
      const message = fake.say({ user: fake.addUser('en-US'), channel, files: [{ bytes }] });
      const run = fake.contextMenu({ user, channel, name: 'Read handwriting', message });
      return shown((await run.answered(PATIENCE_MS)).id);
    },
    async restart() {
      await running.again();
      await fake.ready(PATIENCE_MS);
    },
    async close() {
      await running.now().stop();
      await fake.close();
    },
  };
}

interface PageMessage {
  readonly text: string;
  readonly keyboard?: readonly (readonly { readonly text: string; readonly payload: string }[])[];
}
type PageReply =
  | { readonly kind: 'message'; readonly id: string; readonly message: PageMessage }
  | { readonly kind: 'edit'; readonly message: PageMessage }
  | { readonly kind: 'notice'; readonly text: string };

async function page(): Promise<Driver> {
  const running = await restartable({});
  let cookie = '';
  const ask = async (path: string, body?: string, type = 'application/json'): Promise<Response> => {
    const headers = { cookie, 'accept-language': 'en', ...(body === undefined ? {} : { 'content-type': type }) };
    const method = body === undefined ? 'GET' : 'POST';
    const response = await fetch(`${running.now().url}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const say = async (path: string, body: object): Promise<readonly PageReply[]> =>
    ((await (await ask(path, JSON.stringify(body))).json()) as { replies: PageReply[] }).replies;
  const arrived = await ask('/chat/session');
  cookie = arrived.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ');

  const first = (replies: readonly PageReply[]): Shown => {
    const found = replies.find((reply) => reply.kind === 'message');
    if (found?.kind !== 'message') throw new Error(`no message: ${JSON.stringify(replies)}`);
    return shown(found);
  };
  /** Every message as it stands now: the page hears of what changed elsewhere. */
  const standing = new Map<string, PageMessage>();
  const leaving = new AbortController();
  const listen = async (): Promise<void> => {
    while (!leaving.signal.aborted) {
      try {
        const response = await fetch(`${running.now().url}/chat/events`, {
          headers: { cookie },
          signal: leaving.signal,
        });
        let text = '';
        for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
          const blocks = (text + chunk).split('\n\n');
          text = blocks.pop() ?? '';
          for (const block of blocks) {
            const data = /^data: (\{.*)$/m.exec(block)?.[1];
            if (data === undefined) continue;
            const { id, message } = JSON.parse(data) as { id: string; message: PageMessage };
            standing.set(id, message);
          }
        }
      } catch {
        // It is being restarted.
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };
  void listen();
  const shown = ({ id, message }: { readonly id: string; readonly message: PageMessage }): Shown => {
    standing.set(id, message);
    const now = (): PageMessage => standing.get(id) ?? message;
    const buttons = () => now().keyboard?.flat() ?? [];
    return {
      text: () => now().text,
      buttons: () => buttons().map((button) => button.text),
      async tap(text) {
        const button = buttons().find((each) => each.text === text);
        if (button === undefined) throw new Error(`no button ${text}`);
        let notice: string | null = null;
        for (const reply of await say('/chat/press', { payload: button.payload, message: id })) {
          if (reply.kind === 'notice') notice = reply.text;
          else if (reply.kind === 'edit') standing.set(id, reply.message);
        }
        return notice;
      },
      async asks(text) {
        await this.tap(text);
        return this;
      },
      type: async (text) => first(await say('/chat/text', { text, about: buttons()[0]?.payload })),
    };
  };
  return {
    get product() {
      return running.now();
    },
    async photo(bytes, caption) {
      const form = new FormData();
      form.set('image', new Blob([Uint8Array.from(bytes)], { type: 'image/jpeg' }), 'photo.jpg');
      if (caption !== undefined) form.set('caption', caption);
      const response = await fetch(`${running.now().url}/chat/photo`, {
        method: 'POST',
        headers: { cookie, 'accept-language': 'en' },
        body: form,
      });
      return first(((await response.json()) as { replies: PageReply[] }).replies);
    },
    say: async (text) => first(await say('/chat/text', { text })),
    command: async (name, rest = '') => first(await say('/chat/text', { text: `/${name} ${rest}`.trim() })),
    restart: () => running.again(),
    async close() {
      leaving.abort();
      await running.now().stop();
    },
  };
}
