// What the messages about a photo show now: one character with its question or its answer, or the photo as a whole.
import type { Alphabet } from '../alphabet/alphabet.ts';
import type { Answerable, Photo, Recognition } from '../recognition/outcomes.ts';
import type { Store } from '../store/store.ts';
import { sayOf, type Say } from '../words/words.ts';
import { isSame } from './agreeing.ts';
import { notice, type Heard } from './command.ts';
import type { Message, Reply } from './event.ts';
import { questionMessage, savedMessage, type Question } from './question.ts';
import { readingMessage, wholeButton } from './several.ts';

/** A message, or the sentence why there is none. */
export type Shown =
  { readonly message: Message; readonly notice?: string } | { readonly message?: undefined; readonly notice: string };

/** One character of a photo that somebody may see, or the sentence why they may not. */
type Found = { readonly photo: Photo; readonly glyph: Answerable } | { readonly notice: string };

export interface Showing {
  find(heard: Heard, prediction: string): Promise<Found>;
  /** The photo as a whole. */
  whole(heard: Heard, prediction: string, more?: { readonly page?: number; readonly before?: string }): Promise<Shown>;
  /** One character of a photo, in place of what was pressed: its picture, its question or answer, and the way back where there are others. */
  one(heard: Heard, prediction: string): Promise<readonly Reply[]>;
  /** The same message; where its photo has more characters, with the way to them. */
  withWhole(heard: Heard, prediction: string, message: Message): Promise<Message>;
  /** What the message that asks about a photo says now, where something else was pressed or said. */
  elsewhere(heard: Heard, prediction: string, as: 'one' | 'whole'): Promise<readonly Reply[]>;
  /** A sign at the photo that something of it is kept, or nothing any more; none where that is not so. */
  sign(
    heard: Heard,
    prediction: string,
    kept: boolean,
    instead?: Extract<Reply, { kind: 'message' }>,
  ): Promise<readonly Reply[]>;
  /** The question about one, or the whole photo, in place of what was pressed. */
  again(
    heard: Heard,
    about: { readonly prediction: string; readonly within?: true; readonly whole: boolean },
    before?: string,
  ): Promise<readonly Reply[]>;
}

export function makeShowing(deps: {
  readonly recognition: Pick<Recognition, 'open'>;
  readonly store: Pick<Store, 'predictions'>;
  readonly glyphPng: (glyph: Uint8Array) => Uint8Array;
}): Showing {
  const { recognition, store } = deps;

  /** The question, or the answer that stands. */
  const standing = ({ prediction, answer }: Answerable, alphabet: Alphabet, say: Say, within?: true): Message => {
    const asked: Question = { ...prediction, ...(within && { within }) };
    return answer === null
      ? questionMessage(asked, alphabet, say)
      : savedMessage(asked, answer.kind, answer.label, say);
  };

  const find: Showing['find'] = async ({ event, speaker, say }, prediction) => {
    const photo = await recognition.open(prediction, speaker, event.chat);
    if (photo.outcome !== 'photo') return { notice: say(photo.outcome) };
    const glyph = photo.glyphs.find((each) => each.prediction.id === prediction);
    return glyph === undefined ? { notice: say('unknown-prediction') } : { photo, glyph };
  };

  const addWhole = (photo: Photo, message: Message, say: Say): Message => {
    if (photo.glyphs.length === 1) return message;
    const whole = wholeButton(photo.glyphs[0].prediction.id, photo.glyphs.length, say);
    return { ...message, keyboard: [...(message.keyboard ?? []), [whole]] };
  };

  const whole: Showing['whole'] = async ({ event, speaker, say }, prediction, more = {}) => {
    const opened = await recognition.open(prediction, speaker, event.chat);
    if (opened.outcome !== 'photo') return { notice: say(opened.outcome) };
    return { message: await readingMessage(opened, say, more) };
  };

  const one: Showing['one'] = async (heard, id) => {
    const { say } = heard;
    const found = await find(heard, id);
    if ('notice' in found) return notice(found.notice);
    const { photo, glyph } = found;
    const { prediction } = glyph;
    const alt = sayOf(say, photo.alphabet.kind)('picture-glyph');
    // The photo shows several: which one is asked about has to be seen.
    const pictures = [{ png: () => deps.glyphPng(prediction.glyph), alt, role: 'glyph', inDoubt: true }] as const;
    if (photo.glyphs.length === 1) return edited({ message: { ...standing(glyph, photo.alphabet, say), pictures } });
    const message = standing(glyph, photo.alphabet, say, true);
    const text = `${String(prediction.place + 1)}: ${message.text}`;
    return edited({ message: addWhole(photo, { ...message, text, pictures }, say) });
  };

  return {
    find,
    whole,
    one,
    async withWhole(heard, prediction, message) {
      const found = await find(heard, prediction);
      return 'notice' in found ? message : addWhole(found.photo, message, heard.say);
    },
    async elsewhere(heard, prediction, as) {
      const { event, say } = heard;
      const said = store.predictions.message(prediction);
      if (said === null || (event.kind === 'press' && isSame(event.on, said))) return [];
      const found = await find(heard, prediction);
      if ('notice' in found) return [];
      const { photo, glyph } = found;
      const message =
        as === 'whole' && photo.glyphs.length > 1
          ? await readingMessage(photo, say)
          : addWhole(photo, standing(glyph, photo.alphabet, say), say);
      return [{ kind: 'revise', said, message }];
    },
    async sign(heard, prediction, kept, instead) {
      const found = await find(heard, prediction);
      const to = store.predictions.address(prediction);
      const isKept = 'photo' in found && found.photo.glyphs.some(({ answer }) => answer !== null);
      if (to === null || isKept !== kept) return instead === undefined ? [] : [instead];
      return [{ kind: 'sign', to, kept, ...(instead && { instead }) }];
    },
    async again(heard, { prediction, within, whole: isWhole }, before = '') {
      const { say } = heard;
      if (isWhole) return edited(await whole(heard, prediction, { before }));
      if (within === true) return one(heard, prediction);
      const found = await find(heard, prediction);
      if ('notice' in found) return notice(found.notice);
      const { photo, glyph } = found;
      return edited({ message: addWhole(photo, standing(glyph, photo.alphabet, say), say) });
    },
  };
}

/** In place of what was pressed. */
export function edited({
  message,
  notice: why,
}: {
  readonly message?: Message | undefined;
  readonly notice?: string | undefined;
}): readonly Reply[] {
  return [
    ...(message === undefined ? [] : [{ kind: 'edit', message } as const]),
    ...(why === undefined ? [] : [{ kind: 'notice', text: why } as const]),
  ];
}
