// The models that answer now, one an alphabet: asked for at every prediction, swapped without a pause when another version
// became champion. Whoever is being read goes on with the model it began with.
import { messageOf, OperationalError } from '../errors.ts';
import type { Log } from '../log.ts';

/** None of an alphabet's versions can be loaded; `message` says what the owner can do. */
export class NoModelError extends OperationalError {}

/** What a model says of one glyph. */
export interface GlyphAnswer {
  /** Best first; probabilities over the labels sum to 1. */
  readonly candidates: readonly { readonly labelId: number; readonly probability: number }[];
  /** By the thresholds calibrated with the model: assert, ask between the first, or doubt that it is a character at all. */
  readonly outcome: 'sure' | 'unsure' | 'not-a-character';
  readonly seen: Seen;
}

/** What a model saw of a glyph: what a person's own samples are compared with. */
export interface Seen {
  /** Of each of the model's outputs, calibrated; adds up to 1. */
  readonly probabilities: ArrayLike<number>;
  /** What the network knows of the glyph before its last layer. */
  readonly embedding: Float32Array;
}

/** What is needed to speak for a model. */
export interface ModelFacts {
  /** The label's id that each output stands for; null: not a character. */
  readonly outputs: readonly (number | null)[];
  /** Numbers in an embedding. */
  readonly embedding: number;
  /** The least probability of the best candidate that is asserted, and the largest doubt that a character may have. */
  readonly askBelow: number;
  readonly rejectAbove: number;
}

/** A model that is loaded and warm. */
export interface LoadedModel {
  readonly facts: ModelFacts;
  /** Glyphs as they are kept. */
  classify(glyphs: readonly Uint8Array[]): Promise<readonly GlyphAnswer[]>;
  close(): Promise<void>;
}

/** A champion ready to answer; call it in the same turn in which it was handed out. */
export interface ChampionReader {
  readonly version: string;
  readonly facts: ModelFacts;
  classify(glyphs: readonly Uint8Array[]): Promise<readonly GlyphAnswer[]>;
}

export interface Champions {
  /**
   * Whoever answers for this alphabet; null when no version ever did. While a new champion is being loaded, and when it
   * cannot be, the old one answers. Throws OperationalError when none of its versions can be loaded.
   */
  reader(alphabet: string): Promise<ChampionReader | null>;
  /** Loads the champion now, if it is not; resolves when it answers (or cannot). */
  refresh(alphabet: string): Promise<void>;
  /** Versions that should answer and cannot be loaded, with the reason. */
  broken(): readonly {
    readonly alphabet: string;
    readonly version: string;
    readonly because: string;
    /** The version that answers in its place; null when none does yet. */
    readonly instead: string | null;
  }[];
  close(): Promise<void>;
}

/** A version that could not be loaded is tried again after this time. */
const RETRY_MS = 30_000;

interface Slot {
  loaded: { readonly version: string; readonly reader: ChampionReader; retire(): void } | null;
  loading: { readonly version: string; readonly done: Promise<void> } | null;
  broken: Map<string, { readonly because: string; readonly at: number }>;
}

