// The line of waiting work, used wherever people wait: so many at a time, and whose work took least lately is served first,
// at every level of their share. So a flood waits for itself, and whoever asks now and then is served at once.
import { Newest } from '../newest.ts';
import { greediest, groupedAt, type Share } from './shares.ts';

export interface FairLineRules {
  readonly atOnce: number;
  /** So many wait in all. When they do, the last one of whoever has most waiting gives way. */
  readonly waiting: number;
  /** So many of one share wait. */
  readonly ofOne?: number;
  /** So many of one share are worked on at once; 1 keeps them in order. */
  readonly each?: number;
  readonly now?: () => number;
}

export interface Asks {
  readonly share: Share;
  /** Aborted when nobody waits for the result any more: work that has not begun is dropped. */
  readonly signal?: AbortSignal | undefined;
  /** Who would wait longer than this, or did, is told so. */
  readonly withinMs?: number | undefined;
  /** Called at once when there is a place, even if only in line. */
  readonly taken?: () => void;
}

export type Turn<T> =
  | { readonly outcome: 'done'; readonly value: T }
  | { readonly outcome: 'busy'; readonly retryAfterSeconds: number }
  /** Whoever asked has left; nothing was done. */
  | { readonly outcome: 'left' };

interface FairLine {
  /** Runs `work` when it is its turn; rejects only when `work` does. */
  run<T>(asks: Asks, work: () => Promise<T>): Promise<Turn<T>>;
}

/** What is assumed of a piece of work until some were measured, and how much of the measure each new one is. */
const FIRST_COST_MS = 50;
const COST_SHARE = 0.1;
/** Work done is held against somebody for so long: half of it is forgotten in this time. */
const HALF_MS = 4000;
/** To ask again before the time that was told costs this part of being served: who waits comes before who does not. */
const REFUSAL_PART = 0.5;
const MOST_REMEMBERED = 10_000;
const LONGEST_RETRY_SECONDS = 60;

interface Job {
  readonly share: Share;
  readonly end: (how: 'go' | 'busy' | 'left') => void;
}

