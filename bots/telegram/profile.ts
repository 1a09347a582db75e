// What Telegram shows of the bot before anybody spoke to it: what it can do, and a line for its profile. Set where it changed, since
// Telegram bears that seldom; a server that does not know these methods loses nothing.
import { createHash } from 'node:crypto';
import type { Api } from 'grammy';
import type { LanguageCode } from 'grammy/types';
import type { Log } from '../../src/log.ts';
import type { PlatformNotes } from '../../src/store/platform-notes.ts';
import { type Language, languages, type Say } from '../../src/words/words.ts';
import { cut } from '../shared/text.ts';
import { describe } from './failures.ts';

const DESCRIPTION_LENGTH = 512;
const SHORT_LENGTH = 120;
/** What is shown to everybody whose language we do not speak. */
const OTHERS: Language = 'en';
const SET = 'profile';

/** Never rejects: a bot without a description is still a bot. */
export async function describeBot({
  api,
  words,
  memory,
  log,
}: {
  readonly api: Api;
  readonly words: (language: Language) => Say;
  /** Outlives the process: what was set last. */
  readonly memory: PlatformNotes;
  readonly log: Log;
}): Promise<void> {
  const texts = languages.map((language) => ({
    language,
    long: cut(words(language)('telegram-description'), DESCRIPTION_LENGTH),
    short: cut(words(language)('telegram-about'), SHORT_LENGTH),
  }));
  const mark = createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16);
  if (memory.get(SET) === mark) return;
  try {
    for (const { language, long, short } of texts) {
      const of = language === OTHERS ? {} : { language_code: language satisfies LanguageCode };
      await api.setMyDescription(long, of);
      await api.setMyShortDescription(short, of);
    }
    memory.set(SET, mark);
  } catch (error) {
    log.debug({ because: describe(error) }, 'Telegram: the bot could not be described');
  }
}
