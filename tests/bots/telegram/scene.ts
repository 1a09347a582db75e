// A platform under test with a fake Telegram around it: short waits, a log that is kept, and a product played by the test.
import { onTestFinished } from 'vitest';
import { makeTelegramPlatform, type TelegramDeps, type TelegramPlatform } from '../../../bots/telegram/platform.ts';
import { pino } from 'pino';
import { redact } from '../../../src/log.ts';
import { encodeButton, type ButtonAction } from '../../../src/chat/buttons.ts';
import type { ChatEvent, CommandInfo, HandleEvent, Message, Reply } from '../../../src/chat/event.ts';
import { languageFor, sayIn } from '../../../src/words/words.ts';
import { startFakeTelegram, type FakeTelegram } from '../../support/telegram.ts';

export interface Scene {
  readonly fake: FakeTelegram;
  readonly platform: TelegramPlatform;
  /** What the product was told, in order. */
  readonly events: readonly ChatEvent[];
  /** The log so far, a line each, as JSON. */
  readonly log: readonly string[];
}

export const commands: readonly CommandInfo[] = ['start', 'help', 'me', 'stats'].map((name) => ({
  name,
  description: `What /${name} does`,
  operatorsOnly: name === 'stats',
  ...(name === 'me' && { personal: true as const }),
}));

/** Any bytes will do: nothing here reads a photo. */
export const photo = new Uint8Array([0xff, 0xd8, 0xff, ...Array.from({ length: 4000 }, (_, index) => index % 251)]);

export const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 1, 2, 3]);

export async function setScene(
  handle: HandleEvent,
  more: Partial<TelegramDeps> & { readonly start?: boolean; readonly fake?: FakeTelegram } = {},
): Promise<Scene> {
  const { start = true, fake: given, ...deps } = more;
  const fake = given ?? (await startFakeTelegram());
  const events: ChatEvent[] = [];
  const log: string[] = [];
  const memory = new Map<string, string>();
  const platform = makeTelegramPlatform({
    config: { token: fake.token, apiRoot: fake.apiRoot, webhook: null },
    handle: async (event) => {
      events.push(event);
      return handle(event);
    },
    commands: () => commands,
    operators: () => [],
    memory: { get: (key) => memory.get(key), set: (key, value) => void memory.set(key, value) },
    page: null,
    say: sayIn,
    sayTo: ({ language }) => sayIn(languageFor(language)),
    log: pino({ base: null }, { write: (line: string) => void log.push(redact(line)) }),
    ...deps,
    timing: { albumMs: 150, retryMs: 10, backoff: { first: 10, most: 80 }, ...deps.timing },
  });
  if (start) await platform.start();
  onTestFinished(async () => {
    await platform.stop(2000);
    await fake.close();
  });
  return { fake, platform, events, log };
}

const PREDICTION = 'AbCdEfGh-_12';
export const payloadOf = (action: ButtonAction): string => encodeButton(action);
export const right = encodeButton({ do: 'label', prediction: PREDICTION, labelId: 7 });
export const undo = encodeButton({ do: 'undo', prediction: PREDICTION });
export const prediction = PREDICTION;

export const question: Message = {
  text: 'I read 7 – 93 % sure. Was I right?',
  keyboard: [[{ text: '✓ 7', payload: right, role: 'primary' }]],
  pictures: [{ png: () => png, alt: 'The character as I saw it', role: 'glyph' }],
};
export const saved: Message = { text: 'Thank you! Saved: 7.', keyboard: [[{ text: 'undo', payload: undo }]] };

/** The shortest conversation there is: a question about every photo, thanks for every press, an echo of every word. */
export const simple: HandleEvent = (event) => {
  const replies = (): readonly Reply[] => {
    switch (event.kind) {
      case 'photo':
        return [{ kind: 'message', message: question }];
      case 'press':
        return [{ kind: 'edit', message: saved }];
      case 'command':
        return [{ kind: 'message', message: { text: `command ${event.name} ${event.rest}`.trim() } }];
      case 'text':
        return [{ kind: 'message', message: { text: `text ${event.text} about ${event.about ?? 'nothing'}` } }];
    }
  };
  return Promise.resolve(replies());
};
