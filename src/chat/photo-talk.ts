// A photo, and the first message about it: one character asks, several are shown as a whole.
import { labelTyped } from '../alphabet/alphabet.ts';
import { labelsOfText } from '../recognition/align.ts';
import type { Prediction, Recognised, Recognition } from '../recognition/outcomes.ts';
import type { Store } from '../store/store.ts';
import { kindOfGlyph } from '../glyph/kind.ts';
import { isPdf } from '../glyph/sniff.ts';
import { sayOf, type Say } from '../words/words.ts';
import type { Answering } from './answering.ts';
import { decodeButton } from './buttons.ts';
import { reply, type Heard } from './command.ts';
import type { ChatEvent, Message, Picture, Reply } from './event.ts';
import { findAlphabet, unknownAlphabet, type FindableAlphabets } from './find-alphabet.ts';
import { looksLikeLabel, notALabel } from './not-a-label.ts';
import { questionMessage } from './question.ts';
import { wholeButton } from './several.ts';
import { makeStackTalk } from './stack-talk.ts';

type Photo = Extract<ChatEvent, { kind: 'photo' }>;
type Predictions = Extract<Recognised, { outcome: 'predictions' }>;

export function makePhotoTalk(
  deps: FindableAlphabets & {
    readonly recognition: Recognition;
    readonly store: Pick<Store, 'predictions'>;
    readonly answering: Answering;
    readonly glyphPng: (glyph: Uint8Array) => Uint8Array;
  },
): (heard: Heard<Photo>) => Promise<readonly Reply[]> {
  const { recognition, answering } = deps;

  async function first(
    heard: Heard<Photo>,
    { predictions, main, more, sheet, unread = 0, hint, glance }: Predictions,
    before = '',
  ): Promise<Message> {
    const { say } = heard;
    const [only, ...others] = predictions;
    const missed = before + (unread === 0 ? '' : `${say('album-unread', { count: unread })}\n`);
    const shown = main === undefined ? undefined : predictions[main];
    if (sheet !== undefined)
      return answering.whole(heard, only.id, before + say('sheet-read', { ...sheet, filled: predictions.length }));
    if (others.length === 0) {
      const doubted = only.outcome === 'unsure' || only.outcome === 'not-a-character';
      const help = hint !== undefined && doubted ? `${say(`hint-${hint}`)}\n` : '';
      const reads = only.outcome === 'not-a-character' ? chatReads(only.alphabet, say, '\n') : '';
      return withGlyph(await ofOne(heard, only, missed + help + reads), only, say, glance);
    }
    if (shown !== undefined) {
      const message = await ofOne(heard, shown, `${say('several-main', { count: predictions.length })}\n`);
      const whole = [wholeButton(only.id, predictions.length, say)];
      return withGlyph({ ...message, keyboard: [...(message.keyboard ?? []), whole] }, shown, say, glance);
    }
    const tooMany = more === true ? say('several-too-many', { count: predictions.length }) : '';
    return ofSeveral(heard, predictions, missed.trim() + tooMany);
  }

  /** Whoever sends a dog where letters are read, or a letter where dogs are, learns what is read there; said where there is another kind to choose. */
  const chatReads = (id: string, say: Say, after = ''): string => {
    const alphabet = deps.alphabet(id);
    const isOther = deps.alphabets().some(({ kind }) => kind !== alphabet?.kind);
    return alphabet === undefined || !isOther ? '' : `${say('chat-reads', { alphabet: alphabet.title })}${after}`;
  };

  /** With what was cut out; who is asked for more than a nod has to see it. */
  const withGlyph = (message: Message, { glyph, outcome }: Prediction, say: Say, glance?: Uint8Array): Message => {
    const picture = {
      png: () => deps.glyphPng(glyph),
      alt: sayOf(say, kindOfGlyph(glyph).id)('picture-glyph'),
      role: 'glyph',
    } as const;
    const asked = message.keyboard?.flat().some(({ payload }) => decodeButton(payload)?.do === 'label') === true;
    const inDoubt = asked && (outcome === 'unsure' || outcome === 'not-a-character');
    if (inDoubt && glance !== undefined) return { ...message, pictures: [glancePicture(glance, say)] };
    return { ...message, pictures: [inDoubt ? { ...picture, inDoubt } : picture] };
  };

  /** The photo, small, with what was looked at marked. */
  const glancePicture = (glance: Uint8Array, say: Say): Picture => ({
    png: () => glance,
    alt: say('picture-glance'),
    role: 'glyph',
    inDoubt: true,
  });

  const alphabetNamed = (written: string) => findAlphabet(deps, written);

  /** A caption that is a label answers at once; any other caption is only a caption. */
  async function ofOne({ event, speaker, say }: Heard<Photo>, prediction: Prediction, before = ''): Promise<Message> {
    const alphabet = deps.alphabet(prediction.alphabet);
    if (prediction.onlyRead === true) return questionMessage(prediction, alphabet, say, before);
    const caption = event.caption?.trim() ?? '';
    const label = alphabet && labelTyped(alphabet, caption);
    if (label === undefined) {
      return questionMessage(prediction, alphabet, say, before + toldOff(event, caption, prediction, say));
    }
    const verdict = { kind: 'label', label: { id: label.id } } as const;
    const { chat } = event;
    const answered = await recognition.answer({ prediction: prediction.id, verdict, speaker, chat });
    const { message, notice } = answering.after(answered, say);
    return message ?? questionMessage(prediction, alphabet, say, notice === undefined ? before : `${notice}\n`);
  }

  /** A caption that is the whole line answers all at once. */
  async function ofSeveral(heard: Heard<Photo>, [first]: Predictions['predictions'], before: string): Promise<Message> {
    const { event, say } = heard;
    const alphabet = deps.alphabet(first.alphabet);
    const caption = event.caption?.trim() ?? '';
    const found = alphabet && labelsOfText(alphabet, caption);
    if (found === undefined || caption === '' || first.onlyRead === true)
      return answering.whole(heard, first.id, before);
    if ('unknown' in found) {
      const wrong = event.meantAsLabel === true && alphabetNamed(caption) === undefined ? found.unknown : caption;
      return answering.whole(heard, first.id, before + toldOff(event, wrong, first, say));
    }
    if (found.labels.length > 1) return answering.line(heard, first.id, caption, before);
    const which = event.meantAsLabel === true ? `${say('several-which')}\n` : '';
    return answering.whole(heard, first.id, before + which);
  }

  /** Whoever meant a label should know that it was not taken for an answer. */
  function toldOff({ meantAsLabel }: Photo, wrong: string, { alphabet }: Prediction, say: Say): string {
    if (wrong === '' || !(meantAsLabel === true || looksLikeLabel(wrong, deps))) return '';
    return `${notALabel(wrong, alphabet, deps, say)}\n`;
  }

  const told = async (heard: Heard<Photo>, recognised: Predictions, before = ''): Promise<Reply> => ({
    kind: 'message',
    message: await first(heard, recognised, before),
    said: (message) => deps.store.predictions.setMessage(recognised.predictions[0].photo, message),
  });
  const ofStack = makeStackTalk({ recognition, told });

  async function talk(heard: Heard<Photo>): Promise<readonly Reply[]> {
    const { event, speaker, say } = heard;
    if ([event.bytes, ...(event.further ?? [])].some(isPdf)) return withStacks(heard);
    const named = event.alphabet === undefined ? undefined : alphabetNamed(event.alphabet);
    // An alphabet that nobody knows is told off by whoever reads.
    const alphabet = named?.id ?? event.alphabet;
    const { kind: _, caption: __, alphabet: ___, person: ____, meantAsLabel: _____, ...asked } = event;
    const inWriting = (event.caption ?? '').trim() === '' ? {} : ({ told: true } as const);
    const request = { ...asked, ...inWriting, speaker, shown: true } as const;
    const recognised = await recognition.recognise(alphabet === undefined ? request : { ...request, alphabet });
    switch (recognised.outcome) {
      case 'busy': {
        const { retryAfterSeconds } = recognised;
        return [{ kind: 'message', message: { text: say('busy', { seconds: retryAfterSeconds }) }, retryAfterSeconds }];
      }
      case 'disk-nearly-full':
        return reply(say('disk-nearly-full'));
      case 'pictures-full':
        return reply(say('pictures-full'));
      case 'unreadable': {
        const { because, glance } = recognised;
        const reads = alphabet ?? recognition.alphabetOf(speaker.platform, event.chat);
        const text = [say(`unreadable-${because}`), because === 'scene' ? chatReads(reads, say) : ''].join('\n').trim();
        return [{ kind: 'message', message: { text, ...(glance && { pictures: [glancePicture(glance, say)] }) } }];
      }
      case 'one-by-one':
        return oneByOne(heard);
      case 'unknown-alphabet':
        return reply(unknownAlphabet(deps, recognised.alphabet, say));
      case 'predictions':
        return [
          await told(heard, recognised),
          // A caption may have been the answer.
          ...(event.caption === undefined ? [] : await answering.sign(heard, recognised.predictions[0].id, true)),
        ];
    }
  }

  /** PDFs among the pictures: those are stacks of sheets, and the rest is what it was. */
  async function withStacks(heard: Heard<Photo>): Promise<readonly Reply[]> {
    const { bytes: one, further: others = [], ...event } = heard.event;
    const all = [one, ...others];
    const [bytes, ...further] = all.filter((each) => !isPdf(each));
    const together = further.length === 0 ? {} : { further };
    const replies: Reply[] = [];
    if (bytes !== undefined) replies.push(...(await talk({ ...heard, event: { ...event, bytes, ...together } })));
    for (const [at, pdf] of all.filter(isPdf).entries()) {
      const key = event.key === undefined ? {} : { key: `${event.key}/pdf${at}` };
      replies.push(...(await ofStack({ ...heard, event: { ...event, bytes: pdf, ...key } })));
    }
    return replies;
  }

  /** An album with a practice sheet in it, or with too much for one message. */
  async function oneByOne(heard: Heard<Photo>): Promise<readonly Reply[]> {
    const { further = [], ...event } = heard.event;
    const replies: Reply[] = [];
    for (const [at, bytes] of [event.bytes, ...further].entries()) {
      const key = event.key === undefined || at === 0 ? event.key : `${event.key}/${at}`;
      replies.push(...(await talk({ ...heard, event: { ...event, bytes, ...(key !== undefined && { key }) } })));
    }
    return replies;
  }

  return talk;
}
