// Who does a run's work: threads beside this one, each with one core, that take its pieces in turn. Several trainings of one core each
// get more out of as many cores than one training of them all, and come to the same numbers however many there are.
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import type { Engine } from '../model/engine.ts';
import { openWork, type News, type Piece, type Pieces, type Work } from './work.ts';

export interface Crew {
  /** How many pieces are done at once. */
  readonly size: number;
  /**
   * Does a piece when its turn comes; what is urgent comes before what was asked for earlier. Rejects with the signal's reason when
   * aborted, and with whatever `hears` throws.
   */
  does<P extends Piece>(piece: P, order: Pieces[P]['order'], how?: How): Promise<Pieces[P]['made']>;
  /** Where a second thread listens that makes half of each step of a fit, until this is closed; null: there is none. */
  helper(): MessagePort | null;
  close(): Promise<void>;
}

interface How {
  readonly urgent?: boolean;
  /** What is heard of a fit; the piece is done when all of it was taken in. */
  hears?(news: News): Promise<void> | void;
}

/** A thread has an engine and a heap of its own, and a run seldom has more than this to do side by side. */
const MOST = 4;

/** A crew of one is this thread. TensorFlow's library is loaded into one thread of a process. */
export async function openCrew(engine: Engine['name'], threads: number, signal: AbortSignal): Promise<Crew> {
  const size = engine === 'onnx' ? Math.min(threads, MOST) : 1;
  // Loaded here first in any case: what ONNX Runtime must not do is switched off in the main thread alone.
  const here = await openWork(engine, signal);
  const members = size === 1 ? [here] : Array.from({ length: size }, () => openThread(engine, signal));
  const idle = [...members];
  const waiting: ((member: Work) => Promise<void>)[] = [];

  function next(): void {
    const [member, piece] = [idle[0], waiting[0]];
    if (member === undefined || piece === undefined) return;
    idle.shift();
    waiting.shift();
    void piece(member).finally(() => {
      idle.push(member);
      next();
    });
  }

  const does: Crew['does'] = (piece, order, { urgent = false, hears = () => undefined } = {}) =>
    new Promise((resolve, reject) => {
      const turn = async (member: Work): Promise<void> => {
        // What needs all cores by itself is done here, by whom they all belong to.
        const by = piece === 'learn' && (order as Pieces['learn']['order']).threads > 1 ? here : member;
        try {
          signal.throwIfAborted();
          resolve(await by.does(piece, order, hears));
        } catch (thrown) {
          reject(thrown);
        }
      };
      if (urgent) waiting.unshift(turn);
      else waiting.push(turn);
      next();
    });

  return {
    size,
    does,
    helper() {
      if (size === 1) return null;
      const { port1, port2 } = new MessageChannel();
      // Whoever waits at the other end hears of it.
      does('assist', { port: port2 }).catch(() => port2.close());
      return port1;
    },
    async close() {
      waiting.length = 0;
      await Promise.all([here, ...(size === 1 ? [] : members)].map((member) => member.close()));
    },
  };
}

/** What a thread is asked, and what it answers. */
export type Asked = { readonly piece: Piece; readonly order: Pieces[Piece]['order'] };
export type Answered =
  | { readonly kind: 'news'; readonly news: News }
  | { readonly kind: 'made'; readonly made: Pieces[Piece]['made'] }
  | { readonly kind: 'failed'; readonly because: unknown };

/** A port is given away, not copied. */
function portsOf(order: Asked['order']): readonly MessagePort[] {
  if ('port' in order) return [order.port];
  return 'halves' in order && order.halves?.helper ? [order.halves.helper] : [];
}

/** One thread, asked one thing after the other. */
function openThread(engine: Engine['name'], signal: AbortSignal): Work {
  const worker = new Worker(new URL('crew-thread.mjs', import.meta.url), { workerData: { engine } });
  let fail: ((why: unknown) => void) | null = null;
  let dead: Error | null = null;
  const die = (why: Error): void => {
    dead ??= why;
    fail?.(dead);
  };
  worker.on('error', (cause) => die(new Error('a thread of the training failed', { cause })));
  const ended = new Promise<void>((resolve) => {
    worker.on('exit', () => {
      die(new Error('a thread of the training ended'));
      resolve();
    });
  });

  return {
    does: (piece, order, hears) =>
      new Promise((resolve, reject) => {
        if (dead !== null) return reject(dead);
        let taken: Promise<void> = Promise.resolve();
        const over = (): void => {
          fail = null;
          worker.off('message', listen);
          signal.removeEventListener('abort', stop);
        };
        fail = (why) => {
          over();
          reject(why);
        };
        const stop = (): void => fail?.(signal.reason);
        const listen = (answered: Answered): void => {
          switch (answered.kind) {
            case 'news':
              taken = taken.then(() => hears(answered.news));
              // Told below, or at once where nobody waits for the end.
              taken.catch((thrown: unknown) => fail?.(thrown));
              return;
            case 'failed':
              return fail?.(answered.because);
            case 'made':
              void taken.then(
                () => {
                  over();
                  resolve(answered.made);
                },
                () => undefined,
              );
          }
        };
        worker.on('message', listen);
        signal.addEventListener('abort', stop);
        const asked: Asked = { piece, order };
        worker.postMessage(asked, portsOf(order));
      }),
    async close() {
      if (dead !== null) return;
      worker.postMessage('leave', []);
      await ended;
    },
  };
}
