// Hands for memory.ts: each unseen font of a bank, six mixtures of fonts (each letter always from the same one), two fonts as two people on
// one account, a crowd that sends as one person, and the pictures of a labelled set: all as one person's, and each writer's.
import { readFile } from 'node:fs/promises';
import { shippedAlphabets } from '../../src/alphabet/list.ts';
import type { Alphabet } from '../../src/alphabet/alphabet.ts';
import { readBank, type Bank, type BankEntry } from '../../src/dataset/bank.ts';
import { makeSynthesiser } from '../../src/dataset/synthesiser.ts';
import { readAnchors, type Anchors } from '../../src/memory/anchors.ts';
import type { Seen } from '../../src/model/champion.ts';
import { openClassifier, type Classifier } from '../../src/model/classifier.ts';
import { onnxEngine } from '../../src/model/onnx/engine.ts';
import { makeRandom, type Random } from '../../src/random.ts';
import { glyphsOf } from '../../src/simulation/judging.ts';
import { picturesOf } from '../../src/simulation/pictures.ts';

export interface Written {
  readonly seen: Seen;
  /** Labels that are right for it. */
  readonly truths: readonly number[];
}

export interface WrittenBy {
  readonly name: string;
  readonly kind: 'font' | 'two on one account' | 'crowd' | 'set as one person' | 'writer of a set';
  readonly alphabet: Alphabet;
  readonly anchors: Anchors;
  readonly glyphs: readonly Written[];
}

interface LabelledSet {
  readonly alphabet: string;
  readonly data: string;
  readonly caseless: boolean;
}

/** Glyphs of a font, and of a set at most. */
const GLYPHS = 700;
const MOST_OF_A_SET = 2500;
const MIXED = 6;
const PAIRS = 3;
/** A font with fewer of an alphabet's letters is nobody's hand. */
const LEAST_LABELS = 10;
const AT_ONCE = 64;

/** Hands of the alphabets asked for (none: of all), one alphabet after the other; `salt`: which glyphs chance draws. */
export async function* handsOf(
  ids: readonly string[],
  sets: readonly LabelledSet[],
  salt: number,
): AsyncGenerator<WrittenBy, void, undefined> {
  for (const alphabet of shippedAlphabets) {
    if (ids.length > 0 && !ids.includes(alphabet.id)) continue;
    const folder = new URL(`../${alphabet.id}/`, import.meta.url);
    const anchors = readAnchors(await readFile(new URL('anchors.json', folder), 'utf8'));
    if (anchors === null)
      throw new Error(`models/${alphabet.id}/anchors.json is damaged: run models/recipe/anchors.ts`);
    const classifier = await openClassifier(onnxEngine, await readFile(new URL('model.onnx', folder)), alphabet);
    const made = (name: string, kind: WrittenBy['kind'], glyphs: readonly Written[]): WrittenBy => ({
      name: `${alphabet.id}, ${name}`,
      kind,
      alphabet,
      anchors,
      glyphs,
    });
    const fonts: { readonly name: string; readonly glyphs: readonly Written[] }[] = [];
    const bank = readBank(await readFile(new URL('bank.bin', folder)));
    for (const [at, { name, entries }] of fontsOf(bank).entries()) {
      const synthesiser = makeSynthesiser({ ...bank, entries }, 'test');
      const random = makeRandom(at, salt);
      const labels = Array.from(
        { length: GLYPHS },
        () => synthesiser.labels[random.below(synthesiser.labels.length)] ?? 0,
      );
      const pictures = labels.map((label, i) => synthesiser.draw(label, makeRandom(at, i, salt)));
      const glyphs = await seenAll(
        classifier,
        pictures,
        labels.map((label) => [label]),
      );
      fonts.push({ name, glyphs });
      yield made(name, 'font', glyphs);
    }
    const random = makeRandom(1, salt);
    for (let pair = 0; pair < PAIRS; pair++) {
      const [one, other] = shuffled(fonts, random);
      if (one === undefined || other === undefined) continue;
      yield made(`${one.name} and ${other.name}`, 'two on one account', [...one.glyphs, ...other.glyphs]);
    }
    const all = fonts.flatMap(({ glyphs }) => glyphs);
    yield made('a crowd', 'crowd', shuffled(all, random).slice(0, GLYPHS));
    for (const set of sets.filter((each) => each.alphabet === alphabet.id))
      for (const each of await ofSet(set, alphabet, classifier, random)) yield made(each.name, each.kind, each.glyphs);
    await classifier.close();
  }
}

/** The bank's test renderings of labels, divided into hands. */
function fontsOf(bank: Bank): readonly { readonly name: string; readonly entries: readonly BankEntry[] }[] {
  const unseen = bank.entries.filter(({ source, label }) => label !== null && bank.sources[source]?.part === 'test');
  const fonts = bank.sources.flatMap(({ name }, index) => {
    const entries = unseen.filter(({ source }) => source === index);
    return new Set(entries.map(({ label }) => label)).size >= LEAST_LABELS ? [{ name, entries }] : [];
  });
  const labels = [...new Set(unseen.map(({ label }) => label))];
  const mixed = Array.from({ length: MIXED }, (_, seed) => {
    const random = makeRandom(seed, 77);
    const entries = labels.flatMap((label) => {
      const those = unseen.filter((each) => each.label === label);
      return those[random.below(those.length)] ?? [];
    });
    return { name: `mixture ${seed + 1}`, entries };
  });
  return [...fonts, ...mixed];
}

async function ofSet(
  set: LabelledSet,
  alphabet: Alphabet,
  classifier: Classifier,
  random: Random,
): Promise<readonly Pick<WrittenBy, 'name' | 'kind' | 'glyphs'>[]> {
  const pictures = shuffled(await picturesOf(set, alphabet), random).slice(0, MOST_OF_A_SET);
  const writers = [...new Set(pictures.map(({ writer }) => writer))].filter((each) => each !== null);
  const glyphsBy = async (writer: string | null): Promise<readonly Written[]> => {
    const those = pictures.filter((each) => writer === null || each.writer === writer);
    const tested = await glyphsOf(those, alphabet);
    return seenAll(
      classifier,
      tested.map(({ glyph }) => glyph),
      tested.map(({ labels }) => labels),
    );
  };
  const name = set.data.split('/').at(-1) ?? '';
  const hands: Pick<WrittenBy, 'name' | 'kind' | 'glyphs'>[] = [
    { name, kind: 'set as one person', glyphs: await glyphsBy(null) },
  ];
  for (const writer of writers)
    hands.push({ name: `${name}, ${writer}`, kind: 'writer of a set', glyphs: await glyphsBy(writer) });
  return hands;
}

async function seenAll(
  classifier: Classifier,
  pictures: readonly Uint8Array[],
  truths: readonly (readonly number[])[],
): Promise<readonly Written[]> {
  const written: Written[] = [];
  for (let from = 0; from < pictures.length; from += AT_ONCE) {
    const seen = await classifier.classify(pictures.slice(from, from + AT_ONCE));
    seen.forEach((each, i) => written.push({ seen: each, truths: truths[from + i] ?? [] }));
  }
  return written;
}

export function shuffled<T>(values: readonly T[], random: Random): readonly T[] {
  return values
    .map((value) => ({ value, place: random.between(0, 1) }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);
}
