// What is typed about one character, or about the whole photo: as a reply, or where only one photo can be meant.
import { labelsOfText } from '../recognition/align.ts';
import type { Recognition } from '../recognition/outcomes.ts';
import type { Store } from '../store/store.ts';
import type { Agreeing } from './agreeing.ts';
import type { Heard } from './command.ts';
import type { Message, Reply } from './event.ts';
import type { Keeping } from './keeping.ts';
import { readingMessage } from './several.ts';
import type { Showing } from './showing.ts';

export type Typed = (
  heard: Heard,
  about: { readonly prediction: string; readonly whole: boolean },
  text: string,
) => Promise<readonly Reply[]>;

export function makeTyped(deps: {
  readonly recognition: Pick<Recognition, 'answer' | 'open'>;
  readonly store: Pick<Store, 'predictions'>;
  readonly showing: Pick<Showing, 'elsewhere' | 'sign'>;
  readonly keeping: Keeping;
  readonly agreeing: Pick<Agreeing, 'message'>;
}): Typed {
  const { recognition, keeping } = deps;
  return async (heard, { prediction, whole }, text) => {
    const { event, speaker, say } = heard;
    const { chat } = event;
    const to = deps.store.predictions.address(prediction);
    // Thanks stand under the photo.
    const told = (message: Message) => ({ kind: 'message', message, ...(to === null ? {} : { to }) }) as const;
    /** What is said, and the photo's own message; where that is not known, its buttons stand under what is said. */
    const both = async (said: string, as: 'one' | 'whole', message: Message): Promise<readonly Reply[]> => {
      const own = await deps.showing.elsewhere(heard, prediction, as);
      if (own.length === 0) return [told(message)];
      // The photo's own message says it: a sign at the photo is thanks enough.
      return [...(await deps.showing.sign(heard, prediction, true, told({ text: said }))), ...own];
    };
    if (!whole) {
      const verdict = { kind: 'label', label: { text } } as const;
      const answered = await recognition.answer({ prediction, verdict, speaker, chat });
      const { message, notice } = keeping.after(answered, say);
      if (notice !== undefined) return [told({ text: notice })];
      if (message === undefined) return [];
      return answered.outcome === 'agree-first' ? [told(message)] : both(message.text, 'one', message);
    }
    const photo = await recognition.open(prediction, speaker, chat);
    if (photo.outcome !== 'photo') return [told({ text: say(photo.outcome) })];
    const found = labelsOfText(photo.alphabet, text);
    // One label for several: nobody can know whose it is.
    if ('labels' in found && found.labels.length < 2 && photo.glyphs.length > 1)
      return [told({ text: say('several-which') })];
    const done = await keeping.everything(heard, prediction, text);
    if ('notice' in done) return [told({ text: done.notice })];
    if ('ask' in done) return [told(deps.agreeing.message(done.ask, say))];
    return both(done.said, 'whole', await readingMessage(done.photo, say, { before: done.said }));
  };
}
