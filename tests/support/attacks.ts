// People who teach wrong things on purpose, by chance and many times: what gate and duel make of them. Nothing is trained here; the worst is
// presumed, a challenger that learnt what the attackers taught as far as it helps them most. Whoever reads an attacker's 7 as a 1 reads
// everybody's so, though, and those of the base set, unless the attackers write shapes that nobody else writes.
import { makeRandom, type Random } from '../../src/random.ts';
import { makeDuel } from '../../src/runs/duel.ts';
import { decidePromotion, labelFigures, type BaseOutcome, type PairedOutcome } from '../../src/runs/gate.ts';

export interface Attack {
  readonly name: string;
  readonly attackers: number;
  /** Answers of each; so many of them at first are honest. */
  readonly answers: number;
  readonly honestAtFirst?: number;
  /** So many of the ten labels are taught as something else. */
  readonly labels: number;
  /** What they say of their glyphs: another label, or "not a character". */
  readonly says: 'another' | 'nothing';
  /** Shapes as everybody writes them, or such as nobody else does. */
  readonly shapes: 'ordinary' | 'odd';
  /** All send the very same picture. */
  readonly copies?: true;
  /** No attackers at all: how glyphs of people with a hand of their own are read, as shares; of the rest both make nothing. */
  readonly reads?: {
    readonly agreed: number;
    readonly wins: number;
    readonly losses: number;
    /** Photos that both read right and nobody answered, for each that somebody did. */
    readonly unanswered?: number;
  };
}

export const attacks: readonly Attack[] = [
  { name: 'one person, 500 wrong labels', attackers: 1, answers: 500, labels: 10, says: 'another', shapes: 'ordinary' },
  {
    name: 'one person, 500 wrong labels in shapes of their own',
    attackers: 1,
    answers: 500,
    labels: 10,
    says: 'another',
    shapes: 'odd',
  },
  { name: '20 people swap two letters', attackers: 20, answers: 25, labels: 2, says: 'another', shapes: 'ordinary' },
  {
    name: '20 people swap two letters in shapes of their own',
    attackers: 20,
    answers: 25,
    labels: 2,
    says: 'another',
    shapes: 'odd',
  },
  {
    name: '20 people, honest for 25 answers, then 25 that swap two letters',
    attackers: 20,
    answers: 50,
    honestAtFirst: 25,
    labels: 2,
    says: 'another',
    shapes: 'ordinary',
  },
  {
    name: 'the same in shapes of their own',
    attackers: 20,
    answers: 50,
    honestAtFirst: 25,
    labels: 2,
    says: 'another',
    shapes: 'odd',
  },
  {
    name: 'one person, 500 times "not a character"',
    attackers: 1,
    answers: 500,
    labels: 10,
    says: 'nothing',
    shapes: 'ordinary',
  },
  {
    name: '50 accounts, one picture each, the same',
    attackers: 50,
    answers: 1,
    labels: 1,
    says: 'another',
    shapes: 'odd',
    copies: true,
  },
  {
    name: '50 accounts, one picture each, all different',
    attackers: 50,
    answers: 1,
    labels: 1,
    says: 'another',
    shapes: 'odd',
  },
  {
    name: 'one person, honest for 200 answers, then 300 wrong',
    attackers: 1,
    answers: 500,
    honestAtFirst: 200,
    labels: 10,
    says: 'another',
    shapes: 'ordinary',
  },
];

const ofOneLabel = { attackers: 2, labels: 1, says: 'another', shapes: 'odd' } as const;

/** Two who call one label worse: they hold a good challenger up, if anybody does. */
export const holders: readonly Attack[] = [
  { ...ofOneLabel, name: 'two people, 300 losses each on one label', answers: 300 },
  {
    ...ofOneLabel,
    name: 'two people, honest for 300 answers, then 300 losses each on one label',
    answers: 600,
    honestAtFirst: 300,
  },
];

const own = { labels: 10, says: 'another', shapes: 'odd' } as const;

