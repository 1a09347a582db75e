// Whoever taught something is read with the help of it from the next photo on: their own samples, newest first, become a memory
// (src/memory/hand.ts) that is asked together with the champion. The samples are the only truth: a memory is brought up to date whenever
// they or the champion changed, and may be thrown away at any time.
import { setImmediate as turn } from 'node:timers/promises';
import type { Alphabet } from '../alphabet/alphabet.ts';
import { labelById } from '../alphabet/alphabet.ts';
import { readBank } from '../dataset/bank.ts';
import { makeSynthesiser, type Synthesiser } from '../dataset/synthesiser.ts';
import type { Log } from '../log.ts';
import { anchorsOf, readAnchors, writeAnchors, type Anchors } from '../memory/anchors.ts';
import { makeHand, type Hand } from '../memory/hand.ts';
import type { ChampionReader, GlyphAnswer, ModelFacts } from '../model/champion.ts';
import { Newest } from '../newest.ts';
import { makeRandom } from '../random.ts';
import type { StoredAlone } from '../store/predictions.ts';
import type { Store } from '../store/store.ts';

/** Anchors, and what the store had of them when they were made or read. */
interface KnownAnchors {
  kept: string | undefined;
  readonly made: Promise<Anchors | null>;
  /** When they could not be made. */
  failedAt?: number;
}

/** An answer with the memory's say in it, and what the champion said by itself; null where nothing was remembered. */
export type OwnAnswer = Pick<GlyphAnswer, 'candidates' | 'outcome'> & { readonly alone: StoredAlone | null };

export interface OwnHand {
  /** The champion's answers as this contributor's own samples change them. Never throws for what a memory lacks: the champion answers alone then. */
  recall(
    reader: ChampionReader,
    alphabet: Alphabet,
    contributorId: number,
    answers: readonly GlyphAnswer[],
  ): Promise<readonly OwnAnswer[]>;
  /** The memory itself, up to date; null where there is none (yet). */
  of(reader: ChampionReader, alphabet: Alphabet, contributorId: number): Promise<Hand | null>;
}

/** So many of the newest samples make a memory. */
const MOST_SAMPLES = 400;
/** People whose memory is kept: 27 kB where somebody has written all 83 labels of hiragana, 5 kB with all ten digits. */
const MOST_PEOPLE = 300;
/** Anchors are made of so many glyphs a label. */
const ANCHOR_GLYPHS = 12;
/** A reply waits so long for anchors, and goes without them after. */
const PATIENCE_MS = 1500;
/** Anchors that could not be made are tried again after so long. */
const RETRY_MS = 60_000;
/** Candidates kept of what the champion said by itself. */
const KEPT = 10;

interface Remembered {
  readonly version: string;
  readonly anchors: Anchors;
  /** The state of the samples that it was made of. */
  samples: number;
  last: number;
  readonly hand: Hand;
}

