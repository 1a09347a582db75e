// Photos are opened in processes of their own: off the app's event loop, on more than one core, and what a malicious file does
// to a decoder costs that photo alone. Not in threads: native memory has no limit there, and native code no end.
import { availableParallelism } from 'node:os';
import type { KindId } from '../alphabet/alphabet.ts';
import { OperationalError } from '../errors.ts';
import type { Log } from '../log.ts';
import { isDear } from './cost.ts';
import type { Glyph, Reading } from './glyph.ts';
import { inspect, MAX_BYTES } from './inspect.ts';
import { startReader, type ReaderHandle } from './reader-handle.ts';
import type { Page, Unstacked } from './stack.ts';

/** Each takes some 65 MB, most of it shared. */
const MOST_READERS = 2;
/**
 * A photo's time with a reader, ms. One that computes too long ends itself after two seconds; this is for one that cannot any
 * more, and long, since a machine may be so busy that a reader hardly comes to work (10 s were reached so).
 */
const DEADLINE_MS = 30_000;
/** How long a reader beside the first is kept without work, ms. */
const IDLE_MS = 30_000;

export interface PhotoReaders {
  /** As `read` of the kind (ink when left out). A photo that is given up before its turn is dropped: it rejects with the signal's reason. */
  read(bytes: Uint8Array, signal?: AbortSignal, kind?: KindId): Promise<Reading>;
  /** The photo, small, with what was seen in it; null where that cannot be shown. Never rejects but when the app stops. */
  glance(
    bytes: Uint8Array,
    glyph: Pick<Glyph, 'pixels' | 'box'> | null,
    signal?: AbortSignal,
  ): Promise<Uint8Array | null>;
  /** Takes a PDF apart into its pages' pictures, within the same bounds page by page. Gives up and rejects as `read`. */
  unstack(bytes: Uint8Array, signal?: AbortSignal): Promise<Stack>;
  /** Starts the first process before it is needed. */
  warm(): void;
  /** Ends the processes; what is unread rejects. */
  close(): void;
}

/** A PDF's pages in order; a page without a picture is null. */
export type Stack =
  | { readonly outcome: 'pages'; readonly pages: readonly Page[] }
  | Exclude<Unstacked, { readonly outcome: 'pages' }>
  | { readonly outcome: 'too-costly' };

export interface PhotoReaderOptions {
  readonly log: Log;
  /** Tests only: another program for the process, and less patience. */
  readonly entry?: string;
  readonly readers?: number;
  readonly deadlineMs?: number;
  readonly idleMs?: number;
}

interface Work {
  readonly bytes: Uint8Array;
  readonly dear: boolean;
  readonly reject: (error: unknown) => void;
  /** How many readers ended while they had it. */
  lost: number;
}
type Job =
  | (Work & { readonly kind: KindId; readonly resolve: (reading: Reading) => void })
  | (Work & {
      readonly kind: 'glance';
      readonly glyph: Pick<Glyph, 'pixels' | 'box'> | null;
      readonly resolve: (picture: Uint8Array | null) => void;
    })
  | (Work & { readonly kind: 'stack'; readonly resolve: (stack: Stack) => void; pages: Page[] });

interface Member {
  readonly reader: ReaderHandle;
  job?: Job;
  /** The end of patience with its photo, or with its idleness. */
  timer?: NodeJS.Timeout;
  /** It takes no photo any more. */
  ending: boolean;
}

