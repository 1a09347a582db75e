// What the other side of a duel reads of the photos that people send: in silence, after the reply, and only while nobody's photo
// is being opened. What there is no time for is left out; nobody waits for it.
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../errors.ts';
import type { Log } from '../log.ts';
import type { GlyphAnswer, LoadedModel } from '../model/champion.ts';
import type { StoredDuel } from '../store/duels.ts';
import type { Store } from '../store/store.ts';

/** A photo's glyphs as the champion alone read them. */
export interface ReadAlone {
  readonly alphabet: string;
  readonly version: string;
  readonly glyphs: readonly {
    readonly prediction: string;
    readonly glyph: Uint8Array;
    readonly answer: GlyphAnswer | undefined;
  }[];
}

interface SecondReader {
  readAlone(photo: ReadAlone): void;
  /** Resolves when nothing waits to be read; for tests. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** A reply has gone out by then, ms. */
const AFTER_REPLY_MS = 300;
/** So often it is looked whether nobody's photo is being opened, ms. */
const LOOK_MS = 50;
const ALIVE_MS = 1000;
/** So many glyphs wait at most. */
const WAITING = 200;
/** A model that nobody duels with is closed after so long, ms; one that cannot be loaded is tried again. */
const RESTS_MS = 60_000;

interface Loaded {
  readonly model: LoadedModel | null;
  readonly at: number;
}

export function makeSecondReader(deps: {
  readonly store: Pick<Store, 'duels'>;
  /** Loads a version and lets it answer once. */
  readonly load: (alphabet: string, version: string) => Promise<LoadedModel>;
  /** Whether somebody's photo is being opened. */
  readonly busy: () => boolean;
  /** Told after readings were written down; must not throw. */
  readonly onRead: (alphabet: string) => void;
  /** Told of a challenger that cannot be loaded; must not throw. */
  readonly onBroken: (duel: StoredDuel, because: string) => void;
  readonly log: Log;
}): SecondReader {
  const { store, log } = deps;
  interface Waiting {
    readonly alphabet: string;
    readonly version: string;
    readonly prediction: string;
    readonly glyph: Uint8Array;
    readonly champion: number | null;
    readonly since: number;
  }
  const waiting: Waiting[] = [];
  const models = new Map<string, Loaded>();
  let closed = false;
  let working: Promise<void> | null = null;

  const isWanted = (alphabet: string, version: string): boolean =>
    store.duels.listOpen(alphabet).some((duel) => duel.champion === version);

  async function modelOf(duel: StoredDuel): Promise<LoadedModel | null> {
    const known = models.get(duel.challenger);
    if (known !== undefined && (known.model !== null || performance.now() - known.at < RESTS_MS)) return known.model;
    try {
      const model = await deps.load(duel.alphabet, duel.challenger);
      models.set(duel.challenger, { model, at: performance.now() });
      return model;
    } catch (error) {
      models.set(duel.challenger, { model: null, at: performance.now() });
      log.warn({ err: error, version: duel.challenger }, 'a challenger cannot be loaded');
      deps.onBroken(duel, messageOf(error));
      return null;
    }
  }

  async function read({ alphabet, version, prediction, glyph, champion }: Waiting): Promise<void> {
    for (const duel of store.duels.listOpen(alphabet)) {
      // Whoever answers now may be another by now: only what the duel's champion said is compared.
      if (duel.champion !== version) continue;
      const [answer] = (await (await modelOf(duel))?.classify([glyph])) ?? [];
      if (answer === undefined) continue;
      store.duels.note(duel.id, [{ prediction, champion, challenger: labelOf(answer) }]);
      deps.onRead(alphabet);
    }
  }

  async function rest(): Promise<void> {
    const fighting = new Set(store.duels.listOpen().map((each) => each.challenger));
    for (const [version, { model }] of models) {
      if (fighting.has(version)) continue;
      models.delete(version);
      await model?.close();
    }
  }

  async function work(): Promise<void> {
    for (;;) {
      const next = waiting[0];
      if (next === undefined || closed) return;
      const early = next.since + AFTER_REPLY_MS - performance.now();
      if (early > 0) await sleep(early, undefined, { ref: false });
      else if (deps.busy()) await sleep(LOOK_MS, undefined, { ref: false });
      else {
        waiting.shift();
        try {
          await read(next);
          if (waiting.length === 0) await rest();
        } catch (error) {
          log.warn({ err: error }, 'a photo could not be read a second time');
        }
      }
    }
  }

  function begin(): void {
    working ??= work().finally(() => {
      working = null;
      if (waiting.length > 0 && !closed) begin();
    });
  }

  /** Its own waiting keeps no process alive; whoever waits for it does. */
  async function settled(): Promise<void> {
    const alive = setInterval(() => undefined, ALIVE_MS);
    try {
      await working;
    } finally {
      clearInterval(alive);
    }
  }

  return {
    readAlone({ alphabet, version, glyphs }) {
      try {
        if (closed || waiting.length + glyphs.length > WAITING || !isWanted(alphabet, version)) return;
        const since = performance.now();
        for (const { prediction, glyph, answer } of glyphs) {
          if (answer === undefined) continue;
          waiting.push({ alphabet, version, prediction, glyph, champion: labelOf(answer), since });
        }
        begin();
      } catch (error) {
        // Whoever is being read has nothing to do with that.
        log.warn({ err: error }, 'a photo could not be put down for a second reading');
      }
    },
    settled,
    async close() {
      closed = true;
      await settled();
      for (const { model } of models.values()) await model?.close();
      models.clear();
    },
  };
}

/** The label that an answer comes to; null: not a character. */
function labelOf({ outcome, candidates }: GlyphAnswer): number | null {
  return outcome === 'not-a-character' ? null : (candidates[0]?.labelId ?? -1);
}
