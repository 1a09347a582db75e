// What the page and the REST door are given by the house: nothing here knows how any of it is made.
import type { Alphabet } from '../../src/alphabet/alphabet.ts';
import type { Log } from '../../src/log.ts';
import type { CommandInfo, HandleEvent, Message } from '../../src/chat/event.ts';
import type { ExampleTalk } from '../../src/chat/examples.ts';
import type { Gallery } from '../../src/chat/gallery.ts';
import type { Health } from '../../src/health.ts';
import type { Recognition } from '../../src/recognition/outcomes.ts';
import type { People } from '../../src/recognition/people.ts';
import type { ReplyAddress } from '../../src/records/address.ts';
import type { PlatformNotes } from '../../src/store/platform-notes.ts';
import type { Language, Say } from '../../src/words/words.ts';
import type { Inside } from '../kind.ts';

/** Who cannot be answered in about this time is told so at once, and when to come again. */
export const ANSWER_WITHIN_MS = 2000;

/** One model version, as anybody may see it. */
interface ModelInfo {
  /** Readable, never reused: `digits-3`. */
  readonly version: string;
  readonly alphabet: string;
  readonly champion: boolean;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  readonly origin: 'seed' | 'run';
  /** Hash of the artifact in the blob store. */
  readonly artifact: string;
  readonly parent: string | null;
  readonly snapshot: string | null;
  /** Figures as the evaluation gave them. */
  readonly metrics: unknown;
}

export interface WebDeps {
  readonly host: string;
  /** 0: any free port; `url()` tells which. */
  readonly port: number;
  /** What makes an operator: ADMIN_TOKEN, or the secret of the link that this start prints. */
  readonly logIn: { readonly by: 'token' | 'link'; readonly secret: string };
  /** Networks of the reverse proxies in front, whose X-Forwarded-… are believed. */
  readonly trustProxy: readonly string[];
  /** Signs visitors' and operators' cookies: ≥ 16 secret bytes kept with the data, so that both outlive a restart. */
  readonly cookieKey: Uint8Array;
  /** Small values that outlive the process: sessions that were logged out of. */
  readonly memory: PlatformNotes;
  readonly handle: HandleEvent;
  readonly recognition: Recognition;
  /** Who somebody is to us. */
  readonly meet: People['meet'];
  readonly commands: (language: Language) => readonly CommandInfo[];
  /** Every alphabet's versions, newest first. */
  readonly models: () => readonly ModelInfo[];
  readonly alphabets: () => readonly Alphabet[];
  readonly gallery: Gallery;
  readonly examples: ExampleTalk;
  readonly say: (language: Language) => Say;
  /** Platforms inside which the page opens, by name. */
  readonly inside?: ReadonlyMap<string, Inside>;
  /** Says anew what another platform said, where something on the page changed it. */
  readonly reviseOn?: (platform: string, said: ReplyAddress, message: Message) => void;
  /** Other platforms' calls that come in over this server (a webhook), by path. */
  readonly doors?: readonly { readonly path: string; readonly handle: (request: Request) => Promise<Response> }[];
  readonly log: Log;
  /** Everything configured, by name: platforms, queue, models … */
  readonly ready: () => Promise<Readonly<Record<string, Health>>>;
  /** Milliseconds that only ever grow: a clock that is set back shuts nobody out. */
  readonly now: () => number;
  /** Another folder of the page's files; for tests. */
  readonly pageFolder?: URL;
  /** Milliseconds since 1970, for what outlives the process. */
  readonly clock: () => number;
}
