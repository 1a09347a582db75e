// The words a platform speaks to us in: ChatEvent in, Reply out. No platform's own word may appear here.
import type { Health } from '../health.ts';
import type { CardPlace } from '../report/reading-card.ts';
import type { Chat, Person } from '../recognition/person.ts';
import type { ReplyAddress } from '../records/address.ts';

interface Said {
  readonly person: Person;
  readonly chat: Chat;
  /** Where a later message about this goes: the platform's own words as JSON (chat, thread, message to reply to). */
  readonly address: ReplyAddress;
}

export type ChatEvent =
  /**
   * A picture; `further` are those that were sent with it as one album. `caption` may be a label, which then confirms at once; with
   * `meantAsLabel` it was said in a label's place, and what is none is told;
   * `alphabet` (id or title) reads this one picture in another alphabet than the chat's; `key` is the message it came in, by
   * the platform's own ids: told again (after a crash, a lost answer), it is the same picture, and no second sample.
   * `signal` is aborted when nobody waits for the answer any more; who would wait longer than `withinMs` is told "busy".
   */
  | (Said & {
      readonly kind: 'photo';
      readonly bytes: Uint8Array;
      readonly further?: readonly Uint8Array[];
      readonly caption?: string;
      readonly meantAsLabel?: true;
      /** Who wrote it, by the platform's own id, where somebody else asks for its reading; empty: nobody can know. */
      readonly author?: string;
      /** Its author did not hand it over (somebody pointed at their message): it teaches by their own answer alone. */
      readonly handedOver?: false;
      readonly alphabet?: string;
      readonly key?: string;
      readonly signal?: AbortSignal;
      readonly withinMs?: number;
    })
  /** A tap on one of our buttons; `payload` is exactly what Button.payload was. */
  | (Said & {
      readonly kind: 'press';
      readonly payload: string;
      /** The message that it stands under, as `Reply.said` was told of it. */
      readonly on?: ReplyAddress;
    })
  /**
   * `/name rest`, without the slash. Arguments are free text. `also`: what can be said there beside our commands, for /help; `more`: what
   * else that platform can do, as a sentence.
   */
  | (Said & {
      readonly kind: 'command';
      readonly name: string;
      readonly rest: string;
      readonly also?: readonly Pick<CommandInfo, 'name' | 'description'>[];
      readonly more?: string;
    })
  /**
   * Text that is not a command. `about` is the prediction whose message it replies to (`predictionOf` of any of its buttons);
   * `repliesTo` the key of the photo that it replies to; `meantAsLabel`: it was said in a label's place, and is no small talk.
   */
  | (Said & {
      readonly kind: 'text';
      readonly text: string;
      readonly about?: string;
      readonly repliesTo?: string;
      readonly meantAsLabel?: true;
    });

export interface Button {
  /** What is written on it: short; may be a single label. */
  readonly text: string;
  /** What a screen reader says, where `text` alone would not do. */
  readonly name?: string;
  /** Action and ids only, ≤ 64 bytes (src/chat/buttons.ts). */
  readonly payload: string;
  readonly role?: 'primary' | 'secondary' | 'danger';
  /** Its line is read from the right: the first button of it stands there (`laidOut`, where a platform fills from the left). */
  readonly fromRight?: true;
}

export type Keyboard = readonly (readonly Button[])[];

export interface Picture {
  /** Drawn only where it is shown. */
  readonly png: () => Uint8Array;
  /** What it shows, for those who cannot see it. */
  readonly alt: string;
  /** A glyph is small and optional where the photo itself stands beside the reply; a chart or a card is the answer. */
  readonly role: 'glyph' | 'chart';
  /** There are people's photos in it, whose colours are not to be turned where a page is dark. */
  readonly photos?: true;
  /** A glyph that somebody has to see to answer: shown beside the photo as well. */
  readonly inDoubt?: true;
  /** The same as several pictures, one of each that was sent, for a platform that can show them side by side. Drawn when asked for. */
  readonly apart?: () => Promise<readonly [Picture, Picture, ...Picture[]]>;
  /** Parts of it that can be touched, where a platform can do that: each stands for a button of the message. */
  readonly touch?: readonly { readonly place: CardPlace; readonly name: string; readonly payload: string }[];
}

/** Whether a picture is shown where people see the photo itself. */
export const isShown = ({ role, inDoubt }: Picture): boolean => role === 'chart' || inDoubt === true;

