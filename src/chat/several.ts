// A photo of several characters in one message: what was read, as text and as a card with numbers, and the buttons under it. Pure.
import type { Alphabet } from '../alphabet/alphabet.ts';
import { guessOf, savedUnseen } from '../recognition/guess.ts';
import type { Answerable, Photo } from '../recognition/outcomes.ts';
import { placesOnCard, readingCard, type CardGlyph } from '../report/reading-card.ts';
import { inSentence, type Say } from '../words/words.ts';
import { encodeButton } from './buttons.ts';
import type { Button, Keyboard, Message, Picture } from './event.ts';
import { photosIn } from './photos-in.ts';
import { rowsOf } from './rows.ts';

/** Numbers on one keyboard: Telegram takes a hundred buttons, Discord four selects of 25. */
const A_PAGE = 90;
const A_ROW = 5;
/** A gap that parts words, in heights of the characters beside it. */
const WORD_GAP = 0.9;

/** `page`: which of the numbers are shown; `before`: what is said first. */
export async function readingMessage(
  photo: Photo,
  say: Say,
  { page = 0, before = '' }: { readonly page?: number; readonly before?: string } = {},
): Promise<Message> {
  const { glyphs, alphabet } = photo;
  const open = glyphs.filter(({ answer }) => answer === null);
  const doubtful = open.filter((each) => stateOf(each, alphabet) === 'doubtful').length;
  const text = readingText(photo);
  const count = glyphs.length;
  const answered = count - open.length;
  const lines = [
    before,
    open.length === 0 ? say('several-done', { count }) : say('several-read', { count }),
    inSentence(text),
    open.length > 0 && doubtful > 0 ? say('several-doubtful', { doubtful }) : '',
    open.length > 0 && answered > 0 ? say('several-answered', { answered, count }) : '',
    glyphs[0].prediction.onlyRead === true ? say('only-read') : open.length > 0 ? say('several-how') : '',
  ];
  const card = glyphs.map((each, place): CardGlyph => {
    const { glyph: pixels, box } = each.prediction;
    return { pixels, box, number: place + 1, state: stateOf(each, alphabet) };
  });
  // Drawn where the conversation catches what fails.
  const png = await readingCard(card);
  const places = placesOnCard(card.map(({ box }) => box));
  return {
    text: lines.filter((line) => line !== '').join('\n'),
    pictures: [
      {
        png: () => png,
        alt: say('picture-reading', { count }),
        role: 'chart',
        ...photosIn(card.map(({ pixels }) => pixels)),
        ...apart(photo, card, say),
        touch: places.map((place, at) => {
          const { name = '', payload } = glyphButton(photo, at, say);
          return { place, name, payload };
        }),
      },
    ],
    keyboard: readingKeyboard(photo, say, page),
  };
}

/** Of an album: its pictures by themselves, each with its own characters, whose numbers go on. */
function apart({ glyphs }: Photo, card: readonly CardGlyph[], say: Say): Pick<Picture, 'apart'> {
  const pictures = new Map<number, CardGlyph[]>();
  glyphs.forEach(({ prediction: { picture } }, place) => {
    const drawn = card[place];
    if (picture !== undefined && drawn !== undefined) pictures.set(picture, [...(pictures.get(picture) ?? []), drawn]);
  });
  if (pictures.size < 2) return {};
  return {
    async apart() {
      const drawn = [...pictures.values()].map(async (each): Promise<Picture> => {
        const png = await readingCard(each);
        const alt = say('picture-reading', { count: each.length });
        return { png: () => png, alt, role: 'chart', ...photosIn(each.map(({ pixels }) => pixels)) };
      });
      const [first, second, ...others] = await Promise.all(drawn);
      if (first === undefined || second === undefined) throw new Error('an album has several pictures');
      return [first, second, ...others];
    },
  };
}

