// Before the first answer of somebody's is kept they are asked: what teaching means, one tap to agree, which keeps that very answer, and
// one for not now. The answer waits on the button itself, so that nothing of it is kept before, and a restart loses nothing.
import { Newest } from '../newest.ts';
import type { ReplyAddress } from '../records/address.ts';
import { CONSENT_TEXT } from '../recognition/consent.ts';
import type { Recognition } from '../recognition/outcomes.ts';
import type { Store } from '../store/store.ts';
import type { Say } from '../words/words.ts';
import { encodeButton, type AgreedAnswer, type ButtonAction } from './buttons.ts';
import { edit, notice, type Heard } from './command.ts';
import type { Message, Reply } from './event.ts';

type Action<Do> = Extract<ButtonAction, { readonly do: Do }>;

/** A line is too long for a button: so many wait in memory, and are asked for again after a restart. */
const MOST_LINES = 1000;

export interface Unagreed {
  readonly prediction: string;
  /** It is one of several in its photo. */
  readonly within?: true | undefined;
  /** What is kept as soon as they agree. */
  readonly answer: AgreedAnswer | { readonly line: string };
  /** Who answered; nobody else can agree for them. */
  readonly whose: string;
}

export interface Agreeing {
  /** What they are asked, as a message. */
  message(unagreed: Unagreed, say: Say): Message;
  /** The same in place of the message that was pressed. */
  instead(unagreed: Unagreed, say: Say): readonly Reply[];
  agree(heard: Heard, action: Action<'agree'>): Promise<readonly Reply[]>;
  notNow(heard: Heard, action: Action<'not-now'>): Promise<readonly Reply[]>;
}

export function makeAgreeing(deps: {
  readonly recognition: Pick<Recognition, 'agree'>;
  readonly store: Pick<Store, 'predictions'>;
  /** Does what a button does. */
  readonly press: (heard: Heard, action: Action<'label' | 'reject' | 'all'>) => Promise<readonly Reply[]>;
  /** Keeps a line. */
  readonly line: (heard: Heard, prediction: string, line: string) => Promise<readonly Reply[]>;
  /** Asks again about one character, or about the whole photo, in place of what was pressed. */
  readonly again: (
    heard: Heard,
    about: { readonly prediction: string; readonly within?: true; readonly whole: boolean },
    before?: string,
  ) => Promise<readonly Reply[]>;
}): Agreeing {
  const lines = new Newest<string, string>(MOST_LINES);

  function message({ prediction, within, answer: given, whose }: Unagreed, say: Say): Message {
    const about = { prediction, ...(within && { within }) };
    const isLine = typeof given === 'object' && 'line' in given;
    if (isLine) lines.set(`${whose} ${prediction}`, given.line);
    const answer = isLine ? 'line' : given;
    const payload = encodeButton({ ...about, do: 'agree', text: CONSENT_TEXT, whose, answer });
    const whole = answer === 'all' || answer === 'line';
    return {
      text: say('consent-ask'),
      keyboard: [
        [
          { text: say('consent-agree-and-save'), role: 'primary', payload },
          { text: say('consent-not-now'), payload: encodeButton({ ...about, do: 'not-now', whole }) },
        ],
      ],
    };
  }

  const instead: Agreeing['instead'] = (unagreed, say) => [
    { kind: 'edit', message: message(unagreed, say), alone: true },
  ];

  return {
    message,
    instead,
    async agree(heard, { prediction, within, answer, whose, text }) {
      const { event, speaker, say } = heard;
      const about = { prediction, ...(within && { within }) };
      // Nobody agrees to what they were not shown.
      if (text !== CONSENT_TEXT) return instead({ ...about, answer, whose }, say);
      const agreed = await deps.recognition.agree({ prediction, speaker, chat: event.chat, whose });
      if (agreed.outcome === 'not-yours') return notice(say('consent-not-yours'));
      if (typeof answer === 'object') return deps.press(heard, { ...about, do: 'label', labelId: answer.labelId });
      if (answer !== 'line') return deps.press(heard, { ...about, do: answer });
      const line = lines.get(`${whose} ${prediction}`);
      if (line !== undefined) return deps.line(heard, prediction, line);
      return deps.again(heard, { prediction, whole: true }, say('consent-line-again'));
    },
    async notNow(heard, { prediction, within, whole }) {
      const { event, say } = heard;
      const said = say('consent-none-kept');
      const own = deps.store.predictions.message(prediction);
      // The question stands elsewhere still.
      if (own !== null && event.kind === 'press' && !isSame(event.on, own)) return edit(said);
      return [...(await deps.again(heard, { prediction, whole, ...(within && { within }) })), ...notice(said)];
    },
  };
}

/** Addresses are the platform's words: the same where they say the same. */
export function isSame(one: ReplyAddress | undefined, other: ReplyAddress): boolean {
  const names = Object.keys(other);
  return (
    one !== undefined && Object.keys(one).length === names.length && names.every((name) => one[name] === other[name])
  );
}
