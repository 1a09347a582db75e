// A bot for these tests: the real adapter and the real discord.js against the fake server, with a product made of one function.
import { afterEach, onTestFailed } from 'vitest';
import { makeDiscordPlatform } from '../../../bots/discord/platform.ts';
import type { Times } from '../../../bots/discord/deps.ts';
import { makeLog } from '../../../src/log.ts';
import { encodeButton } from '../../../src/chat/buttons.ts';
import type { ChatEvent, ChatPlatform, CommandInfo, Message, Reply } from '../../../src/chat/event.ts';
import type { Suggest } from '../../../src/chat/suggest.ts';
import { languageFor, sayIn, type Language } from '../../../src/words/words.ts';
import { startFakeDiscord, type FakeDiscord } from '../../support/discord.ts';

export const A = 'AAAAAAAAAAAA';
export const B = 'BBBBBBBBBBBB';

export const question = (prediction = A): Message => ({
  text: 'I read 7. Was I right?',
  keyboard: [
    [
      { text: '✓ 7', payload: encodeButton({ do: 'label', prediction, labelId: 7 }), role: 'primary' },
      { text: '1', payload: encodeButton({ do: 'label', prediction, labelId: 1 }) },
    ],
    [{ text: 'not a character', payload: encodeButton({ do: 'reject', prediction }), role: 'danger' }],
  ],
});

export const message = (said: Message): Reply => ({ kind: 'message', message: said });

const infos = (language: Language): readonly CommandInfo[] => {
  const say = sayIn(language);
  return [
    { name: 'help', description: say('command-help'), operatorsOnly: false },
    { name: 'me', description: say('command-me'), operatorsOnly: false, personal: true },
    {
      name: 'alphabet',
      description: say('command-alphabet'),
      operatorsOnly: false,
      argument: {
        name: 'alphabet',
        description: say('command-argument-alphabet-description'),
        offers: 'alphabets',
      },
    },
    { name: 'read', description: say('command-read'), operatorsOnly: false },
    { name: 'stats', description: say('command-stats'), operatorsOnly: true },
  ];
};

export interface Bot {
  readonly discord: FakeDiscord;
  readonly platform: ChatPlatform;
  readonly events: ChatEvent[];
  readonly memory: Map<string, string>;
  /** Lines of the log, as JSON. */
  readonly lines: string[];
}

export interface BotOptions {
  readonly answer?: (event: ChatEvent) => readonly Reply[] | Promise<readonly Reply[]>;
  readonly suggest?: Partial<Suggest>;
  readonly discord?: FakeDiscord;
  readonly fake?: Parameters<typeof startFakeDiscord>[0];
  readonly token?: string;
  readonly learnFromMessages?: boolean;
  readonly times?: Partial<Times>;
  readonly memory?: Map<string, string>;
  /** Whether to wait until it is connected (yes). */
  readonly wait?: boolean;
}

const toClose: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
});

export async function startServer(options: BotOptions['fake'] = {}): Promise<FakeDiscord> {
  const discord = await startFakeDiscord(options);
  toClose.push(() => discord.close());
  return discord;
}

/** Starts a bot, stopped with its server when the test is over. */
export async function startBot(options: BotOptions = {}): Promise<Bot> {
  const discord = options.discord ?? (await startServer(options.fake));
  const events: ChatEvent[] = [];
  const memory = options.memory ?? new Map<string, string>();
  const answer = options.answer ?? (() => [message(question())]);
  const lines: string[] = [];
  onTestFailed(() => console.error(lines.join('\n'), discord.state.violations));
  const log = makeLog('silent');
  for (const level of ['debug', 'info', 'warn', 'error'] as const) {
    log[level] = (...parts: unknown[]) => {
      lines.push(
        JSON.stringify([level, ...parts], (_, value: unknown) =>
          value instanceof Error ? { ...Object.fromEntries(Object.entries(value)), stack: value.stack } : value,
        ),
      );
    };
  }
  const platform = makeDiscordPlatform({
    config: {
      token: options.token ?? discord.token,
      apiUrl: discord.apiUrl,
      learnFromMessages: options.learnFromMessages ?? false,
      cdnHosts: [discord.cdnHost],
    },
    handle: async (event) => {
      events.push(event);
      return answer(event);
    },
    commands: infos,
    suggest: { labels: () => [], alphabets: () => [], inWriting: () => false, ...options.suggest },
    sayTo: ({ language }) => sayIn(languageFor(language)),
    memory: { get: (key) => memory.get(key), set: (key, value) => void memory.set(key, value) },
    log,
    times: { firstRetry: 20, longestRetry: 100, betweenEdits: 100, ...options.times },
  });
  toClose.push(() => platform.stop(1000));
  await platform.start();
  if (options.wait !== false) await discord.until(() => platform.health().state === 'up', 'the bot to be up');
  if (options.wait !== false && !memory.has('unregistered')) await discord.ready();
  return { discord, platform, events, memory, lines };
}

/** The smallest picture there is; the adapter looks at none. */
export const png = Buffer.from('89504e470d0a1a0a', 'hex');
export const photo = { bytes: png };
