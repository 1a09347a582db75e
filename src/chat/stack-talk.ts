// A PDF of filled practice sheets: a message a sheet, each with its place in the file, and one about the pages that were none.
import type { Recognised, Recognition } from '../recognition/outcomes.ts';
import { reply, type Heard } from './command.ts';
import type { ChatEvent, Reply } from './event.ts';

type Photo = Extract<ChatEvent, { kind: 'photo' }>;
type Predictions = Extract<Recognised, { outcome: 'predictions' }>;

export function makeStackTalk(deps: {
  readonly recognition: Pick<Recognition, 'recogniseStack'>;
  /** The first message about a page, with what is said before it. */
  readonly told: (heard: Heard<Photo>, recognised: Predictions, before: string) => Promise<Reply>;
}): (heard: Heard<Photo>) => Promise<readonly Reply[]> {
  return async (heard) => {
    const { event, speaker, say } = heard;
    const { kind: _, caption: __, person: ___, meantAsLabel: ____, alphabet: _____, ...asked } = event;
    const read = await deps.recognition.recogniseStack({ ...asked, speaker });
    switch (read.outcome) {
      case 'busy': {
        const { retryAfterSeconds } = read;
        return [{ kind: 'message', message: { text: say('busy', { seconds: retryAfterSeconds }) }, retryAfterSeconds }];
      }
      case 'unreadable':
        return reply(say(`unreadable-${read.because}`));
      case 'stack':
    }
    const { pages, count } = read;
    const replies: Reply[] = [];
    const missed: number[] = [];
    let cutShort: number | undefined;
    for (const { page, recognised } of pages) {
      if (recognised.outcome === 'predictions') {
        replies.push(await deps.told(heard, recognised, `${say('stack-page', { place: page, count })}\n`));
      } else if (recognised.outcome === 'busy' || recognised.outcome === 'disk-nearly-full') cutShort = page;
      else missed.push(page);
    }
    if (replies.length === 0 && cutShort === undefined) return reply(say(`unreadable-${whyNone(pages)}`));
    if (missed.length > 0) {
      replies.push(...reply(say('stack-missed', { count: missed.length, places: missed.join(', ') })));
    }
    if (cutShort !== undefined) replies.push(...reply(say('stack-cut-short', { place: cutShort })));
    return replies;
  };
}

/** Where no page can be read, and one of them is a sheet after all, what is the matter with it says more. */
function whyNone(pages: readonly { readonly recognised: Recognised }[]) {
  const reasons = pages.flatMap(({ recognised }) => (recognised.outcome === 'unreadable' ? [recognised.because] : []));
  return reasons.find((because) => because.startsWith('sheet-')) ?? 'pdf-no-sheets';
}
