// What the conversation and the REST door both stand on: a photo becomes stored predictions, an answer becomes a verdict.
import type { Alphabet, Cased } from '../alphabet/alphabet.ts';
import type { Only } from '../alphabet/only.ts';
import type { Hint, Unreadable } from '../glyph/glyph.ts';
import type { ReplyAddress } from '../records/address.ts';
import type { Speaker } from './people.ts';
import type { Chat } from './person.ts';

/** Length of a prediction's id; the alphabet of ids is URL-safe base64. */
export const PREDICTION_ID_LENGTH = 12;

export interface Candidate {
  readonly labelId: number;
  readonly label: string;
  readonly probability: number;
}

/** One glyph's prediction as it was stored. */
export interface Prediction {
  readonly id: string;
  /** Glyphs of one photo share it. */
  readonly photo: string;
  /** Its place in the photo's reading order, and the line of text that it stands in; from 0. */
  readonly place: number;
  readonly line: number;
  /** Which picture of an album it was cut out of, from 0. */
  readonly picture?: number;
  /** What its cell of a practice sheet was for. */
  readonly expected?: { readonly labelId: number; readonly label: string };
  readonly alphabet: string;
  readonly modelVersion: string;
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** GLYPH_SIZE², 0 paper … 255 ink. */
  readonly glyph: Uint8Array;
  /** Best first, at most the labels of the alphabet. Empty for an alphabet that has no model yet. */
  readonly candidates: readonly Candidate[];
  /** Letter and case, each with its probability; absent where the alphabet has no case. */
  readonly cased?: Cased;
  /** Nobody can know whose writing it is: whatever is answered teaches nothing. */
  readonly onlyRead?: true;
  /** The sender's own samples decided: the champion alone would have answered otherwise. */
  readonly fromHand?: true;
  /** 'sure' asserts, 'unsure' asks between the first two, 'not-a-character' doubts that it is one at all. */
  readonly outcome: 'sure' | 'unsure' | 'not-a-character' | 'no-model';
}

/** A page of practice sheets, and how many of its cells have nothing to save. */
export interface SheetRead {
  readonly page: number;
  readonly pages: number;
  readonly empty: number;
  readonly crossed: number;
  readonly hidden: number;
}

export type Recognised =
  | {
      readonly outcome: 'predictions';
      /** In reading order. */
      readonly predictions: readonly [Prediction, ...Prediction[]];
      /** Place of the one that the photo is about, where other writing stands beside it. */
      readonly main?: number;
      /** There are more characters than are read at once. */
      readonly more?: true;
      /** What may make the one character hard to read. */
      readonly hint?: Hint;
      /** It is a practice sheet; the predictions are of its filled cells. */
      readonly sheet?: SheetRead;
      /** So many pictures of an album could not be read. */
      readonly unread?: number;
      /** Where one character is in doubt and somebody is to see it: the photo, small, with its place, and what was cut out. */
      readonly glance?: Uint8Array;
    }
  /** An album that cannot be one photo: each of its pictures has to be asked about by itself. */
  | { readonly outcome: 'one-by-one' }
  | {
      readonly outcome: 'unreadable';
      readonly because: Unreadable | 'sheet-empty';
      /** Where somebody is to see it: the photo, small, with what was looked at. */
      readonly glance?: Uint8Array;
    }
  | { readonly outcome: 'unknown-alphabet'; readonly alphabet: string; readonly known: readonly string[] }
  /** There is hardly room on the disk: only answers are saved. */
  | { readonly outcome: 'disk-nearly-full' }
  /** Photos take as much room as the owner lets them. */
  | { readonly outcome: 'pictures-full' }
  /** Too many photos at once, or too many from one person; try again after so many seconds. */
  | { readonly outcome: 'busy'; readonly retryAfterSeconds: number };

/** A PDF's pages, as far as there was room for them; `count`: how many it has. */
export type RecognisedStack =
  | {
      readonly outcome: 'stack';
      readonly pages: readonly { readonly page: number; readonly recognised: Recognised }[];
      readonly count: number;
    }
  | Extract<Recognised, { readonly outcome: 'unreadable' | 'busy' }>;

export interface RecogniseRequest {
  readonly bytes: Uint8Array;
  /** Further pictures that were sent with it, as one. */
  readonly further?: readonly Uint8Array[];
  readonly speaker: Speaker;
  readonly chat: Chat;
  readonly address: ReplyAddress;
  /** An alphabet's id; the chat's choice, else the default, when undefined. */
  readonly alphabet?: string;
  /** Letters alone, or digits alone; as the chat has it set when undefined. */
  readonly only?: Only;
  /** The platform's id of who wrote the picture, where somebody else asks for its reading; empty: nobody can know. */
  readonly author?: string;
  /** false: its author did not hand it over; somebody pointed at their message. */
  readonly handedOver?: false;
  /** The message it came in: the same again gives the predictions that were made then. */
  readonly key?: string;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal;
  /** Who would wait longer is told "busy" at once; without it they wait for their turn. */
  readonly withinMs?: number | undefined;
  /** What was seen is shown where the reading is in doubt, or none. */
  readonly shown?: true;
  /** Nothing but a practice sheet is kept. */
  readonly onlySheet?: true;
  /** Its sender wrote down what it says. */
  readonly told?: true;
}

