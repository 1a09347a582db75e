// npx tsx models/recipe/memory.ts [--seeds 5] [--salt 1300] [--set ALPHABET=DIR]… [--caseless ALPHABET=DIR]… [ALPHABET…]: what the memory of a
// hand (src/memory) brings, and whom it harms. Of each hand (memory-hands.ts) some glyphs are read and then told, in an order of chance; after
// 20, 50, 100 and 400 answers the hand's other glyphs are read, which never teach. Printed are errors as a share of the champion's.
import { parseArgs } from 'node:util';
import { makeSameShape } from '../../src/alphabet/alphabet.ts';
import { makeHand } from '../../src/memory/hand.ts';
import { makeRandom } from '../../src/random.ts';
import { handsOf, shuffled, type Written, type WrittenBy } from './memory-hands.ts';

const POINTS = [20, 50, 100, 400] as const;
const [AT, FIRST] = [100, 50] as const;
const BINS = 15;
/** Of a hand's glyphs so many teach at most, so that others are left. */
const TEACHING = 0.6;
/** Answers 10 % wrong: what a careless person would give. */
const CARELESS = 0.1;
const [POOR, HELPED, HARMED] = [0.9, 0.7, 1.02] as const;

const { values, positionals } = parseArgs({
  options: {
    seeds: { type: 'string', default: '5' },
    salt: { type: 'string', default: '1300' },
    set: { type: 'string', multiple: true, default: [] },
    caseless: { type: 'string', multiple: true, default: [] },
  },
  allowPositionals: true,
});
const sets = [values.set, values.caseless].flatMap((list, at) =>
  list.map((each) => {
    const [alphabet = '', data = ''] = each.split('=');
    return { alphabet, data, caseless: at === 1 };
  }),
);

type Counts = Record<'champion' | 'served', number>;
/** Errors of the hand's other glyphs at a point, and how far what is promised is from what is kept. */
interface Point {
  readonly read: number;
  readonly errors: Counts;
  readonly ece: Counts;
}
interface Told {
  readonly points: ReadonlyMap<number, Point>;
  /** Errors of the first glyphs as they were sent. */
  readonly first: Counts;
}

type Saying = readonly { readonly label: number | null; readonly probability: number }[];

function stream({ alphabet, anchors, glyphs }: WrittenBy, seed: number, careless: number): Told {
  const same = makeSameShape(alphabet.confusable);
  const hand = makeHand(anchors, alphabet);
  const random = makeRandom(seed, 3);
  const order = shuffled(glyphs, random);
  const teaching = Math.min(POINTS.at(-1) ?? 0, Math.floor(TEACHING * order.length));
  const others = order.slice(teaching);
  const champion = ({ probabilities }: Written['seen']): Saying =>
    anchors.outputs
      .map((label, i) => ({ label, probability: probabilities[i] ?? 0 }))
      .sort((a, b) => b.probability - a.probability);
  const read = (of: Saying, { truths }: Written) => {
    const label = of.find((each) => each.label !== null)?.label ?? null;
    const promised = of.reduce((sum, each) => sum + (same(each.label, label) ? each.probability : 0), 0);
    return { promised, right: truths.some((truth) => same(label, truth)) };
  };
  const judged = (who: (glyph: Written) => Saying) => {
    const bins = Array.from({ length: BINS }, () => ({ promised: 0, kept: 0 }));
    let errors = 0;
    for (const glyph of others) {
      const { promised, right } = read(who(glyph), glyph);
      const bin = bins[Math.min(BINS - 1, Math.floor(promised * BINS))];
      if (bin !== undefined) [bin.promised, bin.kept] = [bin.promised + promised, bin.kept + Number(right)];
      errors += Number(!right);
    }
    const apart = bins.reduce((sum, bin) => sum + Math.abs(bin.promised - bin.kept), 0);
    return { errors, ece: apart / others.length };
  };
  const alone = judged((glyph) => champion(glyph.seen));
  const [points, first] = [new Map<number, Point>(), { champion: 0, served: 0 }];
  order.slice(0, teaching).forEach((glyph, at) => {
    const said = champion(glyph.seen);
    if (at < FIRST) {
      first.champion += Number(!read(said, glyph).right);
      first.served += Number(!read(hand.say(glyph.seen), glyph).right);
    }
    // Where either case is right, people mean the one that was the likelier.
    const meant =
      said.find(({ label }) => label !== null && glyph.truths.includes(label))?.label ?? glyph.truths[0] ?? null;
    const slip = alphabet.labels[random.below(alphabet.labels.length)]?.id ?? meant;
    hand.learn(glyph.seen, random.chance(careless) ? slip : meant);
    const answers = at + 1;
    // Who wrote less than a hundred is asked at their end.
    const point = answers === teaching && teaching < AT ? AT : answers;
    if (!POINTS.some((each) => each === point)) return;
    const served = judged(({ seen }) => hand.say(seen));
    points.set(point, {
      read: others.length,
      errors: { champion: alone.errors, served: served.errors },
      ece: { champion: alone.ece, served: served.ece },
    });
  });
  return { points, first };
}

