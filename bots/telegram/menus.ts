// The command menus people see, by language and by role. They are only a menu: who may do what is checked where it is done.
import type { Api } from 'grammy';
import type { LanguageCode } from 'grammy/types';
import type { CommandInfo } from '../../src/recognition/chat.ts';
import type { Log } from '../../src/log.ts';
import { type Language, languages, type Say } from '../../src/words/words.ts';
import { describe, isGone } from './failures.ts';
import { READ } from './incoming.ts';

export interface MenuDeps {
  readonly api: Api;
  readonly commands: (language: Language) => readonly CommandInfo[];
  readonly operators: readonly string[];
  readonly words: (language: Language) => Say;
  readonly log: Log;
}

export interface Menus {
  /** Sets everybody's menu and each operator's. Never rejects: a bot without menus is still a bot. */
  install(): Promise<void>;
  /** An operator's menu alone: it can be set only once they have written to the bot. */
  installFor(operator: string): Promise<void>;
}

/** What everybody sees whose language we do not speak. */
const OTHERS: Language = 'en';

export function makeMenus({ api, commands, operators, words, log }: MenuDeps): Menus {
  async function set(language: Language, operator: string | undefined): Promise<void> {
    const shown = commands(language)
      .filter(({ operatorsOnly }) => operator !== undefined || !operatorsOnly)
      .map(({ name, description }) => ({ command: name, description }));
    const read = { command: READ, description: words(language)('command-read') };
    await api.setMyCommands([read, ...shown.filter(({ command }) => command !== READ)], {
      ...(operator === undefined ? {} : { scope: { type: 'chat', chat_id: Number(operator) } }),
      ...(language === OTHERS ? {} : { language_code: language satisfies LanguageCode }),
    });
  }

  async function installFor(operator: string): Promise<void> {
    try {
      for (const language of languages) await set(language, operator);
    } catch (error) {
      if (isGone(error))
        log.debug({ operator }, 'Telegram: an operator has not written to the bot yet; /start will do');
      else log.warn({ operator, because: describe(error) }, "Telegram: an operator's command menu could not be set");
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
      for (const operator of operators) await installFor(operator);
    },
  };
}
