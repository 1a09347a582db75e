// A label that is typed without a reply: which of the open questions it answers. Never silently the newest of several.
import { labelById, labelTyped, type Alphabet } from '../alphabet/alphabet.ts';
import { labelsOfText } from '../recognition/align.ts';
import type { Chat } from '../recognition/person.ts';
import type { StoredPrediction } from '../store/predictions.ts';
import type { Store } from '../store/store.ts';
import { readingCard } from '../report/reading-card.ts';
import { inSentence, type Say } from '../words/words.ts';
import { encodeButton, wholePhotoOf } from './buttons.ts';
import type { Message } from './event.ts';
import { photosIn } from './photos-in.ts';
import { rowsOf } from './rows.ts';

/** A question that was asked longer ago is answered on its buttons, or by a reply. */
export const TYPED_WITHIN_MS = 30 * 60_000;
/** So many can be told apart at a glance. */
const SHOWN = 9;
const A_ROW = 5;
/** Units of the card that the choices are drawn on. */
const SIDE = 40;
const GAP = 16;

interface Choice {
  readonly prediction: StoredPrediction;
  readonly labelId: number;
}

type Meant =
  /** What the text is about (`aboutOf`). */
  | { readonly kind: 'one'; readonly about: string }
  /** Photos of one character each, the oldest first. */
  | { readonly kind: 'which'; readonly choices: readonly Choice[] }
  /** Photos of several: only a reply can tell. */
  | { readonly kind: 'reply' }
  /** No question is open that it could answer. */
  | { readonly kind: 'none' };

export function makeWhichPhoto(deps: {
  readonly store: Pick<Store, 'predictions'>;
  readonly alphabet: (id: string) => Alphabet | undefined;
  readonly now: () => number;
}): (contributorId: number, chatKey: string, text: string, pointedAt?: string) => Meant {
  const { predictions } = deps.store;

  /** What the text would say of a photo: the label of its only character, or something of its line. */
  function fits([first, ...others]: readonly StoredPrediction[], text: string): Choice | 'line' | undefined {
    const alphabet = first && deps.alphabet(first.alphabet);
    if (first === undefined || alphabet === undefined) return undefined;
    if (others.length === 0) {
      const label = labelTyped(alphabet, text);
      return label && { prediction: first, labelId: label.id };
    }
    const found = labelsOfText(alphabet, text);
    return 'labels' in found && found.labels.length > 0 ? 'line' : undefined;
  }

  return (contributorId, chatKey, text, pointedAt) => {
    const since = deps.now() - TYPED_WITHIN_MS;
    const open = predictions.openOf(contributorId, chatKey, since);
    // Who has just tapped ✗ speaks of that one.
    const pointed = open.find(({ id }) => id === pointedAt);
    if (pointed !== undefined && typeof fits([pointed], text) === 'object') return { kind: 'one', about: pointed.id };
    const last = open.length > 0 ? undefined : predictions.lastOf(contributorId, chatKey);
    // With nothing open, it is about what was answered last: there it is said how to change that.
    const asked = last !== undefined && last.createdAt >= since ? [last] : open;
    const photos = [...new Set(asked.map(({ photoId }) => photoId))].map((photo) => predictions.ofPhoto(photo));
    const fitting = photos.map((photo) => ({ photo, fit: fits(photo, text) }));
    const singles = fitting.flatMap(({ fit }) => (fit === undefined || fit === 'line' ? [] : [fit]));
    const [single] = singles;
    if (single !== undefined) {
      if (singles.length === 1) return { kind: 'one', about: single.prediction.id };
      return { kind: 'which', choices: singles.slice(0, SHOWN).toReversed() };
    }
    const [line, ...more] = fitting.filter(({ fit }) => fit === 'line');
    const [first] = line?.photo ?? [];
    if (first === undefined) return { kind: 'none' };
    return more.length > 0 ? { kind: 'reply' } : { kind: 'one', about: wholePhotoOf(first.id) };
  };
}

/** Asks which of these photos shows what was typed: their characters with numbers, and a button for each. */
export async function whichMessage(
  choices: readonly Choice[],
  text: string,
  alphabet: (id: string) => Alphabet | undefined,
  say: Say,
  { noReplies }: Pick<Chat, 'noReplies'> = {},
): Promise<Message> {
  const png = await readingCard(
    choices.map(({ prediction }, at) => ({
      pixels: prediction.glyph,
      box: { x: at * (SIDE + GAP), y: 0, width: SIDE, height: SIDE },
      number: at + 1,
      state: 'open' as const,
    })),
  );
  const buttons = choices.map(({ prediction, labelId }, at) => {
    const of = alphabet(prediction.alphabet);
    const label = (of && labelById(of, labelId))?.text ?? text;
    return {
      text: String(at + 1),
      name: say('button-glyph-name', { number: String(at + 1), label }),
      payload: encodeButton({ do: 'label', prediction: prediction.id, labelId }),
    };
  });
  return {
    text: say(noReplies === true ? 'which-photo-tap' : 'which-photo', { label: inSentence(text) }),
    pictures: [
      {
        png: () => png,
        alt: say('picture-reading', { count: choices.length }),
        role: 'chart',
        ...photosIn(choices.map(({ prediction }) => prediction.glyph)),
      },
    ],
    keyboard: rowsOf(buttons, A_ROW),
  };
}
