// The life of a duel: looked at after every answer, ended once, by compare-and-swap, in the transaction that moves the champion's
// pointer. Nothing about it is remembered here, so a process that dies leaves nothing behind, and several may look at once.
import { messageOf } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Stop } from '../records/duel.ts';
import type { DuelEvidence, StoredDuel } from '../store/duels.ts';
import type { Standing } from './duel.ts';
import { finish, outcomesOf, standing, stop, watch, type Groups } from './duels.ts';
import type { FinaliseTools } from './finalise.ts';
import { labelFigures } from './gate.ts';
import { ROLLBACK } from './rollback.ts';

/** After so many answers without a proof the two are too much alike to go on. */
const MOST_ANSWERED = 3000;
/** Without news, duels are looked at so often: another process may have heard some. */
const LOOK_MS = 30_000;
/** A look at thousands of answers takes some milliseconds: in a crowd no more than a fifth of the time goes into looking. */
const REST = 4;

export interface Duelling {
  /** Answers came in or went: look at this alphabet's duels soon. Must not throw. */
  noticed(alphabet: string): void;
  /** A challenger's file cannot be loaded. */
  broken(duel: StoredDuel, because: string): void;
  /** Looks at what was noticed, and now and then at all. */
  look(): Promise<void>;
  close(): Promise<void>;
}