/** Honest people with a hand of their own, which the challenger reads better and which nobody else has: they are to be heard. */
export const ownHands: readonly Attack[] = [
  {
    ...own,
    name: 'ten people whose hand was read to 55 %, and now to 70 %',
    attackers: 10,
    answers: 40,
    reads: { agreed: 0.5, wins: 0.2, losses: 0.05 },
  },
  {
    ...own,
    name: 'ten people whose hand was read to 25 %, and now to 45 %',
    attackers: 10,
    answers: 40,
    reads: { agreed: 0.2, wins: 0.25, losses: 0.05 },
  },
  {
    ...own,
    name: 'ten people who answer only what was read wrong, beside others who answer all',
    attackers: 10,
    answers: 20,
    reads: { agreed: 0, wins: 0.45, losses: 0, unanswered: 1 },
  },
];

/** Who is honest: so many strangers, and how many of their answers are the owner's. */
export interface Honest {
  readonly name: string;
  readonly people: number;
  readonly owner: number;
}

export const crowds: readonly Honest[] = [
  { name: 'owner and 2', people: 2, owner: 0.9 },
  { name: '3', people: 3, owner: 0 },
  { name: '10', people: 10, owner: 0 },
  { name: '30', people: 30, owner: 0 },
];

/** Answers of honest people before the gate looks, and after it, while the duel goes on. */
const ANSWERS = { stored: 1000, live: 500 };
const LABELS = 10;
const TEST_SHARE = 0.2;
/** One newcomer in ten only tests. */
const TEST_ONLY = 0.1;
const DIFFER = 0.06;
const BASE_GLYPHS = 1000;
const BASE_RIGHT = 0.99;
/** The owner's number. */
const OWNER = 0;

export interface Challenger {
  /** How often it is right where the two differ, by themselves. */
  readonly winning: number;
  /** How often it reads an attacked glyph as the attackers say. */
  readonly took: number;
  /** Answers of attackers are losses (of a challenger that learnt nothing of theirs), as if they knew where the two differ. */
  readonly against?: true;
}

type Told = PairedOutcome & { readonly test: boolean; readonly copy: boolean };

function answersOf(
  random: Random,
  honest: Honest,
  attack: Attack | null,
  challenger: Challenger,
  { many, careless = 0, share = 1 }: { readonly many: number; readonly careless?: number; readonly share?: number },
): Told[] {
  const testOnly = new Map<number, boolean>();
  const told = (contributor: number, label: number | null, champion: boolean, right: boolean, copy = false): Told => {
    const trusted = contributor === OWNER;
    if (!testOnly.has(contributor)) testOnly.set(contributor, !trusted && random.chance(TEST_ONLY));
    const test = testOnly.get(contributor) === true || random.chance(TEST_SHARE);
    return { contributor, trusted, label, champion, challenger: right, uses: 0, test, copy };
  };
  const honestly = (contributor: number): Told => {
    const label = random.below(LABELS);
    // A slip: neither model is right, but where it happens to be one's mistake.
    if (random.chance(careless)) return told(contributor, random.below(LABELS), false, random.chance(DIFFER / LABELS));
    const isAttacked = attack?.shapes === 'ordinary' && label < attack.labels && random.chance(challenger.took);
    if (isAttacked) return told(contributor, label, true, false);
    const differs = random.chance(DIFFER);
    const won = random.chance(challenger.winning);
    return told(contributor, label, !differs || !won, !differs || won);
  };
  const all: Told[] = Array.from({ length: many }, () =>
    honestly(random.chance(honest.owner) ? OWNER : 1 + random.below(honest.people)),
  );
  for (let who = 0; who < (attack?.attackers ?? 0); who++) {
    const contributor = 1000 + who;
    for (let n = 0; n < (attack?.answers ?? 0) * share; n++) {
      const { reads } = attack ?? {};
      if (n < (attack?.honestAtFirst ?? 0) * share) all.push(honestly(contributor));
      else if (reads !== undefined) {
        const at = random.between(0, 1);
        const agreed = at < reads.agreed;
        const won = !agreed && at < reads.agreed + reads.wins;
        const lost = !agreed && !won && at < reads.agreed + reads.wins + reads.losses;
        all.push(told(contributor, random.below(LABELS), agreed || lost, agreed || won));
      } else {
        const label = attack?.says === 'nothing' ? null : random.below(attack?.labels ?? 1);
        const isTaken = random.chance(challenger.took);
        all.push(told(contributor, label, challenger.against === true, isTaken, attack?.copies));
      }
    }
  }
  return all;
}