/** Figures in columns. What a row is about stands first in it. */
export interface Table {
  readonly title: string;
  readonly head?: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What is said under it. */
  readonly beneath?: string;
}

/** Something said to people: plain text (never markup: a label may be `<` or `*`), a picture, buttons. */
export interface Message {
  readonly text: string;
  readonly pictures?: readonly Picture[];
  /** What the text says, in columns: it stands in the text's place where a platform shows such. */
  readonly table?: Table;
  /** Files to take away (an export), where asked for. */
  readonly files?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  readonly keyboard?: Keyboard;
  /** It shows how work goes on. true: newer states follow; false: this is the last. */
  readonly live?: boolean;
}

/**
 * A new message, as an answer to what was said. `said` is called when it stands, with what the platform calls it (the part
 * with its words and buttons), for `revise`. `to`: it answers that rather than what was just said, where a platform can show it.
 * `retryAfterSeconds`: it was not done; the same event may be sent again after so long.
 */
interface NewMessage {
  readonly kind: 'message';
  readonly message: Message;
  readonly said?: (message: ReplyAddress) => void;
  readonly to?: ReplyAddress;
  readonly retryAfterSeconds?: number;
}

export type Reply =
  | NewMessage
  /** Replaces the message whose button was pressed, in place (its pictures stay when `pictures` is undefined). */
  | {
      readonly kind: 'edit';
      readonly message: Message;
      /** It concerns only who pressed: said to them alone, in a message of its own, where a platform can whisper among others. */
      readonly alone?: true;
    }
  /** Replaces another message of ours than the pressed one; where it is gone, nothing is said. */
  | { readonly kind: 'revise'; readonly said: ReplyAddress; readonly message: Message }
  /**
   * A sign at somebody's photo, where a platform has such: something of it is kept, or nothing any more. Where it has none, `instead` is
   * said, if anything is.
   */
  | { readonly kind: 'sign'; readonly to: ReplyAddress; readonly kept: boolean; readonly instead?: NewMessage }
  /** A short word to the person who pressed, seen by nobody else where the platform can do that. */
  | { readonly kind: 'notice'; readonly text: string };

/** What every platform asks of the product. Replies come in order; an event that needs none gets an empty list. Never rejects for what users do. */
export type HandleEvent = (event: ChatEvent) => Promise<readonly Reply[]>;

export interface CommandInfo {
  readonly name: string;
  /** One line in the person's language, ≤ 100 characters. */
  readonly description: string;
  readonly operatorsOnly: boolean;
  /** Nobody but who asks need see the answer, where the platform can whisper. */
  readonly personal?: true;
  /** The argument's name and meaning where there is one; always optional, always free text. */
  readonly argument?: {
    readonly name: string;
    readonly description: string;
    /** What may be offered while somebody types it, where a platform can do that. */
    readonly offers?: 'alphabets';
  };
}

/** A running chat platform, as bots/main.ts sees it. */
export interface ChatPlatform {
  readonly name: string;
  /** Begins to listen. Resolves once listening or known to be down; a refused token is a state, not an exception. */
  start(): Promise<void>;
  /** Stops listening, then finishes what is in hand, for `graceMs` at most. */
  stop(graceMs: number): Promise<void>;
  health(): Health;
  /**
   * Says something unasked (an announcement). 'gone' when the chat is no longer there or we were thrown out; throws when it
   * may work later. The same `key` (short, URL-safe) again is the same message: a platform that knows the first sends no second.
   */
  send(address: ReplyAddress, message: Message, key?: string): Promise<'sent' | 'gone'>;
  /**
   * Replaces a message of ours, however long ago it was said, by what the platform called it (`Reply.said`). 'lost': it is not
   * there any more, or cannot be changed; throws when it may work later.
   */
  revise(said: ReplyAddress, message: Message): Promise<'edited' | 'lost'>;
  /** Whether it is this platform's, by what it is called; asked of a platform that speaks to people of others as well. */
  holds?(said: ReplyAddress): boolean;
  /** How often it may be changed as work goes on: ms between two edits in one chat. */
  pace(said: ReplyAddress): { readonly chat: string; readonly ms: number };
  /** Where somebody (by the platform's own id) is spoken to alone; undefined when nobody can have such an id. */
  privately?(id: string): ReplyAddress | undefined;
  /** Somebody (by the platform's own id) became an operator or ceased to be one: their command menu follows, where there is one. */
  operatorChanged?(id: string, isOperator: boolean): Promise<void>;
}