export function makeOwnHand(deps: {
  readonly store: Pick<Store, 'hands' | 'samples'>;
  /** The bytes of an alphabet's bank; null without one. */
  readonly bank: (alphabet: string) => Promise<Uint8Array | null>;
  /** The largest sample that a version may have been trained on. */
  readonly seenThrough: (version: string) => number;
  /** The anchors that came with a shipped version; null for any other. */
  readonly shipped: (version: string) => Anchors | null;
  readonly log: Log;
}): OwnHand {
  const { store, log } = deps;
  const people = new Newest<string, Promise<Remembered | null>>(MOST_PEOPLE);
  const anchors = new Newest<string, KnownAnchors>(20);

  /** Made once a version, by whoever asks first; kept in the store, and made again when they are not there any more. */
  function anchorsFor(reader: ChampionReader, alphabet: Alphabet): Promise<Anchors | null> {
    const kept = store.hands.anchors(reader.version);
    const known = anchors.get(reader.version);
    const isDue = known?.failedAt !== undefined && performance.now() - known.failedAt >= RETRY_MS;
    if (known !== undefined && known.kept === kept && !isDue) return known.made;
    const read = deps.shipped(reader.version) ?? readAnchors(kept ?? '');
    const fits = read?.length === reader.facts.embedding && read.outputs.length === reader.facts.outputs.length;
    if (fits) {
      anchors.set(reader.version, { kept, made: Promise.resolve(read) });
      return Promise.resolve(read);
    }
    const made = makeAnchors(reader, alphabet).then((each) => {
      if (each === null) entry.failedAt = performance.now();
      else entry.kept = store.hands.anchors(reader.version);
      return each;
    });
    const entry: KnownAnchors = { kept, made };
    anchors.set(reader.version, entry);
    return made;
  }

  async function makeAnchors(reader: ChampionReader, alphabet: Alphabet): Promise<Anchors | null> {
    if (reader.facts.embedding === 0) return null;
    try {
      const bank = await deps.bank(alphabet.id);
      const synthesiser = bank === null ? null : makeSynthesiser(readBank(bank), 'train');
      const [embeddings, truths]: [Float32Array[], number[]] = [[], []];
      const samples: number[] = [];
      for (const [output, label] of reader.facts.outputs.entries()) {
        const { glyphs, ids } = await glyphsOf(synthesiser, alphabet, label);
        samples.push(...ids);
        for (const { seen } of await reader.classify(glyphs)) {
          embeddings.push(seen.embedding);
          truths.push(output);
        }
      }
      const { outputs, embedding } = reader.facts;
      const all = new Float32Array(embeddings.length * embedding);
      embeddings.forEach((each, at) => all.set(each, at * embedding));
      const made = anchorsOf(outputs, embedding, all, truths);
      // Somebody was forgotten or took a sample back meanwhile: it is made anew without it.
      if (store.samples.live(samples).size < samples.length) return null;
      store.hands.keepAnchors(reader.version, writeAnchors(made, { ofPeople: samples.length > 0 }));
      return made;
    } catch (error) {
      // The champion answers alone, and it is tried again later.
      log.warn({ err: error, version: reader.version }, 'no memory of hands: what a model knows could not be told');
      return null;
    }
  }

  /** Glyphs of a label that the model was taught: from the bank, else people's, with the samples' ids. */
  async function glyphsOf(
    synthesiser: Synthesiser | null,
    alphabet: Alphabet,
    label: number | null,
  ): Promise<{ readonly glyphs: readonly Uint8Array[]; readonly ids: readonly number[] }> {
    if (synthesiser === null || (label !== null && !synthesiser.labels.includes(label))) {
      const found = store.samples.newest({ alphabet: alphabet.id, labelId: label, split: 'train' }, ANCHOR_GLYPHS);
      return { glyphs: found.map(({ glyph }) => glyph), ids: found.map(({ id }) => id) };
    }
    const glyphs: Uint8Array[] = [];
    for (let i = 0; i < ANCHOR_GLYPHS; i++) {
      glyphs.push(synthesiser.draw(label, makeRandom(1, label ?? 0xffff, i)));
      // Others are answered meanwhile.
      await turn();
    }
    return { glyphs, ids: [] };
  }

  async function upToDate(
    before: Remembered | null,
    reader: ChampionReader,
    alphabet: Alphabet,
    contributorId: number,
  ): Promise<Remembered | null> {
    const known = await anchorsFor(reader, alphabet);
    if (known === null) return null;
    // In one turn with the samples themselves, so that one that comes meanwhile is not counted twice.
    const now = store.hands.state(contributorId, alphabet.id);
    if (now.samples === 0) return null;
    const same = before?.version === reader.version && before.anchors === known ? before : null;
    if (same?.samples === now.samples && same.last === now.last) return same;
    const added = same && store.hands.after(contributorId, alphabet.id, same.last, MOST_SAMPLES);
    // Nothing was taken back since, so that what is new only comes on top.
    const grows = same !== null && added !== null && same.samples + added.length === now.samples;
    const hand = grows ? same.hand : makeHand(known, (label) => labelById(alphabet, label)?.text);
    const samples = grows ? added : store.hands.after(contributorId, alphabet.id, 0, MOST_SAMPLES);
    const own = samples.filter(({ isCopy, isOthers }) => !isCopy && !isOthers);
    const trainedThrough = deps.seenThrough(reader.version);
    const answers = await reader.classify(own.map(({ glyph }) => glyph));
    own.forEach(({ id, labelId, split }, at) => {
      const seen = answers[at]?.seen;
      if (seen !== undefined) hand.learn(seen, labelId, split === 'test' || id > trainedThrough);
    });
    return { version: reader.version, anchors: known, ...now, hand };
  }

  /** One after the other for each person, so that no sample counts twice. */
  function remembered(reader: ChampionReader, alphabet: Alphabet, contributorId: number): Promise<Remembered | null> {
    const key = keyOf(alphabet, contributorId);
    const before = people.get(key) ?? Promise.resolve(null);
    const after = before
      .catch(() => null)
      .then((known) => upToDate(known, reader, alphabet, contributorId))
      .catch((error: unknown) => {
        log.warn({ err: error, alphabet: alphabet.id }, 'a hand is not remembered: the champion answers alone');
        return null;
      });
    people.set(key, after);
    return after;
  }

  async function of(reader: ChampionReader, alphabet: Alphabet, contributorId: number): Promise<Hand | null> {
    if (!store.hands.isOn(contributorId)) return null;
    if (store.hands.state(contributorId, alphabet.id).samples === 0) {
      // Nothing of somebody who took back or forgot everything stays.
      people.delete(keyOf(alphabet, contributorId));
      return null;
    }
    const patience = new AbortController();
    const found = remembered(reader, alphabet, contributorId);
    const late = new Promise<null>((resolve) => {
      const timer = setTimeout(() => resolve(null), PATIENCE_MS);
      patience.signal.addEventListener('abort', () => clearTimeout(timer));
    });
    const known = await Promise.race([found, late]);
    patience.abort();
    return known?.hand ?? null;
  }

  return {
    of,
    async recall(reader, alphabet, contributorId, answers) {
      const hand = await of(reader, alphabet, contributorId);
      return answers.map((answer) =>
        hand === null ? { ...answer, alone: null } : together(hand, reader.facts, answer),
      );
    },
  };
}

const keyOf = (alphabet: Alphabet, contributorId: number): string => `${contributorId} ${alphabet.id}`;

/** What the champion and the memory say together. */
function together(hand: Hand, { askBelow, rejectAbove }: ModelFacts, answer: GlyphAnswer): OwnAnswer {
  const said = hand.say(answer.seen);
  const doubt = said.find(({ label }) => label === null)?.probability ?? 0;
  const candidates = said.flatMap(({ label, probability }) =>
    label === null ? [] : [{ labelId: label, probability }],
  );
  return {
    candidates,
    outcome:
      doubt > rejectAbove ? 'not-a-character' : (candidates[0]?.probability ?? 0) >= askBelow ? 'sure' : 'unsure',
    alone: { candidates: answer.candidates.slice(0, KEPT).map((each) => ({ ...each })), outcome: answer.outcome },
  };
}
