// What people read of a duel.
import { expect, test } from 'vitest';
import { endedText, oddsText, shownText, withDuel } from '../../src/words/duel-text.ts';
import { languages, sayIn } from '../../src/words/words.ts';

const say = sayIn('en');
const now = { wins: 11, losses: 2, people: 4, winners: 3, way: 0.89, wayBack: 0 };
const duel = {
  kind: 'challenge',
  advises: false,
  champion: 'digits-1',
  challenger: 'digits-2',
  state: 'open',
  because: null,
  standing: null,
} as const;

test('the odometer is never rounded up to a proof that is not there', () => {
  expect(oddsText({ now }, say)).toBe('On people’s photos: 11 wins, 2 losses: 0.8 of the way');
  expect(oddsText({ now: { ...now, wins: 1, losses: 1, way: 0.999 } }, say)).toContain('1 win, 1 loss: 0.9 of the way');
  expect(oddsText({ now: { ...now, way: 1 } }, say)).toContain('1.0 of the way');
});

test('that all of it is one person’s is said', () => {
  expect(oddsText({ now: { ...now, people: 1 } }, say)).toContain('11 wins, 2 losses, all by one person: 0.8');
});

test('why it was stopped is said, and that evidence is less by now, in every language', () => {
  for (const language of languages) {
    const texts = (['replaced', 'overtaken', 'damaged', 'withdrawn', 'label-fell', 'alike'] as const).map((because) =>
      endedText({ ...duel, state: 'stopped', because, standing: now }, sayIn(language)),
    );
    expect(new Set(texts).size).toBe(texts.length);
    const won = { duel: { ...duel, state: 'won', standing: now } as const, now, takenBack: false };
    const [whole, less] = [won, { ...won, takenBack: true }].map((each) => shownText(each, sayIn(language)));
    expect(less?.startsWith(whole ?? '-')).toBe(true);
    expect(less).not.toBe(whole);
  }
});

test('a kept run says that its challenger goes on, as long as it does', () => {
  expect(withDuel('Kept.', duel, say)).toMatch(/^Kept\. It goes on reading/);
  expect(withDuel('Kept.', { state: 'lost' }, say)).toBe('Kept.');
  expect(withDuel('Kept.', undefined, say)).toBe('Kept.');
});
