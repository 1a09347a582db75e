// What is shown beside a conversation: examples for who has nothing at hand, and what somebody taught, one by one. With the real models.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ChatEvent, Message, Reply } from '../../src/chat/event.ts';
import type { Chat, Person } from '../../src/recognition/person.ts';
import { sayIn } from '../../src/words/words.ts';
import { scratchFolder } from '../support/scratch.ts';
import { openWorld, type World } from '../support/world.ts';

const ann: Person = { platform: 'web', id: 'ann', operator: true };
const bob: Person = { platform: 'web', id: 'bob' };
const chat: Chat = { id: 'ann', kind: 'private', noReplies: true, isChatAdmin: () => Promise.resolve(true) };

let world: World;
beforeEach(async () => {
  world = await openWorld(scratchFolder());
});
afterEach(() => world.app.close());

const told = (replies: readonly Reply[]): Message => {
  const [reply] = replies;
  if (reply === undefined || !('message' in reply)) throw new Error(JSON.stringify(reply ?? 'nothing was said'));
  return reply.message;
};
const said = { person: ann, chat, address: { visitor: 'ann' } };
const handle = async (event: ChatEvent): Promise<Message> => told(await world.app.handle(event));
const press = (payload: string): Promise<Message> => handle({ kind: 'press', payload, ...said });

test.each(['digits', 'hiragana'])(
  'examples of %s are read, without a question and without a trace',
  async (alphabet) => {
    const { examples, store, people } = world.app;
    const pictures = await examples.pictures(alphabet);
    expect(pictures).toHaveLength(3);
    const answers = await Promise.all(
      pictures.map(async (_, place) => told(await examples.answer(alphabet, place, sayIn('en')))),
    );
    for (const { text, keyboard } of answers) {
      expect(text).toMatch(/^I read \S+ \(\d+ % sure\)\. That was only an example/);
      expect(keyboard).toBeUndefined();
    }
    // They show different characters.
    expect(new Set(answers.map(({ text }) => text.slice(0, 8))).size).toBe(3);
    expect(store.predictions.lastOf(people.meet(ann).contributor.id)).toBeUndefined();
  },
);

test.each(['help', 'start'])('/%s names what can be said on one platform alone', async (name) => {
  const also = [{ name: 'read', description: 'Read the photo above' }];
  const { text } = await handle({ kind: 'command', name, rest: '', also, ...said });
  expect(text.split('\n')).toContain('/read – Read the photo above');
});

test('an alphabet without a model has no examples, and there is none at another place', async () => {
  expect(await world.app.examples.pictures('nobody-knows')).toEqual([]);
  expect(told(await world.app.examples.answer('digits', 7, sayIn('en'))).text).toContain('went wrong');
});

test('what somebody taught is theirs alone, and each opens with what can be done about it', async () => {
  const { gallery, people, examples } = world.app;
  expect(gallery(people.meet(ann))).toEqual({ samples: [], next: null });
  const [bytes] = await examples.pictures('digits');
  if (bytes === undefined) throw new Error('no picture');
  const question = await handle({ kind: 'photo', bytes, ...said });
  const yes = question.keyboard?.flat()[0]?.payload ?? '';
  await press(yes);
  const [sample, ...others] = gallery(people.meet(ann)).samples;
  if (sample === undefined) throw new Error('nothing was taught');
  expect(others).toEqual([]);
  expect(sample.label).toMatch(/^\d$/);
  expect(gallery(people.meet(bob)).samples).toEqual([]);

  const opened = await press(sample.payload);
  expect(opened.text).toContain(`Saved: ${sample.label}`);
  // A photo of one character has no others to go back to.
  expect(opened.keyboard?.flat().map(({ text }) => text)).toEqual(['undo']);
  expect(opened.pictures).toHaveLength(1);
  const again = await press(opened.keyboard?.flat()[0]?.payload ?? '');
  expect(again.text).toContain('Taken back');
  expect(gallery(people.meet(ann)).samples).toEqual([]);
});

test('a long list goes on where it ended', async () => {
  const { gallery, people, store } = world.app;
  const { id } = people.meet(ann).contributor;
  for (let n = 0; n < 61; n++) {
    const prediction = `prediction${String(n).padStart(2, '0')}`;
    const glyph = new Uint8Array(1600).fill(n * 4);
    store.predictions.save(
      [
        {
          id: prediction,
          alphabet: 'tiny',
          contributorId: id,
          chatKey: 'ann',
          versionId: 'tiny-1',
          glyph,
          box: { x: 0, y: 0, width: 9, height: 9 },
          candidates: [],
          outcome: 'unsure',
          alone: null,
          photoId: prediction,
          place: 0,
          line: 0,
          expected: null,
          createdAt: n,
          share: null,
          author: null,
        },
      ],
      { visitor: 'ann' },
    );
    store.verdicts.save({ predictionId: prediction, kind: 'correct', labelId: n % 4, contributorId: id, at: n });
  }
  const first = gallery(people.meet(ann));
  expect(first.samples).toHaveLength(60);
  expect(first.samples[0]?.payload).toContain('prediction60');
  const second = gallery(people.meet(ann), first.next ?? 0);
  expect(second.samples.map(({ payload }) => payload)).toEqual([expect.stringContaining('prediction00')]);
  expect(second.next).toBeNull();
});
