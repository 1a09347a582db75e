// People's answers by chance, one after the other, for measuring the duel: who says what, and which of the two models was right.
import { makeRandom, type Random } from '../../src/random.ts';
import { makeDuel, standingOf, winShare, type Standing } from '../../src/runs/duel.ts';
import { decidePromotion, type PairedOutcome } from '../../src/runs/gate.ts';
import type { Outcome } from '../../src/runs/tally.ts';

export interface Crowd {
  readonly name: string;
  readonly people: number;
  /** How probable it is that a glyph on which the two differ is won, for one person. */
  chance(random: Random): number;
}

const many = (people: number, name: string, chance: Crowd['chance']): Crowd => ({ name, people, chance });

/** Crowds for whom the challenger is no better. */
export const noBetter: readonly Crowd[] = [
  many(1, 'one person', () => 0.5),
  many(2, '2 people', () => 0.5),
  many(3, '3 people', () => 0.5),
  many(10, '10 people', () => 0.5),
  many(30, '30 people', () => 0.5),
  many(300, '300 people, few answers each', () => 0.5),
  many(3, '3 people, for some 40 and for some 60 %', (random) => (random.chance(0.5) ? 0.4 : 0.6)),
  many(10, '10 people, for some 40 and for some 60 %', (random) => (random.chance(0.5) ? 0.4 : 0.6)),
  many(30, '30 people, for some 40 and for some 60 %', (random) => (random.chance(0.5) ? 0.4 : 0.6)),
  many(10, '10 people, for some 25 and for some 75 %', (random) => (random.chance(0.5) ? 0.25 : 0.75)),
  many(30, '30 people, for some 25 and for some 75 %', (random) => (random.chance(0.5) ? 0.25 : 0.75)),
  many(10, '10 people, a little worse', () => 0.45),
];

/** So few people are the whole crowd: with one chance in eight the challenger is better for each of the three. */
export const threeUnlike = many(3, '3 people, for some 25 and for some 75 %', (random) =>
  random.chance(0.5) ? 0.25 : 0.75,
);

/** Tosses of a duel, looked at after each: how it ends, and after how many. */
export function duel(
  random: Random,
  { people, chance }: Pick<Crowd, 'people' | 'chance'>,
  most: number,
  begun: readonly Outcome[] = [],
): { readonly outcome: Standing['outcome']; readonly tosses: number } {
  const chances = Array.from({ length: people }, () => chance(random));
  const tosses = makeDuel();
  const agree = (contributor: number): void =>
    tosses.add({ contributor, trusted: false, champion: true, challenger: true });
  for (const each of begun) tosses.add(each);
  for (let n = 1; n <= most; n++) {
    const contributor = random.below(people);
    // The two models differ on one glyph in many, so whoever says what that one is has said what another is, too.
    agree(contributor);
    const won = random.chance(chances[contributor] ?? 0.5);
    tosses.add({ contributor, trusted: false, champion: !won, challenger: won });
    const { outcome } = tosses.standing(chances.keys());
    if (outcome !== 'open') return { outcome, tosses: n };
  }
  return { outcome: 'open', tosses: most };
}

/** Share of duels in which it is said, at any look, that the challenger is better. */
export function wronglyBetter(crowd: Crowd, streams: number, most: number, seed: number): number {
  let wrong = 0;
  for (let at = 0; at < streams; at++) if (duel(makeRandom(seed, at), crowd, most).outcome === 'better') wrong++;
  return wrong / streams;
}

/**
 * The same where people answer every photo that was read wrong and only a share of the others; `weighed`: as the duel does it,
 * by what was answered. Both models are right nine times of ten, and differ on one photo of ten.
 */
export function wronglyBetterToCorrectors(
  { people, rights, weighed }: { readonly people: number; readonly rights: number; readonly weighed: boolean },
  streams: number,
  photos: number,
  seed: number,
): number {
  let wrong = 0;
  for (let at = 0; at < streams; at++) {
    const random = makeRandom(seed, at);
    const told: Outcome[] = [];
    const asked = { agreeing: { read: 0, answered: 0 }, differing: { read: 0, answered: 0 } };
    const everybody = Array.from({ length: people }, (_, who) => who);
    for (let photo = 0; photo < photos; photo++) {
      const differs = random.chance(0.1);
      const championRight = differs ? random.chance(0.5) : random.chance(0.95);
      const answered = !championRight || random.chance(rights);
      const seen = asked[differs ? 'differing' : 'agreeing'];
      seen.read++;
      if (!answered) continue;
      seen.answered++;
      const challenger = differs ? !championRight : championRight;
      const contributor = differs ? random.below(people) : photo % people;
      told.push({ contributor, trusted: false, champion: championRight, challenger });
      if (
        !differs ||
        standingOf(told, everybody, { share: weighed ? winShare(asked) : 1, baseSet: true }).outcome !== 'better'
      )
        continue;
      wrong++;
      break;
    }
  }
  return wrong / streams;
}