interface Row {
  readonly name: string;
  readonly accuracy: number;
  readonly plain: readonly Told[];
  readonly careless: readonly Told[];
}

const sum = (tolds: readonly Told[], of: (told: Told) => number): number =>
  tolds.reduce((all, each) => all + of(each), 0);
const errorsOf = (tolds: readonly Told[], point: number, who: keyof Counts): number =>
  sum(tolds, ({ points }) => points.get(point)?.errors[who] ?? 0);
const shareOf = (tolds: readonly Told[], point: number): number => {
  const [served, alone] = [errorsOf(tolds, point, 'served'), errorsOf(tolds, point, 'champion')];
  return served === alone ? 1 : served / alone;
};

const groups = new Map<string, Row[]>();
const seeds = Array.from({ length: Number(values.seeds) }, (_, seed) => seed);
for await (const hand of handsOf(positionals, sets, Number(values.salt))) {
  const told = (careless: number): readonly Told[] => seeds.map((seed) => stream(hand, seed, careless));
  const plain = told(0);
  const read = sum(plain, ({ points }) => points.get(AT)?.read ?? 0);
  const accuracy = 1 - errorsOf(plain, AT, 'champion') / Math.max(1, read);
  const kind = hand.kind !== 'font' ? hand.kind : accuracy < POOR ? 'font, read below 90 %' : 'font, read from 90 % on';
  const row = { name: hand.name, accuracy, plain, careless: told(CARELESS) };
  groups.set(kind, [...(groups.get(kind) ?? []), row]);
  console.log(
    `${row.name}: ${(100 * accuracy).toFixed(1)} %, errors after 100 answers × ${shareOf(plain, AT).toFixed(2)}`,
  );
}

console.table(
  [...groups].map(([kind, rows]) => {
    const [plain, careless] = [rows.flatMap((row) => row.plain), rows.flatMap((row) => row.careless)];
    const ratio = (of: readonly Told[], point: number): string =>
      sum(of, ({ points }) => Number(points.has(point))) === 0 ? '–' : shareOf(of, point).toFixed(2);
    const ece = (who: keyof Counts): string =>
      ((100 * sum(plain, ({ points }) => points.get(AT)?.ece[who] ?? 0)) / plain.length).toFixed(1);
    const shares = rows.map((row) => shareOf(row.plain, AT));
    return {
      hands: `${rows.length} × ${kind}`,
      'sent, 1–50': (sum(plain, ({ first }) => first.served) / sum(plain, ({ first }) => first.champion)).toFixed(2),
      ...Object.fromEntries(POINTS.map((point) => [`after ${point}`, ratio(plain, point)])),
      'worst hand, after 100': Math.max(...shares).toFixed(2),
      'over 1.02': shares.filter((each) => each > HARMED).length,
      '10 % wrong, after 100': ratio(careless, AT),
      'calibration error, %': `${ece('champion')} -> ${ece('served')}`,
    };
  }),
);
for (const [kind, rows] of groups)
  for (const { name, plain } of rows)
    for (const point of POINTS) {
      const share = shareOf(plain, point);
      const missed = share > HARMED || (point === AT && kind === 'font, read below 90 %' && share > HELPED);
      if (missed && plain.some(({ points }) => points.has(point)))
        console.log(
          `${name}, after ${point}: ${errorsOf(plain, point, 'champion')} -> ${errorsOf(plain, point, 'served')} of ${sum(plain, ({ points }) => points.get(point)?.read ?? 0)} (${seeds.length} seeds)`,
        );
    }
