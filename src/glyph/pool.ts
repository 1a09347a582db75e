// Photos are opened in processes of their own: off the app's event loop, on more than one core, and what a malicious file does
// to a decoder costs that photo alone. Not in threads: native memory has no limit there, and native code no end.
import { availableParallelism } from 'node:os';
import type { KindId } from '../alphabet/alphabet.ts';
import { OperationalError } from '../errors.ts';
import type { Log } from '../log.ts';
import { isDear } from './cost.ts';
import type { Reading } from './glyph.ts';
import { inspect } from './inspect.ts';
import { startReader, type ReaderHandle } from './reader-handle.ts';

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
  /** Starts the first process before it is needed. */
  warm(): void;
  /** Ends the processes; what is unread rejects. */
  close(): void;
}

export interface PhotoReaderOptions {
  readonly log: Log;
  /** Tests only: another program for the process, and less patience. */
  readonly entry?: string;
  readonly readers?: number;
  readonly deadlineMs?: number;
  readonly idleMs?: number;
}

interface Job {
  readonly bytes: Uint8Array;
  readonly kind: KindId;
  readonly dear: boolean;
  readonly resolve: (reading: Reading) => void;
  readonly reject: (error: unknown) => void;
  /** How many readers ended while they had it. */
  lost: number;
}

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
          finish(member)?.resolve(reading);
          next();
        },
        gone: (why) => gone(member, why),
      }),
    };
    members.add(member);
    return member;
  }

  function give(member: Member, job: Job): void {
    clearTimeout(member.timer);
    member.job = job;
    member.timer = setTimeout(() => {
      log.warn({ bytes: job.bytes.length }, 'a photo took its reader too long; the reader was ended');
      end(member);
      finish(member)?.resolve({ outcome: 'too-costly' });
    }, deadlineMs);
    member.reader.read({ bytes: job.bytes, kind: job.kind });
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
      // It may have been somebody else's fault, once.
      if (job.lost < 2 && !closed) waiting.unshift(job);
      else if (member.reader.wasReady()) job.resolve({ outcome: 'damaged' });
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

  return {
    read(bytes, signal, kind = 'ink') {
      const inspected = inspect(bytes);
      if (inspected.outcome !== 'picture') return Promise.resolve(inspected);
      return new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        if (closed) throw new OperationalError('The app is stopping. Send the photo again in a moment.');
        const job: Job = { bytes, kind, dear: isDear(bytes), resolve, reject, lost: 0 };
        waiting.push(job);
        signal?.addEventListener('abort', () => {
          const place = waiting.indexOf(job);
          if (place === -1) return;
          waiting.splice(place, 1);
          reject(signal.reason);
        });
        next();
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
