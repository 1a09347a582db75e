// The duel's errors and how many answers it takes, as docs/gate.md has them: `npm run -s bench -- duel`, a quarter of an hour.
import {
  answersUntilPromoted,
  noBetter,
  threeUnlike,
  wronglyBetter,
  wronglyBetterToCorrectors,
  wronglyPromoted,
  type Installation,
} from '../support/duel-streams.ts';
import type { Figure } from './main.ts';

const STREAMS = 10_000;
/** Each is looked at after each of so many tosses. */
const TOSSES = 150;
const RUNS = 200;

const threePoints = { differ: 0.06, winning: 0.75 };

function installations(): readonly (Installation & { readonly name: string })[] {
  return [1, 2, 3, 10, 30].flatMap((people) => {
    const who = people === 1 ? 'one person' : `${people} people`;
    return [
      { ...threePoints, name: `${who}, 50 answers so far`, people, answers: 50, looked: false },
      { ...threePoints, name: `${who}, 250 answers so far`, people, answers: 250, looked: false },
      { ...threePoints, name: `${who}, 2,500 answers, judged before`, people, answers: 2500, looked: true },
    ];
  });
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;

export function benchDuel(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  const note = (name: string, value: number, unit: string): void => {
    figures.push({ name, value, unit });
    console.error(`${name}: ${value.toPrecision(3)} ${unit}`);
  };
  for (const crowd of [...noBetter, threeUnlike]) {
    const streams = crowd.people > 100 ? STREAMS / 10 : STREAMS;
    note(`no better, ${crowd.name}: promoted`, 100 * wronglyBetter(crowd, streams, TOSSES, 5), '%');
  }
  for (const people of [1, 10]) {
    for (const answers of [500, 2500]) {
      const { gate, duel } = wronglyPromoted({ people, answers, differ: threePoints.differ }, STREAMS, 100, 9);
      const who = people === 1 ? 'one person' : `${people} people`;
      note(`no better, ${who}, ${answers} answers: by the gate`, 100 * gate, '%');
      note(`no better, ${who}, ${answers} answers: by the duel after it`, 100 * duel, '%');
    }
  }
  for (const people of [1, 10])
    for (const weighed of [false, true]) {
      const name = `no better, ${people === 1 ? 'one person' : `${people} people`} who answer one in five right ones`;
      const promoted = wronglyBetterToCorrectors({ people, rights: 0.2, weighed }, STREAMS / 20, 1000, 5);
      note(`${name}, ${weighed ? 'weighed' : 'not weighed'}: promoted`, 100 * promoted, '%');
    }
  for (const { name, ...installation } of installations()) {
    const rows = Array.from({ length: RUNS }, (_, at) => answersUntilPromoted(installation, 3, at));
    const gate = meanOf(rows.map((row) => row.gate));
    const duel = meanOf(rows.map((row) => row.duel));
    note(`3 points better, ${name}: by gates alone`, gate, 'answers');
    note(`3 points better, ${name}: with duels`, duel, 'answers');
    note(`3 points better, ${name}: ratio`, duel / gate, '');
  }
  return Promise.resolve(figures);
}
