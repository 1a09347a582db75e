// What a platform with bots is to the rest of the product: a name, its settings, a way to ask whether it takes its token, and a
// way to make it. bots/list.ts lists them; configuration, doctor and start go through that list.
import type { BotSettings, BotSettingsKind } from '../src/config.ts';
import type { Log } from '../src/log.ts';
import type { ChatPlatform, CommandInfo, HandleEvent } from '../src/chat/event.ts';
import type { SayTo } from '../src/chat/language.ts';
import type { Suggest } from '../src/chat/suggest.ts';
import type { ReplyAddress } from '../src/records/address.ts';
import type { PlatformNotes } from '../src/store/platform-notes.ts';
import type { Language, Say } from '../src/words/words.ts';

/** What every platform is given. */
export interface BotDeps {
  readonly handle: HandleEvent;
  readonly commands: (language: Language) => readonly CommandInfo[];
  /** The platform's ids of its operators. */
  readonly operators: () => readonly string[];
  /** What to offer while somebody types. */
  readonly suggest: Suggest;
  readonly memory: PlatformNotes;
  readonly sayTo: SayTo;
  readonly say: (language: Language) => Say;
  /** Where everybody reaches the page; null: nowhere that is known. */
  readonly page: string | null;
  readonly log: Log;
}

/** A path of the page's server that a platform wants to hear. */
export interface Door {
  readonly path: string;
  readonly handle: (request: Request) => Promise<Response>;
}

/** Whether a platform knows who somebody is that opened the page inside it, and by which of its own ids. */
export type Vouched = { readonly outcome: 'known'; readonly id: string } | { readonly outcome: 'forged' | 'expired' };

/** A platform inside which the page opens, and whose people are the same there. */
export interface Inside {
  /** `shown` is what the platform gave the page, `now` in milliseconds since 1970. */
  vouch(shown: string, now: number): Vouched;
  /** Where it speaks to them alone. */
  alone(id: string): { readonly chat: string; readonly address: ReplyAddress };
  /** The sites that may show the page in a frame. */
  readonly frames: readonly string[];
}

/** A request that only shows whether a token is taken; nothing is sent to anybody, and a running bot is not disturbed. */
export interface Probe {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The statuses that refuse the token, and what to do then. */
  readonly refusals: readonly number[];
  readonly refused: string;
}

/** What comes of it: the platform, the path that it wants to hear, and how it opens the page inside it. */
export interface Made {
  readonly platform: ChatPlatform;
  readonly door: Door | null;
  readonly inside: Inside | null;
}

/** A bot that has its token. */
export interface Bot extends BotSettings {
  readonly probe: Probe;
  /** Loads the platform's library only now. */
  make(deps: BotDeps): Promise<Made>;
}

export interface BotKind extends BotSettingsKind<Bot> {
  /** The variable without which it is off. */
  readonly token: string;
}