export function makeChampions(deps: {
  /** The version that should answer; microseconds. */
  readonly current: (alphabet: string) => string | undefined;
  /** Versions that answered before it, newest first: what to fall back to when it cannot be loaded. */
  readonly before: (alphabet: string) => readonly string[];
  /** Loads a version and lets it answer once. */
  readonly load: (alphabet: string, version: string) => Promise<LoadedModel>;
  /** Told once for each version that cannot be loaded. */
  readonly onBroken: (alphabet: string, version: string, because: string) => void;
  readonly log: Log;
  readonly now: () => number;
}): Champions {
  const slots = new Map<string, Slot>();

  const slotOf = (alphabet: string): Slot => {
    const known = slots.get(alphabet);
    if (known !== undefined) return known;
    const fresh: Slot = { loaded: null, loading: null, broken: new Map() };
    slots.set(alphabet, fresh);
    return fresh;
  };

  const mayTry = (slot: Slot, version: string): boolean => {
    const failed = slot.broken.get(version);
    return failed === undefined || deps.now() - failed.at >= RETRY_MS;
  };

  async function tryLoad(slot: Slot, alphabet: string, version: string): Promise<void> {
    try {
      const model = await deps.load(alphabet, version);
      const before = slot.loaded;
      slot.loaded = counted(version, model);
      slot.broken.delete(version);
      before?.retire();
      deps.log.info({ alphabet, version, before: before?.version }, 'a model answers');
    } catch (error) {
      const known = slot.broken.has(version);
      slot.broken.set(version, { because: messageOf(error), at: deps.now() });
      if (!known) {
        deps.log.error({ err: error, alphabet, version }, 'a model cannot be loaded');
        deps.onBroken(alphabet, version, messageOf(error));
      }
    }
  }

  /** Starts loading unless that is under way or failed a moment ago. */
  function swap(slot: Slot, alphabet: string, version: string): Promise<void> {
    if (slot.loading !== null) return slot.loading.done;
    if (!mayTry(slot, version)) return Promise.resolve();
    const done = tryLoad(slot, alphabet, version).finally(() => {
      slot.loading = null;
    });
    slot.loading = { version, done };
    return done;
  }

  return {
    async reader(alphabet) {
      const wanted = deps.current(alphabet);
      if (wanted === undefined) return null;
      const slot = slotOf(alphabet);
      if (slot.loaded?.version === wanted) return slot.loaded.reader;
      const swapped = swap(slot, alphabet, wanted);
      if (slot.loaded !== null) return slot.loaded.reader;
      await swapped;
      for (const version of deps.before(alphabet)) {
        if (slot.loaded !== null) break;
        await swap(slot, alphabet, version);
      }
      if (slot.loaded !== null) return slot.loaded.reader;
      const because = slot.broken.get(wanted)?.because ?? 'unknown reason';
      throw new NoModelError(
        `No model of ${alphabet} can be loaded (${wanted}: ${because}). Run "npx inkloop doctor" for what to do.`,
      );
    },
    async refresh(alphabet) {
      const wanted = deps.current(alphabet);
      const slot = slotOf(alphabet);
      if (wanted === undefined || slot.loaded?.version === wanted) return;
      await slot.loading?.done;
      if (slot.loaded?.version !== wanted) await swap(slot, alphabet, wanted);
    },
    broken: () =>
      [...slots].flatMap(([alphabet, { broken, loaded }]) => {
        // One that failed once and need not answer any more, after a rollback say, is nobody's trouble.
        const version = deps.current(alphabet) ?? '';
        const failed = broken.get(version);
        return failed === undefined
          ? []
          : [{ alphabet, version, because: failed.because, instead: loaded?.version ?? null }];
      }),
    async close() {
      for (const slot of slots.values()) {
        await slot.loading?.done;
        slot.loaded?.retire();
      }
      slots.clear();
    },
  };

  /** A model that is closed once it was retired and nobody is being read by it any more. */
  function counted(version: string, model: LoadedModel): NonNullable<Slot['loaded']> {
    let inFlight = 0;
    let retired = false;
    const closeWhenIdle = (): void => {
      if (!retired || inFlight > 0) return;
      model.close().catch((error: unknown) => deps.log.warn({ err: error, version }, 'a retired model did not close'));
    };
    return {
      version,
      reader: {
        version,
        facts: model.facts,
        async classify(glyphs) {
          inFlight += 1;
          try {
            return await model.classify(glyphs);
          } finally {
            inFlight -= 1;
            closeWhenIdle();
          }
        },
      },
      retire() {
        retired = true;
        // Not at once: whoever was handed this reader a moment ago has yet to call it.
        setImmediate(closeWhenIdle);
      },
    };
  }
}
