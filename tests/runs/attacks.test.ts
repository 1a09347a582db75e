// What attacks do to gate and duel, smaller than the table of docs/gate.md that `bench -- attacks` prints.
import { beforeAll, describe, expect, it } from 'vitest';
import { attacks, crowds, holders, ownHands, promoted, type Attack, type Played } from '../support/attacks.ts';

const RUNS = 40;
const named = (name: string): Attack => {
  const found = attacks.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no attack ${name}`);
  return found;
};
const share = (played: Omit<Played, 'honest'>, crowd: string): number => {
  const honest = crowds.find(({ name }) => name === crowd);
  if (honest === undefined) throw new Error(`no crowd ${crowd}`);
  const { gate, duel } = promoted({ ...played, honest }, RUNS);
  return gate + duel;
};

describe('a poisoned challenger', () => {
  it.each([
    'one person, 500 wrong labels',
    'one person, 500 times "not a character"',
    'one person, honest for 200 answers, then 300 wrong',
  ])('is not promoted by %s, with and without a base set', (name) => {
    for (const base of [true, false])
      for (const took of [0.1, 1]) {
        const challenger = { winning: 0.5, took };
        expect(share({ attack: named(name), challenger, base }, '10')).toBeLessThanOrEqual(0.025);
      }
  });

  it('is held by the base set where twenty swap two letters', () => {
    const played = { attack: named('20 people swap two letters'), challenger: { winning: 0.5, took: 1 } };
    expect(share({ ...played, base: true }, '10')).toBe(0);
  });

  it('gains nothing from the same picture by fifty accounts', () => {
    const same = named('50 accounts, one picture each, the same');
    expect(share({ attack: same, challenger: { winning: 0.5, took: 1 }, base: true }, '10')).toBeLessThanOrEqual(0.05);
  });

  it.each([
    '20 people swap two letters',
    '20 people swap two letters in shapes of their own',
    '50 accounts, one picture each, all different',
  ])('is not promoted by %s, with and without a base set: who never agrees decides nothing', (name) => {
    for (const base of [true, false]) {
      const played = { attack: named(name), challenger: { winning: 0.5, took: 1 }, base };
      expect(share(played, '10')).toBeLessThanOrEqual(0.05);
    }
  });

  it('is seldom promoted without a base set by twenty who were honest first, where more are honest', () => {
    const attack = named('20 people, honest for 25 answers, then 25 that swap two letters');
    for (const took of [0.5, 1])
      expect(share({ attack, challenger: { winning: 0.5, took }, base: false }, '30')).toBeLessThanOrEqual(0.15);
  });
});

describe('a better challenger', () => {
  const better = { winning: 0.75, took: 0 };
  let alone = 0;
  beforeAll(() => void (alone = share({ attack: null, challenger: better, base: true }, '30')));

  it('is held up by no third by one person’s 500 wrong labels', () => {
    const beside = { attack: named('one person, 500 wrong labels'), challenger: better, base: true };
    expect(alone).toBeGreaterThan(0.5);
    expect(share(beside, '30')).toBeGreaterThan((2 / 3) * alone);
  });
  it('nor by one all of whose answers are losses', () => {
    const attack = named('one person, 500 wrong labels');
    const beside = { attack, challenger: { ...better, against: true as const }, base: true };
    expect(share(beside, '30')).toBeGreaterThan((2 / 3) * alone);
  });

  it('nor by two all of whose answers are losses on one label', () => {
    const [attack = null] = holders;
    const beside = { attack, challenger: { ...better, against: true as const }, base: true };
    expect(share(beside, '30')).toBeGreaterThan((2 / 3) * alone);
  });

  it.each(ownHands.map((each) => [each.name, each] as const))('is one for %s', (_, attack) => {
    expect(share({ attack, challenger: { winning: 0.5, took: 0 }, base: true }, '10')).toBeGreaterThan(0.6);
  });
});
