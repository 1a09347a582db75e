// What attacks do to gate and duel, as docs/gate.md has them: `npm run -s bench -- attacks`, some minutes.
import { attacks, crowds, holders, ownHands, promoted, type Played } from '../support/attacks.ts';
import type { Figure } from './main.ts';

const RUNS = 200;
/** How often the poisoned challenger reads as it was taught: the row has the share that helps the attackers most. */
const TOOK = [0.02, 0.1, 0.5, 1];
const noBetter = { winning: 0.5, took: 0 };
const better = { winning: 0.75, took: 0 };

export function benchAttacks(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  /** A row: in each crowd, the largest of what several challengers come to. */
  function row(name: string, of: readonly Omit<Played, 'honest'>[]): void {
    for (const honest of crowds) {
      const all = of.map((each) => promoted({ ...each, honest }, RUNS)).map(({ gate, duel }) => 100 * (gate + duel));
      const value = Math.max(...all);
      figures.push({ name: `${name}; ${honest.name}`, value, unit: '%' });
      console.error(`${name}; ${honest.name}: ${value.toFixed(1)} %`);
    }
  }
  row('no better, nobody attacks', [{ attack: null, challenger: noBetter, base: true }]);
  row('no better, one slip in ten by everybody', [{ attack: null, challenger: noBetter, careless: 0.1, base: true }]);
  for (const attack of attacks) {
    for (const base of [true, false]) {
      const took = TOOK.map((each) => ({ attack, challenger: { ...noBetter, took: each }, base }));
      row(`poisoned: ${attack.name}${base ? '' : ', without a base set'}`, took);
    }
  }
  for (const attack of ownHands)
    for (const base of [true, false])
      row(`better for ${attack.name}${base ? '' : ', without a base set'}`, [{ attack, challenger: noBetter, base }]);
  row('3 points better, nobody attacks', [{ attack: null, challenger: better, base: true }]);
  row('3 points better, one slip in ten by everybody', [
    { attack: null, challenger: better, careless: 0.1, base: true },
  ]);
  for (const attack of attacks.filter(({ attackers }) => attackers === 1)) {
    if (attack.shapes === 'odd') continue;
    row(`3 points better, beside ${attack.name}`, [{ attack, challenger: better, base: true }]);
  }
  const [attack] = attacks;
  if (attack === undefined) throw new Error('no attack');
  const losses = { attack, challenger: { ...better, against: true as const }, base: true };
  row('3 points better, beside one person all of whose 500 are losses', [losses]);
  row('the same, without a base set', [{ ...losses, base: false }]);
  row('the same, 2,000 further answers', [{ ...losses, live: 2000 }]);
  for (const each of holders) row(`3 points better, beside ${each.name}`, [{ ...losses, attack: each }]);
  row('3 points better, nobody attacks, 2,000 further answers', [
    { attack: null, challenger: better, base: true, live: 2000 },
  ]);
  return Promise.resolve(figures);
}
