// Where the labels of the version that answers lie in its embedding: shipped with it, kept in the store, or made once from the alphabet's
// bank, while others are answered.
import { setImmediate as turn } from 'node:timers/promises';
import type { Alphabet } from '../alphabet/alphabet.ts';
import { readBank } from '../dataset/bank.ts';
import { makeSynthesiser, type Synthesiser } from '../dataset/synthesiser.ts';
import type { Log } from '../log.ts';
import { anchorsOf, readAnchors, writeAnchors, type Anchors } from '../memory/anchors.ts';
import type { ChampionReader } from '../model/champion.ts';
import { Newest } from '../newest.ts';
import { makeRandom } from '../random.ts';
import type { Store } from '../store/store.ts';

/** Null where they cannot be told now; never throws. */
export type AnchorsFor = (reader: ChampionReader, alphabet: Alphabet) => Promise<Anchors | null>;

/** Anchors are made of so many glyphs a label. */
const ANCHOR_GLYPHS = 12;
/** Anchors that could not be made are tried again after so long. */
const RETRY_MS = 60_000;

/** Anchors, and what the store had of them when they were made or read. */
interface KnownAnchors {
  kept: string | undefined;
  readonly made: Promise<Anchors | null>;
  /** When they could not be made. */
  failedAt?: number;
}

export function makeAnchorsFor(deps: {
  readonly store: Pick<Store, 'hands' | 'samples'>;
  /** The bytes of an alphabet's bank; null without one. */
  readonly bank: (alphabet: string) => Promise<Uint8Array | null>;
  /** The anchors that came with a shipped version; null for any other. */
  readonly shipped: (version: string) => Anchors | null;
  readonly log: Log;
}): AnchorsFor {
  const { store, log } = deps;
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

  return anchorsFor;
}
