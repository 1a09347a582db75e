// Whoever taught something is read with the help of it from the next photo on: their own samples, newest first, become a memory
// (src/memory/hand.ts) that is asked together with the champion. The samples are the only truth: a memory is brought up to date whenever
// they or the champion changed, and may be thrown away at any time.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Alphabet } from '../alphabet/alphabet.ts';
import type { Log } from '../log.ts';
import type { Anchors } from '../memory/anchors.ts';
import { makeHand, type Hand } from '../memory/hand.ts';
import type { ChampionReader, GlyphAnswer, ModelFacts } from '../model/champion.ts';
import { Newest } from '../newest.ts';
import type { AnchorsFor } from './version-anchors.ts';
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
  /** Why nobody's hand can be remembered with this model now; null where it can. */
  waitsFor(reader: ChampionReader, alphabet: Alphabet): Promise<'an embedding' | 'anchors' | null>;
}

/** So many of the newest samples make a memory. */
const MOST_SAMPLES = 400;
/** People whose memory is kept: 15 kB where somebody has written all labels of hiragana. */
const MOST_PEOPLE = 300;
/** A reply waits so long for anchors, and goes without them after. */
const PATIENCE_MS = 1500;
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
  readonly store: Pick<Store, 'hands'>;
  /** The largest sample that a version may have been trained on. */
  readonly seenThrough: (version: string) => number;
  /** Where the labels of the version that answers lie; null: not to be told now. */
  readonly anchorsFor: AnchorsFor;
  readonly log: Log;
}): OwnHand {
  const { store, log } = deps;
  const people = new Newest<string, Promise<Remembered | null>>(MOST_PEOPLE);

  async function upToDate(
    before: Remembered | null,
    reader: ChampionReader,
    alphabet: Alphabet,
    contributorId: number,
  ): Promise<Remembered | null> {
    const known = await deps.anchorsFor(reader, alphabet);
    if (known === null) return null;
    // In one turn with the samples themselves, so that one that comes meanwhile is not counted twice.
    const now = store.hands.state(contributorId, alphabet.id);
    if (now.samples === 0) return null;
    const same = before?.version === reader.version && before.anchors === known ? before : null;
    if (same?.samples === now.samples && same.last === now.last) return same;
    const added = same && store.hands.after(contributorId, alphabet.id, same.last, MOST_SAMPLES);
    // Nothing was taken back since, so that what is new only comes on top.
    const grows = same !== null && added !== null && same.samples + added.length === now.samples;
    const hand = grows ? same.hand : makeHand(known, alphabet);
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
    const late = sleep(PATIENCE_MS, null, { signal: patience.signal });
    const known = await Promise.race([found, late]);
    patience.abort();
    return known?.hand ?? null;
  }

  return {
    of,
    async waitsFor(reader, alphabet) {
      if (reader.facts.embedding === 0) return 'an embedding';
      return (await deps.anchorsFor(reader, alphabet)) === null ? 'anchors' : null;
    },
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
