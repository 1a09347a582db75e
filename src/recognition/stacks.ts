// A teacher's stack: a PDF becomes its pages' pictures, and each of them is recognised as a practice sheet like one that came alone. One
// stack is taken apart at a time; its pages wait for their turn in the line of photos like everybody's.
import { setTimeout as pause } from 'node:timers/promises';
import { makeFairLine } from '../fairness/fair-line.ts';
import type { PhotoReaders } from '../glyph/pool.ts';
import type { Recognise, Recognised, RecognisedStack, RecogniseRequest } from './outcomes.ts';
import { shareOf } from './share.ts';

const WAITING = 16;
const OF_A_PERSON = 3;
/** Whose pages come faster than one person's may is waited for so often; a longer wait than this is none of a stack's. */
const TRIES = 20;
const LONGEST_SECONDS = 10;

export function makeRecogniseStack(deps: {
  readonly unstack: PhotoReaders['unstack'];
  readonly recognise: Recognise;
}): (request: RecogniseRequest) => Promise<RecognisedStack> {
  const line = makeFairLine({ atOnce: 1, ofOne: OF_A_PERSON, waiting: WAITING });

  /** A page when there is room for it. */
  async function patiently(request: RecogniseRequest): Promise<Recognised> {
    for (let tries = 1; ; tries++) {
      const recognised = await deps.recognise(request);
      if (recognised.outcome !== 'busy') return recognised;
      if (tries === TRIES || recognised.retryAfterSeconds > LONGEST_SECONDS) return recognised;
      await pause(1000 * recognised.retryAfterSeconds);
      if (request.signal?.aborted === true) return recognised;
    }
  }

  return async (request) => {
    const { bytes, speaker, signal, key } = request;
    const turn = await line.run({ share: shareOf(speaker), signal }, () => deps.unstack(bytes, signal));
    if (turn.outcome === 'left') return { outcome: 'busy', retryAfterSeconds: 1 };
    if (turn.outcome === 'busy') return turn;
    const stack = turn.value;
    if (stack.outcome !== 'pages') return { outcome: 'unreadable', because: stack.outcome };
    const pages: { readonly page: number; readonly recognised: Recognised }[] = [];
    for (const [at, picture] of stack.pages.entries()) {
      const page = at + 1;
      const recognised =
        picture === null
          ? ({ outcome: 'unreadable', because: 'pdf-no-sheets' } as const)
          : await patiently({
              ...request,
              bytes: picture,
              // Who sent a stack waits for all of it.
              withinMs: undefined,
              onlySheet: true,
              ...(key !== undefined && { key: `${key}/p${page}` }),
            });
      pages.push({ page, recognised });
      // What comes after would fare no better.
      if (recognised.outcome === 'busy' || recognised.outcome === 'disk-nearly-full') break;
    }
    return { outcome: 'stack', pages, count: stack.pages.length };
  };
}