/** Line by line, a space where words part; what is doubtful in brackets, what is not a character as a dot. */
function readingText({ glyphs, alphabet }: Photo): string {
  const lines = new Map<number, Answerable[]>();
  for (const each of glyphs) lines.set(each.prediction.line, [...(lines.get(each.prediction.line) ?? []), each]);
  return [...lines.values()].map((line) => lineText(line, alphabet)).join('\n');
}

function lineText(line: readonly Answerable[], alphabet: Alphabet): string {
  const { direction } = alphabet;
  let text = '';
  line.forEach((each, at) => {
    const before = line[at - 1]?.prediction.box;
    const { box } = each.prediction;
    if (before !== undefined) {
      const gap = direction === 'rtl' ? before.x - box.x - box.width : box.x - before.x - before.width;
      if (gap > WORD_GAP * Math.max(before.height, box.height)) text += ' ';
    }
    const state = stateOf(each, alphabet);
    const label = shownLabel(each, alphabet);
    text += label === null ? '·' : state === 'doubtful' ? `[${label}]` : label;
  });
  return text;
}

/** What stands for it now: the answer, else the guess; null: not a character, or nothing to say. */
function shownLabel({ prediction, answer }: Answerable, alphabet: Alphabet): string | null {
  return answer === null ? (guessOf(prediction, alphabet).label?.label ?? null) : answer.label;
}

function stateOf({ prediction, answer }: Answerable, alphabet: Alphabet): CardGlyph['state'] {
  if (answer !== null) return answer.label === null ? 'rejected' : 'answered';
  const { label, doubtful } = guessOf(prediction, alphabet);
  if (label === null && prediction.outcome === 'not-a-character') return 'rejected';
  return doubtful || label === null ? 'doubtful' : 'open';
}

function glyphButton({ glyphs, alphabet }: Photo, place: number, say: Say): Button {
  const each = glyphs[place] ?? glyphs[0];
  const label = shownLabel(each, alphabet);
  const number = String(place + 1);
  const mark = each.answer === null ? '' : '✓';
  const doubt = stateOf(each, alphabet) === 'doubtful' ? '?' : '';
  return {
    text: `${number} ${mark}${label ?? '·'}${doubt}`,
    name: say('button-glyph-name', { number, label: label ?? say('button-reject') }),
    payload: encodeButton({ do: 'glyph', prediction: each.prediction.id }),
  };
}

function readingKeyboard(photo: Photo, say: Say, page: number): Keyboard {
  const { glyphs, alphabet } = photo;
  const first = glyphs[0].prediction.id;
  const open = glyphs.filter(({ answer }) => answer === null);
  const confirmable = open.filter(
    ({ prediction }) => prediction.onlyRead !== true && savedUnseen(prediction, alphabet) !== undefined,
  );
  const answered = glyphs.length - open.length;
  const numbers = glyphs.map((_, place) => glyphButton(photo, place, say));
  const pages = Math.ceil(numbers.length / A_PAGE);
  const shown = numbers.slice(page * A_PAGE, (page + 1) * A_PAGE);
  const last: Button[] = [];
  if (confirmable.length > 0) {
    const text = say(answered === 0 ? 'button-all-right' : 'button-the-rest', { count: confirmable.length });
    last.push({ text: `✓ ${text}`, role: 'primary', payload: encodeButton({ do: 'all', prediction: first }) });
  }
  if (answered > 0)
    last.push({ text: say('button-undo-all'), payload: encodeButton({ do: 'undo-all', prediction: first }) });
  if (pages > 1) {
    const next = (page + 1) % pages;
    const from = next * A_PAGE + 1;
    const to = Math.min(numbers.length, from + A_PAGE - 1);
    last.push({ text: `${from}–${to}`, payload: encodeButton({ do: 'photo', prediction: first, page: next }) });
  }
  return [...rowsOf(shown, A_ROW), ...(last.length === 0 ? [] : [last])];
}

/** Back to the whole from one of several. */
export function wholeButton(prediction: string, count: number, say: Say): Button {
  return { text: say('button-whole', { count }), payload: encodeButton({ do: 'photo', prediction, page: 0 }) };
}
