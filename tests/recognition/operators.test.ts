// The figure that /models and the accuracy chart show of a version.
import { expect, test } from 'vitest';
import { digits } from '../../src/alphabet/digits.ts';
import { decisionText } from '../../src/recognition/decision.ts';
import { accuracyOf, makeRollbackChoice, progressText } from '../../src/recognition/operators.ts';
import { makePeople } from '../../src/recognition/people.ts';
import type { Run } from '../../src/store/runs.ts';
import { sayIn } from '../../src/words/words.ts';
import { scratchStore } from '../store/scratch.ts';
import { version } from '../store/scratch-rows.ts';

test('a shipped version shows the first set of its card', () => {
  expect(accuracyOf({ 'held-out digits': 0.98, 'photographed digits': 0.9 })).toBe(0.98);
});

test("a trained version shows its accuracy on people's glyphs before the base set's", () => {
  expect(accuracyOf({ base: { challenger: { accuracy: 0.9 } }, people: { challenger: { accuracy: 0.8 } } })).toBe(0.8);
  expect(accuracyOf({ base: { challenger: { accuracy: 0.9 } }, people: null })).toBe(0.9);
});

test('a version without figures shows none', () => {
  expect(accuracyOf({})).toBeNull();
  expect(accuracyOf(null)).toBeNull();
});

test('a run that was kept says what answers, and what is missing', () => {
  const decision = { code: 'too-few-glyphs', wins: 1, losses: 0, p: 0.5, fresh: { p: 0.5 }, tested: 1 };
  const kept = (job: object | null, language: 'en' | 'uk' | 'ja' = 'en'): string =>
    progressText({ id: 2, state: 'kept', job, decision } as unknown as Run, digits, sayIn(language), decisionText);
  expect(kept({ champion: 'ab'.repeat(32) })).toBe(
    'Run 2: the old model stays. Too few held-out glyphs to tell: 1 of the 10 that are needed. Answer more photos, then train again.',
  );
  // An alphabet without a model has no old one.
  expect(kept({ champion: null })).toContain('Run 2: there is still no model. Too few');
  for (const language of ['uk', 'ja'] as const) expect(kept({ champion: null }, language)).toContain('10');
});

test('a forged "go back" by the admin of a chat goes nowhere; an operator’s does', async () => {
  const store = scratchStore();
  const { id } = store.versions.add(version());
  const moved: string[] = [];
  const training = {
    rollback: ({ by }: { readonly by: string }) => {
      moved.push(by);
      return Promise.resolve({ outcome: 'overtaken' } as const);
    },
  };
  const people = makePeople({
    key: new Uint8Array(32),
    admins: ['telegram:99'],
    contributors: store.contributors,
    meta: store.meta,
    now: () => 0,
  });
  // Nothing but what a press needs.
  const choice = makeRollbackChoice({ people, store, training } as unknown as Parameters<typeof makeRollbackChoice>[0]);
  const pressed = (person: string) => ({
    event: {
      kind: 'press' as const,
      payload: `s:rollback:${id}`,
      person: { platform: 'telegram' as const, id: person },
      chat: { id: 'club', kind: 'group' as const, isChatAdmin: () => Promise.resolve(true) },
      address: {},
    },
    say: sayIn('en'),
    language: 'en' as const,
  });
  expect(await choice(pressed('1'), id)).toEqual([{ kind: 'notice', text: 'Only operators of this bot may do that.' }]);
  expect(moved).toEqual([]);
  await choice(pressed('99'), id);
  expect(moved).toHaveLength(1);
});