export function makePhotoReaders(options: PhotoReaderOptions): PhotoReaders {
  const { log, deadlineMs = DEADLINE_MS, idleMs = IDLE_MS } = options;
  const most = options.readers ?? Math.min(MOST_READERS, availableParallelism());
  const waiting: Job[] = [];
  // An ending process counts until it is gone: there are never more than `most`.
  const members = new Set<Member>();
  let closed = false;

  function add(): Member {
    const member: Member = {
      ending: false,
      reader: startReader(options.entry, {
        read(reading, last) {
          member.ending ||= last;
          const job = finish(member);
          if (job !== undefined && job.kind !== 'stack' && job.kind !== 'glance') job.resolve(reading);
          next();
        },
        glanced(picture) {
          const job = finish(member);
          if (job?.kind === 'glance') job.resolve(picture);
          next();
        },
        page(page) {
          if (member.job?.kind !== 'stack') return;
          member.job.pages.push(page);
          patient(member, member.job);
        },
        unstacked(how) {
          member.ending = true;
          const job = finish(member);
          if (job?.kind === 'stack') job.resolve(how.outcome === 'pages' ? { ...how, pages: job.pages } : how);
          next();
        },
        gone: (why) => gone(member, why),
      }),
    };
    members.add(member);
    return member;
  }

  function give(member: Member, job: Job): void {
    member.job = job;
    if (job.kind === 'stack') job.pages = [];
    patient(member, job);
    member.reader.read(
      job.kind === 'glance'
        ? { bytes: job.bytes, kind: job.kind, glyph: job.glyph }
        : { bytes: job.bytes, kind: job.kind },
    );
  }

  /** From now on the whole of its time is there for the photo, or for the next page. */
  function patient(member: Member, job: Job): void {
    clearTimeout(member.timer);
    member.timer = setTimeout(() => {
      log.warn({ bytes: job.bytes.length }, 'a photo took its reader too long; the reader was ended');
      end(member);
      const given = finish(member);
      if (given !== undefined) giveUp(given, 'too-costly');
    }, deadlineMs);
  }

  function giveUp(job: Job, outcome: 'too-costly' | 'damaged'): void {
    if (job.kind === 'glance') job.resolve(null);
    else job.resolve({ outcome });
  }

  function finish(member: Member): Job | undefined {
    const { job } = member;
    delete member.job;
    clearTimeout(member.timer);
    // One is kept warm.
    member.timer = setTimeout(() => {
      if ([...members].some((other) => other !== member && !other.ending)) end(member);
    }, idleMs).unref();
    return job;
  }

  function end(member: Member): void {
    member.ending = true;
    member.reader.kill();
  }

  function gone(member: Member, why: string): void {
    members.delete(member);
    const job = finish(member);
    clearTimeout(member.timer);
    if (!member.ending) log.warn({ why }, 'a photo reader ended by itself');
    if (job !== undefined) {
      job.lost += 1;
      // A stack that takes too much is ended so.
      if (job.kind === 'stack' && member.reader.wasReady()) giveUp(job, 'too-costly');
      // It may have been somebody else's fault, once.
      else if (job.lost < 2 && !closed) waiting.unshift(job);
      else if (member.reader.wasReady()) giveUp(job, 'damaged');
      else
        job.reject(
          new OperationalError(
            `The process that opens photos does not start (${why}). Is all installed? Run "npm ci".`,
          ),
        );
    }
    next();
  }

  /** Hands out what can be: in order, but for dear photos, of which one is opened at a time. */
  function next(): void {
    if (closed) return;
    for (let place = 0; place < waiting.length;) {
      const job = waiting[place];
      const dearInHand = [...members].some((each) => each.job?.dear === true);
      if (job === undefined || (job.dear && dearInHand)) {
        place += 1;
        continue;
      }
      const idle = [...members].find((each) => each.job === undefined && !each.ending);
      if (idle === undefined && members.size >= most) return;
      waiting.splice(place, 1);
      give(idle ?? add(), job);
    }
  }

  function wait(job: Job, signal: AbortSignal | undefined): void {
    signal?.throwIfAborted();
    if (closed) throw new OperationalError('The app is stopping. Send the photo again in a moment.');
    waiting.push(job);
    signal?.addEventListener('abort', () => {
      const place = waiting.indexOf(job);
      if (place === -1) return;
      waiting.splice(place, 1);
      job.reject(signal.reason);
    });
    next();
  }

  return {
    read(bytes, signal, kind = 'ink') {
      const inspected = inspect(bytes);
      if (inspected.outcome !== 'picture') return Promise.resolve(inspected);
      return new Promise((resolve, reject) => {
        wait({ bytes, kind, dear: isDear(bytes), resolve, reject, lost: 0 }, signal);
      });
    },
    glance(bytes, glyph, signal) {
      return new Promise((resolve, reject) => {
        wait({ bytes, kind: 'glance', glyph, dear: isDear(bytes), resolve, reject, lost: 0 }, signal);
      });
    },
    unstack(bytes, signal) {
      if (bytes.length > MAX_BYTES) return Promise.resolve({ outcome: 'file-too-large' });
      return new Promise((resolve, reject) => {
        wait({ bytes, kind: 'stack', dear: true, resolve, reject, lost: 0, pages: [] }, signal);
      });
    },
    warm() {
      if (members.size === 0 && !closed) add();
    },
    close() {
      closed = true;
      const stopping = new OperationalError('The app is stopping. Send the photo again in a moment.');
      for (const job of waiting.splice(0)) job.reject(stopping);
      for (const member of members) {
        finish(member)?.reject(stopping);
        clearTimeout(member.timer);
        end(member);
      }
    },
  };
}
