// Open questions are bounded by contributor, by neighbourhood and in all; the oldest go first, and nothing that was answered goes.
import { expect, test } from 'vitest';
import { prediction } from '../support/scratch-rows.ts';
import { person, scratchStore } from '../support/scratch.ts';

const store = () => {
  const all = scratchStore();
  const open = (ids: readonly string[]): readonly string[] => ids.filter((id) => all.predictions.get(id) !== undefined);
  return {
    all,
    open,
    ask(name: string, who: number, count: number, share: string | null = null): readonly string[] {
      const ids = Array.from({ length: count }, (_, i) => `${name}-${i}`);
      for (const id of ids) all.predictions.save([prediction(id, who, { share })], { chat: 1 }, `message of ${id}`);
      return ids;
    },
  };
};
const limits = { ofContributor: 1000, ofShare: 1000, inAll: 1000 };

test('a contributor keeps the newest questions, and every one that was answered', () => {
  const { all, ask, open } = store();
  const [ann, bob] = [person(all, 'ann'), person(all, 'bob')];
  const anns = ask('ann', ann, 30);
  const bobs = ask('bob', bob, 10);
  const [first = ''] = anns;
  all.verdicts.save({ predictionId: first, kind: 'confirm', labelId: 7, contributorId: ann, at: 1 });
  expect(all.trimUnanswered({ ...limits, ofContributor: 10 })).toBe(19);
  expect(open(anns)).toEqual([first, ...anns.slice(20)]);
  expect(open(bobs)).toEqual(bobs);
  // Where to reply goes with the question; a message that was told again is read anew.
  expect(all.predictions.byMessage(`message of ${anns[5]}`)).toEqual([]);
  expect(all.predictions.address(anns[5] ?? '')).toBeNull();
  expect(
    all.verdicts.save({ predictionId: anns[5] ?? '', kind: 'confirm', labelId: 7, contributorId: ann, at: 2 }),
  ).toEqual({ outcome: 'unknown-prediction' });
  expect(all.trimUnanswered({ ...limits, ofContributor: 10 })).toBe(0);
  expect(all.check()).toEqual([]);
});

test('many visitors of one neighbourhood keep no more than one share, whoever they are', () => {
  const { all, ask, open } = store();
  const crowd = Array.from({ length: 40 }, (_, i) => ask(`v${i}`, person(all, `visitor ${i}`), 3, 'near')).flat();
  const other = ask('other', person(all, 'other'), 20, 'far');
  expect(all.trimUnanswered({ ...limits, ofShare: 25 })).toBe(95);
  expect(open(crowd)).toEqual(crowd.slice(-25));
  expect(open(other)).toEqual(other);
});

test('in all only so many are kept: of whoever has most, until they have as many as the others', () => {
  const { all, ask, open } = store();
  const greedy = ['a', 'b'].map((name) => ask(name, person(all, name), 700, `near ${name}`));
  const polite = ask('polite', person(all, 'polite'), 40, 'far');
  const telegram = ask('telegram', person(all, 'telegram', { platform: 'telegram' }), 30);
  all.trimUnanswered({ ...limits, inAll: 200 });
  expect(open(polite)).toEqual(polite);
  expect(open(telegram)).toEqual(telegram);
  expect(greedy.map((each) => open(each).length)).toEqual([65, 65]);
  expect(greedy.map((each) => open(each))).toEqual(greedy.map((each) => each.slice(-65)));
});

test('with the answer the neighbourhood is forgotten', () => {
  const { all, ask } = store();
  const ann = person(all, 'ann');
  const [id = ''] = ask('ann', ann, 1, 'near');
  all.verdicts.save({ predictionId: id, kind: 'confirm', labelId: 7, contributorId: ann, at: 1 });
  all.verdicts.undo(id, 2);
  // Open again, it counts for its contributor only.
  expect(all.trimUnanswered({ ...limits, ofShare: 0 })).toBe(0);
});