export type VerdictWord =
  | { readonly kind: 'label'; readonly label: { readonly id: number } | { readonly text: string } }
  | { readonly kind: 'reject' };

export type Answered =
  | {
      readonly outcome: 'saved';
      readonly kind: 'confirm' | 'correct' | 'reject';
      readonly label: string | null;
      readonly prediction: Prediction;
    }
  /** It was answered before; `same` says whether with the same answer. Undo first to change it. */
  | {
      readonly outcome: 'already';
      readonly same: boolean;
      readonly label: string | null;
      readonly prediction: Prediction;
    }
  | { readonly outcome: 'unknown-prediction' }
  | { readonly outcome: 'unknown-label'; readonly label: string; readonly alphabet: string }
  /** Somebody else's prediction, by the chat's setting. */
  | { readonly outcome: 'not-yours' }
  /** An operator blocked who answers, or who sent the photo: it is read, and teaches nothing. */
  | { readonly outcome: 'blocked' }
  /** Before anything of theirs is kept, whoever answers has to agree (`agree`, with this `whose`); then the same answer is kept. */
  | {
      readonly outcome: 'agree-first';
      readonly prediction: Prediction;
      readonly labelId: number | null;
      readonly whose: string;
    }
  /** It is another's writing, who has not agreed or did not hand it over. */
  | { readonly outcome: 'not-agreed' }
  /** Nobody can know whose writing it is: it is read, and teaches nothing. */
  | { readonly outcome: 'only-read' }
  /** This person taught as much as one may in an hour. */
  | { readonly outcome: 'too-many'; readonly retryAfterSeconds: number };

interface AnswerRequest {
  readonly prediction: string;
  readonly verdict: VerdictWord;
  readonly speaker: Speaker;
  readonly chat: Chat;
}

type Undone =
  | { readonly outcome: 'undone'; readonly prediction: Prediction }
  | { readonly outcome: 'nothing-to-undo'; readonly prediction: Prediction }
  | { readonly outcome: 'unknown-prediction' }
  | { readonly outcome: 'not-yours' };

/** One glyph of a photo, with the answer that stands. */
export interface Answerable {
  readonly prediction: Prediction;
  /** Null: nobody answered. `label` null: "not a character". */
  readonly answer: { readonly kind: 'confirm' | 'correct' | 'reject'; readonly label: string | null } | null;
}

/** A photo as it stands: its glyphs in reading order. */
export interface Photo {
  readonly alphabet: Alphabet;
  readonly glyphs: readonly [Answerable, ...Answerable[]];
}

export type Opened =
  | ({ readonly outcome: 'photo' } & Photo)
  | { readonly outcome: 'unknown-prediction' }
  | { readonly outcome: 'not-yours' };

interface AnswerAllRequest {
  /** Any glyph of the photo. */
  readonly prediction: string;
  /** The whole line as it was written; undefined: as it was read. */
  readonly text?: string;
  readonly speaker: Speaker;
  readonly chat: Chat;
}

export type AnsweredAll =
  /** `saved` answers were new; what was answered before, doubted or not found in the text stays as it is. */
  | ({ readonly outcome: 'answered'; readonly saved: number; readonly retryAfterSeconds?: number } & Photo)
  /** Something in the text is not a label of the alphabet. */
  | { readonly outcome: 'unknown-label'; readonly label: string; readonly alphabet: string }
  | { readonly outcome: 'blocked' | 'not-agreed' | 'only-read' }
  | { readonly outcome: 'agree-first'; readonly whose: string }
  | Exclude<Opened, { readonly outcome: 'photo' }>;

type UndoneAll =
  ({ readonly outcome: 'undone'; readonly undone: number } & Photo) | Exclude<Opened, { readonly outcome: 'photo' }>;

export type Recognise = (request: RecogniseRequest) => Promise<Recognised>;

export interface Recognition {
  readonly recognise: Recognise;
  /** Each page of a PDF as a practice sheet. */
  recogniseStack(request: RecogniseRequest): Promise<RecognisedStack>;
  answer(request: AnswerRequest): Promise<Answered>;
  /** All glyphs of a photo at once. */
  answerAll(request: AnswerAllRequest): Promise<AnsweredAll>;
  /**
   * Whoever speaks has agreed to teach; about a prediction, also for the group in whose name it was sent. `whose`: who was asked, as
   * `agree-first` said it; nobody agrees for another.
   */
  agree(request: {
    readonly prediction?: string;
    readonly speaker: Speaker;
    readonly chat: Chat;
    readonly whose?: string;
  }): Promise<{ readonly outcome: 'agreed' | 'not-yours' }>;
  /** Takes back every answer of a photo; with `sameTap` only those that were given together with this one. */
  undoAll(request: {
    readonly prediction: string;
    readonly speaker: Speaker;
    readonly chat: Chat;
    readonly sameTap?: true;
  }): Promise<UndoneAll>;
  /** The photo of a prediction, for who may answer it: its sender, and in groups whom the chat's setting lets. */
  open(prediction: string, speaker: Speaker, chat: Chat): Promise<Opened>;
  undo(request: { readonly prediction: string; readonly speaker: Speaker; readonly chat: Chat }): Promise<Undone>;
  /** The alphabet this chat reads in. */
  alphabetOf(platform: string, chat: Chat): string;
}
