// npx tsx models/recipe/memory.ts [--answers 300] [ALPHABET…]: what the memory of a hand (src/memory) brings. Each unseen font of a bank is
// somebody's hand, so are six mixtures of fonts (each letter always from the same one), and a crowd that sends its pictures as one person
// must not be harmed. Every glyph is read, then told. Errors with the memory are printed as a share of the champion's.
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { labelById, makeSameShape, type Alphabet } from '../../src/alphabet/alphabet.ts';
import { shippedAlphabets } from '../../src/alphabet/list.ts';
import { readBank, type Bank, type BankEntry } from '../../src/dataset/bank.ts';
import { makeSynthesiser } from '../../src/dataset/synthesiser.ts';
import { readAnchors, type Anchors } from '../../src/memory/anchors.ts';
import { makeHand } from '../../src/memory/hand.ts';
import type { Seen } from '../../src/model/champion.ts';
import { openClassifier, type Classifier } from '../../src/model/classifier.ts';
import { onnxEngine } from '../../src/model/onnx/engine.ts';
import { makeRandom } from '../../src/random.ts';

interface Written {
  readonly name: string;
  readonly glyphs: readonly { readonly seen: Seen; readonly truth: number }[];
}

const MIXED = 6;
const BINS = 15;
/** A font with fewer of an alphabet's letters is nobody's hand. */
const LEAST_LABELS = 10;
/** Answers 10 % wrong: what a careless person would give. */
const CARELESS = 0.1;

const { values, positionals } = parseArgs({
  options: { answers: { type: 'string', default: '300' } },
  allowPositionals: true,
});
const answers = Number(values.answers);

/** The bank's test renderings of labels, divided into hands. */
function handsOf(bank: Bank): readonly { readonly name: string; readonly entries: readonly BankEntry[] }[] {
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

async function write(bank: Bank, classifier: Classifier): Promise<readonly Written[]> {
  const hands: Written[] = [];
  for (const [at, { name, entries }] of handsOf(bank).entries()) {
    const synthesiser = makeSynthesiser({ ...bank, entries }, 'test');
    const random = makeRandom(at, 16);
    const truths = Array.from(
      { length: answers },
      () => synthesiser.labels[random.below(synthesiser.labels.length)] ?? 0,
    );
    const pictures = truths.map((label, i) => synthesiser.draw(label, makeRandom(at, i, 5)));
    const seen = await classifier.classify(pictures);
    hands.push({ name, glyphs: seen.map((each, i) => ({ seen: each, truth: truths[i] ?? 0 })) });
  }
  const random = makeRandom(1, 2);
  const all = hands.flatMap(({ glyphs }) => glyphs);
  const crowd = Array.from({ length: answers }, () => all[random.below(all.length)]).filter(
    (each) => each !== undefined,
  );
  return [...hands, { name: 'a crowd', glyphs: crowd }];
}

/** Errors of champion and memory, and how far what they promise is from what they keep. */
function stream(alphabet: Alphabet, anchors: Anchors, { glyphs }: Written, careless: number) {
  const same = makeSameShape(alphabet.confusable);
  const hand = makeHand(anchors, (label) => labelById(alphabet, label)?.text);
  const random = makeRandom(3, 3);
  const told = { champion: tally(), served: tally() };
  const bestOf = (of: readonly { label: number | null; probability: number }[]) => {
    const [best] = of.filter(({ label }) => label !== null).sort((a, b) => b.probability - a.probability);
    const label = best?.label ?? null;
    const promised = of.reduce((sum, each) => sum + (same(each.label, label) ? each.probability : 0), 0);
    return { label, promised };
  };
  for (const { seen, truth } of glyphs) {
    const alone = anchors.outputs.map((label, i) => ({ label, probability: seen.probabilities[i] ?? 0 }));
    for (const [who, said] of [
      ['champion', bestOf(alone)],
      ['served', bestOf(hand.say(seen))],
    ] as const)
      told[who].add(said.promised, same(said.label, truth));
    const wrong = random.chance(careless);
    hand.learn(seen, wrong ? (alphabet.labels[random.below(alphabet.labels.length)]?.id ?? truth) : truth);
  }
  return told;
}

function tally() {
  const bins = Array.from({ length: BINS }, () => ({ promised: 0, kept: 0 }));
  const right: boolean[] = [];
  return {
    add(promised: number, kept: boolean): void {
      const bin = bins[Math.min(BINS - 1, Math.floor(promised * BINS))];
      if (bin !== undefined) [bin.promised, bin.kept] = [bin.promised + promised, bin.kept + Number(kept)];
      right.push(kept);
    },
    errors: (from: number, to: number): number => right.slice(from, to).filter((each) => !each).length,
    share: (): number => right.filter((each) => each).length / right.length,
    ece: (): number => bins.reduce((sum, { promised, kept }) => sum + Math.abs(promised - kept), 0) / right.length,
  };
}

type Told = ReturnType<typeof stream>;
const groups = new Map<string, { readonly plain: Told; readonly careless: Told }[]>();
for (const alphabet of shippedAlphabets) {
  if (positionals.length > 0 && !positionals.includes(alphabet.id)) continue;
  const folder = new URL(`../${alphabet.id}/`, import.meta.url);
  const anchors = readAnchors(await readFile(new URL('anchors.json', folder), 'utf8'));
  if (anchors === null) throw new Error(`models/${alphabet.id}/anchors.json is damaged: run models/recipe/anchors.ts`);
  const classifier = await openClassifier(onnxEngine, await readFile(new URL('model.onnx', folder)), alphabet);
  for (const hand of await write(readBank(await readFile(new URL('bank.bin', folder))), classifier)) {
    const [plain, careless] = [stream(alphabet, anchors, hand, 0), stream(alphabet, anchors, hand, CARELESS)];
    const share = plain.champion.share();
    const group = hand.name === 'a crowd' ? 'crowds' : share < 0.9 ? 'read below 90 %' : 'read from 90 % on';
    groups.set(group, [...(groups.get(group) ?? []), { plain, careless }]);
    console.log(
      `${alphabet.id}, ${hand.name}: ${(100 * share).toFixed(1)} % -> ${(100 * plain.served.share()).toFixed(1)} %`,
    );
  }
  await classifier.close();
}
const spans = [
  [0, 50],
  [50, 150],
  [150, answers],
] as const;
console.table(
  [...groups].map(([group, hands]) => {
    const ratio = (which: 'plain' | 'careless', from: number, to: number): string => {
      const sum = (who: keyof Told): number => hands.reduce((all, hand) => all + hand[which][who].errors(from, to), 0);
      return `${(sum('served') / sum('champion')).toFixed(2)} (${sum('champion')})`;
    };
    const mean = (who: keyof Told): string =>
      ((100 * hands.reduce((all, { plain }) => all + plain[who].ece(), 0)) / hands.length).toFixed(1);
    return {
      hands: `${hands.length} ${group}`,
      ...Object.fromEntries(spans.map(([from, to]) => [`errors, answers ${from}–${to}`, ratio('plain', from, to)])),
      'with 10 % wrong answers': ratio('careless', 0, answers),
      'calibration error': `${mean('champion')} -> ${mean('served')}`,
    };
  }),
);