export function makeDuelling(
  tools: Pick<FinaliseTools, 'store' | 'blobs' | 'verify' | 'announce' | 'now' | 'crashPoint'> & {
    readonly twinsOf: (alphabet: string) => Groups;
    readonly log: Log;
  },
): Duelling {
  const { store, log } = tools;
  const news = new Set<string>();
  let lookedAt = -Infinity;
  let looking: Promise<void> = Promise.resolve();
  let closed = false;
  /** Before the next look at a tap, ms. */
  let pause = 0;

  async function lookAt(duel: StoredDuel): Promise<void> {
    const now = standing(store, duel, tools.twinsOf(duel.alphabet));
    if (store.champions.current(duel.alphabet) !== duel.champion) end(duel, 'overtaken', now);
    else if (now.outcome === 'worse') lose(duel, now);
    else if (now.outcome === 'better') await win(duel, now);
    else if (now.evidence.answers.length >= MOST_ANSWERED) end(duel, 'alike', now);
  }

  function end(duel: StoredDuel, because: Stop, now: Standing): void {
    if (stop(store, duel, because, now, tools.now()))
      log.info({ duel: duel.id, challenger: duel.challenger, because }, 'a duel was stopped');
  }

  function lose(duel: StoredDuel, now: Standing): void {
    if (finish(store, duel, { state: 'lost' }, now, tools.now()))
      log.info({ duel: duel.id, challenger: duel.challenger }, 'a duel is lost');
  }

  /** Proven better: it takes the place, unless one of the gate's guards holds it, or somebody chose the champion by hand. */
  async function win(duel: StoredDuel, now: Standing & { readonly evidence: DuelEvidence }): Promise<void> {
    const held = guard(duel, now);
    if (held !== null) return end(duel, held, now);
    const artifact = store.versions.get(duel.challenger)?.artifact ?? '';
    try {
      await tools.verify(artifact);
    } catch (thrown) {
      return brokenFile(duel, artifact, messageOf(thrown));
    }
    tools.crashPoint('before-the-duel-ends');
    store.atomically(() => {
      // Somebody may have taken an answer back meanwhile.
      const again = standing(store, duel, tools.twinsOf(duel.alphabet));
      if (again.outcome !== 'better' || guard(duel, again) !== null) return;
      const { id, alphabet, champion, challenger, runId } = duel;
      const at = tools.now();
      if (!finish(store, duel, { state: 'won' }, again, at)) return;
      if (duel.advises) {
        tools.announce({ kind: 'former-better', alphabet, duel: id });
        log.info({ duel: id, alphabet, champion, challenger }, 'the version before the one promoted by hand is better');
        return;
      }
      const isBack = duel.kind === 'watch';
      const said = `${again.wins} ${again.wins === 1 ? 'win' : 'wins'}, ${again.losses} ${again.losses === 1 ? 'loss' : 'losses'}`;
      const reason = isBack ? ROLLBACK : `better on people's photos: ${said}`;
      const change = { alphabet, expected: champion, version: challenger, reason, by: `duel ${id}`, at };
      if (!store.champions.promote(change)) throw new Overtaken();
      tools.crashPoint('inside-the-duels-end');
      const kind = isBack ? 'rolled-back' : 'promoted';
      if (!isBack)
        watch(store, { alphabet, champion: challenger, challenger: champion, runId, at }, tools.twinsOf(alphabet));
      tools.announce({ kind, alphabet, from: champion, to: challenger, duel: { id, run: isBack ? null : runId } });
      log.info({ duel: id, alphabet, from: champion, to: challenger }, `a duel is won: ${said}`);
    });
  }

  /** The guards of the gate. The base set's was passed at the run's end; going back is to what had passed them before. */
  function guard(duel: StoredDuel, { evidence, people }: Standing & { readonly evidence: DuelEvidence }): Stop | null {
    if (duel.kind === 'watch') return null;
    const run = store.runs.get(duel.runId ?? 0);
    const learnt = store.snapshots.get(store.versions.get(duel.challenger)?.snapshotId ?? '')?.lastSampleId ?? 0;
    if (run !== undefined && store.moderation.withdrawnSince(duel.alphabet, learnt, run.createdAt)) return 'withdrawn';
    const labels = labelFigures(outcomesOf(evidence, tools.twinsOf(duel.alphabet)), people < 2);
    return labels.some((each) => each.fell) ? 'label-fell' : null;
  }

  /** A storage that is away is no fault of the file's. */
  async function brokenFile(duel: StoredDuel, artifact: string, because: string): Promise<void> {
    const isReachable = await tools.blobs.has(artifact).then(
      () => true,
      () => false,
    );
    log.error({ duel: duel.id, version: duel.challenger, because }, 'a challenger cannot be loaded');
    if (isReachable) end(duel, 'damaged', standing(store, duel, tools.twinsOf(duel.alphabet)));
  }

  async function lookOnce(): Promise<void> {
    const all = Math.abs(tools.now() - lookedAt) >= LOOK_MS;
    const wanted = new Set(news);
    news.clear();
    if (all) lookedAt = tools.now();
    else if (wanted.size === 0) return;
    for (const { id } of store.duels.listOpen()) {
      // The one before it may have ended it.
      const duel = store.duels.get(id);
      if (duel?.state !== 'open' || (!all && !wanted.has(duel.alphabet))) continue;
      try {
        await lookAt(duel);
      } catch (thrown) {
        news.add(duel.alphabet);
        if (!(thrown instanceof Overtaken)) throw thrown;
      }
    }
  }

  const look = (): Promise<void> => {
    const next = looking
      .catch(() => undefined)
      .then(async () => {
        const began = performance.now();
        await lookOnce();
        pause = REST * (performance.now() - began);
      });
    looking = next.catch(() => undefined);
    return next;
  };

  return {
    noticed(alphabet) {
      news.add(alphabet);
      // At the tap itself, but after whoever tapped has their answer; what fails the next look of the background meets.
      setTimeout(() => {
        if (!closed && news.has(alphabet))
          look().catch((err: unknown) => log.warn({ err }, 'a duel could not be looked at'));
      }, pause);
    },
    broken(duel, because) {
      const artifact = store.versions.get(duel.challenger)?.artifact ?? '';
      brokenFile(duel, artifact, because).catch((err: unknown) =>
        log.warn({ err, duel: duel.id }, 'a duel could not be stopped'),
      );
    },
    look,
    async close() {
      closed = true;
      await looking;
    },
  };
}

/** Thrown only to undo a transaction: the champion was another by then. */
class Overtaken extends Error {}
