// What operators are shown of versions and runs, and who may go back.
import { expect, test } from 'vitest';
import { alphabetOf } from '../../src/alphabet/alphabet.ts';
import { digits } from '../../src/alphabet/digits.ts';
import { versionAccuracy, type VersionMetrics } from '../../src/records/metrics.ts';
import type { Heard } from '../../src/chat/command.ts';
import { modelsCommand } from '../../src/chat/commands/models.ts';
import { rollbackCommand } from '../../src/chat/commands/rollback.ts';
import { makeConversation } from '../../src/chat/conversation.ts';
import { runText } from '../../src/words/run-text.ts';
import { makePeople } from '../../src/recognition/people.ts';
import type { Run } from '../../src/store/runs.ts';
import { sayIn } from '../../src/words/words.ts';
import { scratchStore } from '../support/scratch.ts';
import { aDecision, aJob } from '../support/records.ts';
import { version } from '../support/scratch-rows.ts';
import { makeLog } from '../../src/log.ts';

test('a shipped version shows the first set of its card', () => {
  expect(versionAccuracy({ 'held-out digits': 0.98, 'photographed digits': 0.9 })).toBe(0.98);
});

test("a trained version shows its accuracy on people's glyphs before the base set's", () => {
  const of = (accuracy: number) => {
    const scores = { accuracy, macroF1: 0, ece: 0 };
    return { champion: { ...scores, accuracy: 0.1 }, challenger: scores };
  };
  const metrics: VersionMetrics = {
    base: of(0.9),
    people: of(0.8),
    training: {
      architecture: 'tiny',
      codeVersion: '1',
      samples: 1,
      replay: 0,
      epochs: 1,
      learningRate: 0.1,
      blend: 1,
      loss: null,
      seconds: 1,
      stoppedBy: 'finished',
    },
  };
  expect(versionAccuracy(metrics)).toBe(0.8);
  expect(versionAccuracy({ ...metrics, people: null })).toBe(0.9);
});

test('a version without figures shows none', () => {
  expect(versionAccuracy({})).toBeNull();
});

test('a run that was kept says what answers, and what is missing', () => {
  const { runs } = scratchStore();
  const { run } = runs.create({ alphabet: 'digits', requestedBy: 'x', reason: 'asked', at: 1 });
  const kept = (champion: string | null, language: 'en' | 'uk' | 'ja' = 'en'): string => {
    const ended: Run = { ...run, id: 2, state: 'kept', job: { ...aJob, champion }, decision: aDecision };
    return runText(ended, digits, sayIn(language));
  };
  expect(kept('ab'.repeat(32))).toBe(
    'Run 2: the old model stays. Too few of people’s photos to compare on: 1 of the 10 that are needed. Answer more photos, then train again.',
  );
  // An alphabet without a model has no old one.
  expect(kept(null)).toContain('Run 2: there is still no model. Too few');
  for (const language of ['uk', 'ja'] as const) expect(kept(null, language)).toContain('10');
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
    operators: store.operators,
    now: () => 0,
  });
  // Nothing but what a press needs.
  const command = rollbackCommand({ people, store, training } as unknown as Parameters<typeof rollbackCommand>[0]);
  const handle = makeConversation({
    people,
    store,
    commands: [command],
    log: makeLog('silent'),
  } as unknown as Parameters<typeof makeConversation>[0]);
  const press = (person: string) =>
    handle({
      kind: 'press',
      payload: `s:rollback:${id}`,
      person: { platform: 'telegram', id: person, language: 'en' },
      chat: { id: 'club', kind: 'group', isChatAdmin: () => Promise.resolve(true) },
      address: {},
    });
  expect(await press('1')).toEqual([{ kind: 'notice', text: 'Only operators of this bot may do that.' }]);
  expect(moved).toEqual([]);
  await press('99');
  expect(moved).toHaveLength(1);
});

test('the versions of an alphabet without a backbone come with what one would bring', async () => {
  const store = scratchStore();
  const alphabetNamed = (kind: 'ink' | 'picture') =>
    alphabetOf({ id: 'things', title: 'Things', rows: [['cat', 'dog']], kind });
  const told = async (kind: 'ink' | 'picture'): Promise<string> => {
    const alphabet = alphabetNamed(kind);
    const command = modelsCommand({
      store,
      alphabet: () => alphabet,
      alphabets: () => [alphabet],
      recognition: { alphabetOf: () => 'things' },
    });
    const heard = { say: sayIn('en'), event: { chat: {} }, speaker: { platform: 'web' } } as unknown as Heard;
    const [reply] = await command.run(heard, 'things');
    return reply?.kind === 'message' ? reply.message.text : '';
  };
  expect(await told('ink')).toBe('There are no models yet.');
  expect(await told('picture')).toMatch(
    /no models yet\.\nIts pictures are seen with no backbone.*see-with things NAME\.$/u,
  );
});