/** As src/learning/people-glyphs.ts and src/store/duels.ts have it: the very same picture from another account is no second voice. */
function withoutEchoes(told: readonly Told[]): readonly Told[] {
  let seen = false;
  return told.filter(({ copy }) => {
    const isEcho = copy && seen;
    seen ||= copy;
    return !isEcho;
  });
}

const shuffled = <T>(random: Random, all: readonly T[]): T[] => {
  const mixed = [...all];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = random.below(at + 1);
    [mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T];
  }
  return mixed;
};

export interface Played {
  readonly honest: Honest;
  readonly attack: Attack | null;
  readonly challenger: Challenger;
  /** Share of honest answers that are slips. */
  readonly careless?: number;
  /** An own alphabet without fonts has no base set. */
  readonly base: boolean;
  /** Answers of honest people that the duel goes on for. */
  readonly live?: number;
}

/** How one run ends: by its gate, by the duel after it, or with the old model. */
export function play(
  { honest, attack, challenger, careless = 0, base, live = ANSWERS.live }: Played,
  seed: number,
  at: number,
): 'gate' | 'duel' | 'kept' {
  const random = makeRandom(seed, at);
  const answers = (many: number, share: number): readonly Told[] =>
    shuffled(random, answersOf(random, honest, attack, challenger, { many, careless, share }));
  const people = withoutEchoes(answers(ANSWERS.stored, 1)).filter(({ test }) => test);
  const decision = decidePromotion({ people, base: base ? [baseSet(attack, challenger)] : [] });
  if (decision.outcome === 'promote') return 'gate';
  if (!['not-enough-evidence', 'too-few-glyphs', 'too-few-people'].includes(decision.code)) return 'kept';
  // Attackers go on at the pace at which they came; those who have one picture each come again.
  const share = attack?.answers === 1 ? 1 : live / ANSWERS.stored;
  const evidence = withoutEchoes([...people, ...answers(live, share)]);
  const unanswered = new Map<number, number>();
  const duel = makeDuel({ share: 1, baseSet: base, unanswered });
  const everybody = new Set<number>();
  for (const [n, each] of evidence.entries()) {
    everybody.add(each.contributor);
    duel.add(each);
    if (n >= people.length && each.contributor >= 1000)
      unanswered.set(each.contributor, (unanswered.get(each.contributor) ?? 0) + (attack?.reads?.unanswered ?? 0));
    if (each.champion === each.challenger || n < people.length) continue;
    const { outcome } = duel.standing();
    if (outcome === 'worse') return 'kept';
    if (outcome !== 'better') continue;
    return labelFigures(evidence.slice(0, n + 1), everybody.size < 2).some(({ fell }) => fell) ? 'kept' : 'duel';
  }
  return 'kept';
}

/** Whoever reads people's shapes wrong reads those of the base set wrong. */
function baseSet(attack: Attack | null, { took }: Challenger): BaseOutcome {
  const fallen = attack?.shapes === 'ordinary' ? (took * attack.labels) / LABELS : 0;
  const championRight = BASE_GLYPHS * BASE_RIGHT;
  return { label: 0, tested: BASE_GLYPHS, championRight, challengerRight: Math.round(championRight * (1 - fallen)) };
}

/** Shares of runs that the gate, and the duel after it, promoted. */
export function promoted(played: Played, runs: number, seed = 11): { readonly gate: number; readonly duel: number } {
  const ends = Array.from({ length: runs }, (_, at) => play(played, seed, at));
  const share = (how: 'gate' | 'duel'): number => ends.filter((end) => end === how).length / runs;
  return { gate: share('gate'), duel: share('duel') };
}