export function makeFairLine(rules: FairLineRules): FairLine {
  const { atOnce, waiting, ofOne = waiting, each = atOnce, now = () => performance.now() } = rules;
  const line: Job[] = [];
  const running = new Map<string, number>();
  const used = makeUsed(now);
  let busy = 0;
  let cost = FIRST_COST_MS;

  const shareOf = (job: Job): Share => job.share;
  const whole = (share: Share): string => nameAt(share, share.length - 1);
  const mayStart = (share: Share): boolean => busy < atOnce && (running.get(whole(share)) ?? 0) < each;

  function enter(share: Share): void {
    busy += 1;
    running.set(whole(share), (running.get(whole(share)) ?? 0) + 1);
    // Charged at once with what such work usually takes, so that the next choice knows of it.
    used.add(share, cost);
  }

  function leave(share: Share, tookMs: number, charged: number): void {
    busy -= 1;
    const left = (running.get(whole(share)) ?? 1) - 1;
    if (left > 0) running.set(whole(share), left);
    else running.delete(whole(share));
    used.add(share, tookMs - charged);
    cost += (tookMs - cost) * COST_SHARE;
    for (let next = first(); next !== undefined; next = first()) next.end('go');
  }

  /** The job whose turn it is: of whom least was done lately, level by level. */
  function first(): Job | undefined {
    let left: readonly Job[] = line.filter(({ share }) => mayStart(share));
    for (let depth = 0; left.length > 1 && left.some(({ share }) => share.length > depth); depth++) {
      let least = Infinity;
      for (const group of groupedAt(left, shareOf, depth)) {
        const use = used.of(group[0].share, depth);
        if (use >= least) continue;
        least = use;
        left = group;
      }
    }
    return left[0];
  }

  /** How many of these jobs would be begun before one that comes now. */
  function ahead(share: Share, jobs: readonly Job[], depth: number): number {
    if (depth === share.length) return jobs.length;
    const inside = ahead(
      share,
      jobs.filter((job) => job.share[depth] === share[depth]),
      depth + 1,
    );
    const mine = used.of(share, depth) + inside * cost;
    return groupedAt(jobs, shareOf, depth).reduce((sum, group) => {
      if (group[0].share[depth] === share[depth]) return sum;
      const lead = mine - used.of(group[0].share, depth);
      return lead < 0 ? sum : sum + Math.min(group.length, Math.floor(lead / cost) + 1);
    }, inside);
  }

  const waitMs = (share: Share): number => ((ahead(share, line, 0) + 1) * cost) / atOnce;
  function refused(share: Share): { outcome: 'busy'; retryAfterSeconds: number } {
    const retryAfterSeconds = Math.min(LONGEST_RETRY_SECONDS, Math.ceil(waitMs(share) / 1000));
    used.refuse(share, cost * REFUSAL_PART, retryAfterSeconds);
    return { outcome: 'busy', retryAfterSeconds };
  }

  function stand({ share, signal, withinMs = Infinity, taken }: Asks): Promise<'go' | 'busy' | 'left'> {
    return new Promise((resolve) => {
      const end: Job['end'] = (how) => {
        const place = line.indexOf(job);
        if (place === -1) return;
        line.splice(place, 1);
        clearTimeout(timer);
        signal?.removeEventListener('abort', left);
        // Entered here, not when it wakes: nobody may slip in between.
        if (how === 'go') enter(share);
        resolve(how);
      };
      const left = (): void => end('left');
      const job: Job = { share, end };
      const timer = withinMs === Infinity ? undefined : setTimeout(() => end('busy'), withinMs);
      signal?.addEventListener('abort', left, { once: true });
      line.push(job);
      if (line.length > waiting) greediest(line, shareOf).at(-1)?.end('busy');
      if (line.includes(job)) taken?.();
    });
  }

  return {
    async run(asks, work) {
      const { share, signal, withinMs = Infinity } = asks;
      if (signal?.aborted === true) return { outcome: 'left' };
      if (mayStart(share)) {
        enter(share);
        asks.taken?.();
      } else {
        if (line.filter((job) => whole(job.share) === whole(share)).length >= ofOne) return refused(share);
        if (withinMs < Infinity && waitMs(share) > withinMs) return refused(share);
        const how = await stand(asks);
        if (how === 'busy') return refused(share);
        if (how === 'left') return { outcome: 'left' };
      }
      const charged = cost;
      const began = now();
      try {
        return { outcome: 'done', value: await work() };
      } finally {
        leave(share, now() - began, charged);
      }
    },
  };
}

const nameAt = (share: Share, depth: number): string => share.slice(0, depth + 1).join('\n');

interface Use {
  readonly ms: number;
  readonly at: number;
  /** Told not to ask again before. */
  readonly waitsUntil: number;
}

/** How long each share was worked for lately, at every level; old use fades, and memory is bounded. */
function makeUsed(now: () => number) {
  const known = new Newest<string, Use>(MOST_REMEMBERED);
  const faded = (use: Use | undefined): number =>
    use === undefined ? 0 : use.ms * 0.5 ** ((now() - use.at) / HALF_MS);

  function change(
    share: Share,
    to: (use: Use | undefined) => { readonly ms: number; readonly waitsUntil: number },
  ): void {
    for (let depth = 0; depth < share.length; depth++) {
      const name = nameAt(share, depth);
      known.set(name, { ...to(known.get(name)), at: now() });
    }
  }

  return {
    of: (share: Share, depth: number): number => faded(known.get(nameAt(share, depth))),
    add(share: Share, ms: number): void {
      change(share, (use) => ({ ms: Math.max(0, faded(use) + ms), waitsUntil: use?.waitsUntil ?? 0 }));
    },
    refuse(share: Share, ms: number, seconds: number): void {
      change(share, (use) => ({
        ms: faded(use) + (use !== undefined && now() < use.waitsUntil ? ms : 0),
        waitsUntil: now() + seconds * 1000,
      }));
    },
  };
}