/** One installation whose people go on answering, and a challenger that is there from the first retrain on. */
export interface Installation {
  readonly people: number;
  /** Answers there were when the first challenger came. */
  readonly answers: number;
  /** A gate looked at all of them before. */
  readonly looked: boolean;
  /** How often the two differ, and how often the challenger is right then. */
  readonly differ: number;
  readonly winning: number;
}

const TEST_SHARE = 0.2;
/** Where there are fewer test glyphs than this, training glyphs are evidence, too. */
const FEW_TESTED = 300;
const MOST_TRAINED = 1000;
const base = [{ label: 0, tested: 1000, championRight: 990, challengerRight: 990 }];

/**
 * Answers from the first retrain until the challenger answers, by the gate alone (it looks again at each retrain: `every` answers
 * or a tenth more) and by gate and duel together; `most` where neither comes to it.
 */
export function answersUntilPromoted(
  { people, answers, looked, differ, winning }: Installation,
  seed: number,
  at: number,
  { every = 20, most = 20_000 } = {},
): { readonly gate: number; readonly duel: number; readonly byGate: boolean } {
  const random = makeRandom(seed, at);
  const glyphs: (PairedOutcome & { readonly test: boolean; born: number })[] = [];
  let gates = 0;
  const answer = (): void => {
    const differs = random.chance(differ);
    const won = random.chance(winning);
    glyphs.push({
      label: random.below(10),
      champion: !differs || !won,
      challenger: !differs || won,
      contributor: random.below(people),
      trusted: false,
      uses: 0,
      test: random.chance(TEST_SHARE),
      born: gates,
    });
  };
  for (let i = 0; i < answers; i++) answer();
  if (looked) gates = 1;
  const evidence = () => {
    const tested = glyphs.filter((each) => each.test);
    const trained = glyphs.length - tested.length;
    const all = tested.length < FEW_TESTED && trained <= MOST_TRAINED ? glyphs : tested;
    return all.map((each) => ({ ...each, uses: gates - each.born }));
  };
  const gate = (): boolean => {
    const promoted = decidePromotion({ people: evidence(), base }).outcome === 'promote';
    gates++;
    return promoted;
  };
  // What is stored begins the duel: test glyphs that no gate has seen before this one.
  const tosses = makeDuel();
  for (const each of glyphs) if (each.test && each.born === gates) tosses.add(each);
  if (gate()) return { gate: 0, duel: 0, byGate: true };
  let duelled: number | null = null;
  let byGate: number | null = null;
  let nextGate = glyphs.length + Math.max(every, Math.ceil(glyphs.length / 10));
  for (let n = 1; n <= most && (duelled === null || byGate === null); n++) {
    answer();
    const last = glyphs.at(-1);
    if (last === undefined) break;
    tosses.add(last);
    if (duelled === null && last.champion !== last.challenger && tosses.standing().outcome === 'better') duelled = n;
    if (byGate === null && glyphs.length >= nextGate) {
      if (gate()) byGate = n;
      nextGate = glyphs.length + Math.max(every, Math.ceil(glyphs.length / 10));
    }
  }
  return { gate: byGate ?? most, duel: Math.min(duelled ?? most, byGate ?? most), byGate: false };
}

/** Share of runs in which a challenger that is no better is promoted by its gate, or by the duel that follows. */
export function wronglyPromoted(
  { people, answers, differ }: Pick<Installation, 'people' | 'answers' | 'differ'>,
  runs: number,
  most: number,
  seed: number,
): { readonly gate: number; readonly duel: number } {
  const wrong = { gate: 0, duel: 0 };
  for (let at = 0; at < runs; at++) {
    const random = makeRandom(seed, at);
    const glyphs = Array.from({ length: Math.round(answers * TEST_SHARE) }, (): PairedOutcome => {
      const differs = random.chance(differ);
      const won = random.chance(0.5);
      const contributor = random.below(people);
      return {
        label: random.below(10),
        champion: !differs || !won,
        challenger: !differs || won,
        uses: 0,
        contributor,
        trusted: false,
      };
    });
    if (decidePromotion({ people: glyphs, base }).outcome === 'promote') wrong.gate++;
    else {
      const crowd = { people, chance: () => 0.5 };
      if (duel(random, crowd, most, glyphs).outcome === 'better') wrong.duel++;
    }
  }
  return { gate: wrong.gate / runs, duel: wrong.duel / runs };
}
