// The pieces that a run's work is cut into: glyphs drawn, a network taught, half of that, glyphs read. Whoever does them (this thread, or one of
// `crew.ts`) needs nothing but the order, and comes to the same numbers.
import type { Engine, Network } from '../model/engine.ts';
import type { FitProgress } from '../model/fit.ts';
import { openEngine } from '../model/open.ts';
import { makeDrawer, type DrawOrder } from './draw.ts';
import type { Glyphs } from './glyphs.ts';
import { assist, type AssistOrder } from './halves.ts';
import { learn, type LearningTask, type LearnTools, type Learnt } from './learn.ts';
import { makeReader } from './reader.ts';

export interface LearnOrder {
  readonly task: LearningTask;
  readonly threads: number;
  /** As `LearnTools.halves`. */
  readonly halves: LearnTools['halves'];
  /** Milliseconds until the best so far counts. */
  readonly patience: number;
  readonly resume: Uint8Array | undefined;
}

export interface ReadOrder {
  readonly network: Network;
  /** Tells networks apart: the same number, the same weights. */
  readonly number: number;
  readonly glyphs: Glyphs;
}

/** What each piece is asked with, and what comes of it. */
export interface Pieces {
  readonly draw: { readonly order: DrawOrder; readonly made: Glyphs };
  readonly learn: { readonly order: LearnOrder; readonly made: Learnt };
  readonly assist: { readonly order: AssistOrder; readonly made: null };
  readonly read: { readonly order: ReadOrder; readonly made: Float32Array };
}
export type Piece = keyof Pieces;

/** What is heard of a fit before its end. */
export type News = { readonly progress: FitProgress } | { readonly checkpoint: Uint8Array };

export interface Work {
  does<P extends Piece>(
    piece: P,
    order: Pieces[P]['order'],
    hears: (news: News) => Promise<void> | void,
  ): Promise<Pieces[P]['made']>;
  close(): Promise<void>;
}

/** Networks whose weights are held, to be known again when they are to read once more. */
const MOST_KNOWN = 3;

export async function openWork(name: Engine['name'], signal: AbortSignal): Promise<Work> {
  const engine = await openEngine(name);
  const reader = makeReader(engine, 1, signal);
  const draw = makeDrawer();
  const known = new Map<number, Network>();

  function sameNetwork({ number, network }: ReadOrder): Network {
    const same = known.get(number) ?? network;
    known.delete(number);
    known.set(number, same);
    for (const [oldest] of known) if (known.size > MOST_KNOWN) known.delete(oldest);
    return same;
  }

  const kinds: {
    readonly [P in Piece]: (
      order: Pieces[P]['order'],
      hears: (news: News) => Promise<void> | void,
    ) => Promise<Pieces[P]['made']>;
  } = {
    draw: (order) => Promise.resolve(draw(order)),
    read: (order) => reader.logits(sameNetwork(order), order.glyphs),
    assist: (order) => assist(order, engine, signal),
    learn: ({ task, threads, halves, patience, resume }, hears) =>
      learn(task, {
        engine,
        threads,
        halves,
        signal,
        deadline: AbortSignal.timeout(Math.max(0, Math.ceil(patience))),
        notebook: {
          resumeOf: () => Promise.resolve(resume),
          keep: async (_, checkpoint) => hears({ checkpoint }),
        },
        onProgress: (progress) => void hears({ progress }),
        now: () => performance.now(),
      }),
  };
  return {
    does: (piece, order, hears) => kinds[piece](order, hears),
    close: () => reader.close(),
  };
}
