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
/** People whose memory is kept: 20 kB each at most. */
const MOST_PEOPLE = 300;
/** Anchors are made of so many glyphs a label. */
const ANCHOR_GLYPHS = 12;
/** A reply waits so long for anchors, and goes without them after. */
const PATIENCE_MS = 1500;
/** Candidates kept of what the champion said by itself. */
const KEPT = 10;

interface Remembered {
  readonly version: string;
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
  const anchors = new Newest<string, Promise<Anchors | null>>(20);

  /** Made once a version, by whoever asks first; kept in the store. */
  function anchorsFor(reader: ChampionReader, alphabet: Alphabet): Promise<Anchors | null> {
    const known = anchors.get(reader.version);
    if (known !== undefined) return known;
    const kept = deps.shipped(reader.version) ?? readAnchors(store.hands.anchors(reader.version) ?? '');
    const fits = kept?.length === reader.facts.embedding && kept.outputs.length === reader.facts.outputs.length;
    const made = fits ? Promise.resolve(kept) : makeAnchors(reader, alphabet);
    anchors.set(reader.version, made);
    return made;
  }

  async function makeAnchors(reader: ChampionReader, alphabet: Alphabet): Promise<Anchors | null> {
    if (reader.facts.embedding === 0) return null;
    try {
      const bank = await deps.bank(alphabet.id);
      const synthesiser = bank === null ? null : makeSynthesiser(readBank(bank), 'train');
      const [embeddings, truths]: [Float32Array[], number[]] = [[], []];
      for (const [output, label] of reader.facts.outputs.entries()) {
        const glyphs = await glyphsOf(synthesiser, alphabet, label);
        for (const { seen } of await reader.classify(glyphs)) {
          embeddings.push(seen.embedding);
          truths.push(output);
        }
      }
      const { outputs, embedding } = reader.facts;
      const all = new Float32Array(embeddings.length * embedding);
      embeddings.forEach((each, at) => all.set(each, at * embedding));
      const made = anchorsOf(outputs, embedding, all, truths);
      store.hands.keepAnchors(reader.version, writeAnchors(made));
      return made;
    } catch (error) {
      // The champion answers alone; the next start tries again.
      log.warn({ err: error, version: reader.version }, 'no memory of hands: what a model knows could not be told');
      return null;
    }
  }

  /** Glyphs of a label that the model was taught: from the bank, else people's. */
  async function glyphsOf(
    synthesiser: Synthesiser | null,
    alphabet: Alphabet,
    label: number | null,
  ): Promise<readonly Uint8Array[]> {
    if (synthesiser === null || (label !== null && !synthesiser.labels.includes(label)))
      return store.samples
        .newest({ alphabet: alphabet.id, labelId: label, split: 'train' }, ANCHOR_GLYPHS)
        .map(({ glyph }) => glyph);
    const glyphs: Uint8Array[] = [];
    for (let i = 0; i < ANCHOR_GLYPHS; i++) {
      glyphs.push(synthesiser.draw(label, makeRandom(1, label ?? 0xffff, i)));
      // Others are answered meanwhile.
      await turn();
    }
    return glyphs;
  }

  async function upToDate(
    before: Remembered | null,
    reader: ChampionReader,
    alphabet: Alphabet,
    contributorId: number,
  ): Promise<Remembered | null> {
    const now = store.hands.state(contributorId, alphabet.id);
    if (now.samples === 0) return null;
    const same = before?.version === reader.version ? before : null;
    if (same?.samples === now.samples && same.last === now.last) return same;
    const known = await anchorsFor(reader, alphabet);
    if (known === null) return null;
    const added = same && store.hands.after(contributorId, alphabet.id, same.last, MOST_SAMPLES);
    // Nothing was taken back since, so that what is new only comes on top.
    const grows = same !== null && added !== null && same.samples + added.length === now.samples;
    const hand = grows ? same.hand : makeHand(known, (label) => labelById(alphabet, label)?.text);
    const samples = grows ? added : store.hands.after(contributorId, alphabet.id, 0, MOST_SAMPLES);
    const own = samples.filter(({ isCopy }) => !isCopy);
    const trainedThrough = deps.seenThrough(reader.version);
    const answers = await reader.classify(own.map(({ glyph }) => glyph));
    own.forEach(({ id, labelId, split }, at) => {
      const seen = answers[at]?.seen;
      if (seen !== undefined) hand.learn(seen, labelId, split === 'test' || id > trainedThrough);
    });
    return { version: reader.version, ...now, hand };
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
