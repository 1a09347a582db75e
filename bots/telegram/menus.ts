// The command menus people see, by language and by role. They are only a menu: who may do what is checked where it is done.
import type { Api } from 'grammy';
import type { LanguageCode } from 'grammy/types';
import type { CommandInfo } from '../../src/chat/event.ts';
import type { Log } from '../../src/log.ts';
import type { PlatformNotes } from '../../src/store/platform-notes.ts';
import { type Language, languages, type Say } from '../../src/words/words.ts';
import { describe, isGone } from './failures.ts';
import { READ } from './incoming.ts';

interface MenuDeps {
  readonly api: Api;
  readonly commands: (language: Language) => readonly CommandInfo[];
  /** Telegram ids of those who are operators now. */
  readonly operators: () => readonly string[];
  readonly words: (language: Language) => Say;
  /** Outlives the process: who was given an operator's menu, so that it can be taken away. */
  readonly memory: PlatformNotes;
  readonly log: Log;
}

export interface Menus {
  /** Sets everybody's menu and each operator's, and takes those of former operators away. Never rejects: a bot without menus is still a bot. */
  install(): Promise<void>;
  /** Gives somebody the menu of what they are now. An operator's can be set only once they have written to the bot. */
  installFor(user: string): Promise<void>;
}

/** What everybody sees whose language we do not speak. */
const OTHERS: Language = 'en';
const GIVEN = 'operators-menus';

export function makeMenus({ api, commands, operators, words, memory, log }: MenuDeps): Menus {
  const given = (): readonly string[] => (memory.get(GIVEN) ?? '').split(' ').filter((each) => each !== '');
  const remember = (users: readonly string[]): void => memory.set(GIVEN, users.join(' '));

  const scopeOf = (user: string) => ({ scope: { type: 'chat', chat_id: Number(user) } }) as const;
  const inLanguage = (language: Language): { language_code?: LanguageCode } =>
    language === OTHERS ? {} : { language_code: language satisfies LanguageCode };

  async function set(language: Language, operator: string | undefined): Promise<void> {
    const shown = commands(language)
      .filter(({ operatorsOnly }) => operator !== undefined || !operatorsOnly)
      .map(({ name, description }) => ({ command: name, description }));
    const read = { command: READ, description: words(language)('command-read') };
    await api.setMyCommands([read, ...shown.filter(({ command }) => command !== READ)], {
      ...(operator === undefined ? {} : scopeOf(operator)),
      ...inLanguage(language),
    });
  }

  async function give(user: string): Promise<void> {
    for (const language of languages) await set(language, user);
    if (!given().includes(user)) remember([...given(), user]);
  }

  async function takeAway(user: string): Promise<void> {
    for (const language of languages) await api.deleteMyCommands({ ...scopeOf(user), ...inLanguage(language) });
    remember(given().filter((each) => each !== user));
  }

  /** One at a time: somebody who was made an operator and is none again must not get the menu last. */
  let last: Promise<void> = Promise.resolve();
  function installFor(user: string): Promise<void> {
    last = last.then(() => installNow(user));
    return last;
  }

  async function installNow(user: string): Promise<void> {
    try {
      if (operators().includes(user)) await give(user);
      else if (given().includes(user)) await takeAway(user);
    } catch (error) {
      if (isGone(error))
        log.debug({ user }, 'Telegram: no menu for somebody who has not written to the bot; /start will do');
      else log.warn({ user, because: describe(error) }, "Telegram: an operator's command menu could not be set");
    }
  }

  return {
    installFor,
    async install() {
      try {
        for (const language of languages) await set(language, undefined);
      } catch (error) {
        log.warn({ because: describe(error) }, 'Telegram: the command menu could not be set');
      }
      for (const user of new Set([...operators(), ...given()])) await installFor(user);
    },
  };
}
