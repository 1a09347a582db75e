// A photo of several characters is a conversation in one message: all at once, one by one, in writing, and taken back.
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  ann,
  answerOf,
  bob,
  button,
  messageOf,
  noticeOf,
  openScene,
  readingOf,
  type Scene,
} from '../support/chat-scene.ts';

let scene: Scene;
beforeEach(() => {
  scene = openScene();
  scene.reading = readingOf([
    [0, 1, 3],
    [0, 1],
  ]);
  scene.answers = [3, 1, 4, 1].map((digit) => answerOf([digit, 0.97], [(digit + 1) % 10, 0.02]));
  // The last one is doubtful.
  scene.answers = [...scene.answers, answerOf([5, 0.5], [6, 0.4])];
});
afterEach(() => scene.close());

const samples = () => [...scene.store.samples.iterate({ alphabet: 'digits' })].map(({ labelId }) => labelId);

test('one message shows the text, the numbers, what is doubtful, and a card with a place to touch for each', async () => {
  const replies = await scene.photo(ann);
  expect(replies).toHaveLength(1);
  const message = messageOf(replies);
  expect(message.text).toContain('31 4\n1[5]');
  expect(message.text).toContain('I read 5 characters');
  expect(message.keyboard?.flat().map(({ text }) => text)).toEqual([
    '1 3',
    '2 1',
    '3 4',
    '4 1',
    '5 5?',
    '✓ all right (5)',
  ]);
  const [card] = message.pictures ?? [];
  expect(card?.role).toBe('chart');
  expect(card?.touch?.map(({ payload }) => payload)).toEqual(
    message.keyboard
      ?.flat()
      .slice(0, 5)
      .map(({ payload }) => payload),
  );
  // Places are shares of the card, in reading order.
  const places = card?.touch?.map(({ place }) => place) ?? [];
  expect(places.every(({ x, y, width, height }) => x > 0 && y > 0 && x + width < 1 && y + height < 1)).toBe(true);
  expect(places[2]?.x).toBeGreaterThan(places[1]?.x ?? 1);
  expect(places[3]?.y).toBeGreaterThan(places[2]?.y ?? 1);
  expect(Buffer.from(card?.png() ?? []).toString('latin1', 1, 4)).toBe('PNG');
  // Nothing is confirmed that nobody touched.
  expect(samples()).toEqual([]);
});

test('one tap saves all; a second tap none; one word takes all back', async () => {
  const asked = messageOf(await scene.photo(ann));
  const all = button(asked, '✓ all right (5)');
  const done = await scene.press(ann, all);
  expect(noticeOf(done)).toBe('Saved: 5 answers.');
  expect(messageOf(done).text).toContain('All 5 are saved');
  expect(
    messageOf(done)
      .keyboard?.at(-1)
      ?.map(({ text }) => text),
  ).toEqual(['undo all']);
  expect(samples()).toEqual([3, 1, 4, 1, 5]);
  expect(noticeOf(await scene.press(ann, all))).toBe('There was nothing new to save.');
  expect(samples()).toHaveLength(5);
  expect(messageOf(await scene.type(ann, '/undo')).text).toBe('Taken back: 5 answers.');
  expect([...scene.store.samples.iterate({ alphabet: 'digits' })]).toHaveLength(0);
  // And all can be answered anew.
  expect(noticeOf(await scene.press(ann, all))).toBe('Saved: 5 answers.');
});

test('a number opens its character with its candidates, a correction leads back, the rest is one tap', async () => {
  const asked = messageOf(await scene.photo(ann));
  const fifth = messageOf(await scene.press(ann, button(asked, '5 5?')));
  expect(fifth.text).toMatch(/^5: Is it 5 or 6\?/);
  expect(fifth.pictures).toHaveLength(1);
  const back = messageOf(await scene.press(ann, button(fifth, '‹ all 5')));
  expect(back.text).toBe(asked.text);
  const corrected = await scene.press(ann, button(fifth, '6'));
  expect(noticeOf(corrected)).toBeUndefined();
  const whole = messageOf(corrected);
  expect(whole.text).toContain('31 4\n16');
  expect(whole.text).toContain('1 of 5 are answered');
  expect(button(whole, '5 ✓6')).toBeDefined();
  const rest = await scene.press(ann, button(whole, '✓ the rest (4)'));
  expect(noticeOf(rest)).toBe('Saved: 4 answers.');
  expect(
    samples()
      .map(String)
      .toSorted((a, b) => a.localeCompare(b)),
  ).toEqual(['1', '1', '3', '4', '6']);
  // An answer stands behind its number, with its undo; the others stay.
  const opened = messageOf(await scene.press(ann, button(messageOf(rest), '5 ✓6')));
  expect(opened.text).toMatch(/^5: Thank you for the correction! Saved: 6/);
  const again = messageOf(await scene.press(ann, button(opened, 'undo')));
  expect(again.text).toMatch(/^5: Is it 5 or 6\?/);
  expect(samples()).toHaveLength(4);
});

test('"other…" of one of several comes back to all of them', async () => {
  const asked = messageOf(await scene.photo(ann));
  const first = messageOf(await scene.press(ann, button(asked, '1 3')));
  const wrong = messageOf(await scene.press(ann, button(first, '✗')));
  const other = messageOf(await scene.press(ann, button(wrong, 'other…')));
  const whole = messageOf(await scene.press(ann, button(other, '9')));
  expect(whole.text).toContain('91 4\n1[5]');
  const rejected = messageOf(
    await scene.press(
      ann,
      button(
        messageOf(await scene.press(ann, button(messageOf(await scene.press(ann, button(whole, '2 1'))), '✗'))),
        'not a character',
      ),
    ),
  );
  expect(rejected.text).toContain('9· 4');
});

test('a caption with the whole line answers all at once, also where one was missed', async () => {
  const message = messageOf(await scene.photo(ann, { caption: '314 16' }));
  expect(message.text).toContain('Saved: 5 answers.');
  expect(message.text).toContain('31 4\n16');
  expect(samples()).toEqual([3, 1, 4, 1, 6]);
  // 3 1 4 1 5 9 was written, the 9 was not found: the others are known, and the doubtful one as well.
  const longer = messageOf(await scene.photo(ann, { caption: '314159' }));
  expect(longer.text).toContain('31 4');
  expect(samples().slice(5)).toEqual([3, 1, 4, 1, 5]);
});

test('a line in reply, or simply said, does the same; one character for several asks which', async () => {
  const asked = messageOf(await scene.photo(ann));
  expect(messageOf(await scene.type(ann, '7')).text).toContain('Which one do you mean?');
  expect(messageOf(await scene.type(ann, 'good')).text).toContain('/help');
  // As many as there are: that was to be the line.
  expect(messageOf(await scene.type(ann, '314x5')).text).toContain('x is not among 0–9');
  expect(samples()).toEqual([]);
  const { aboutWhole } = { aboutWhole: `${button(asked, '1 3').slice(2)}+` };
  expect(messageOf(await scene.type(ann, '314x5', { about: aboutWhole })).text).toContain('x is not among 0–9');
  expect(messageOf(await scene.type(ann, '31415')).text).toContain('Saved: 5 answers.');
  expect(samples()).toEqual([3, 1, 4, 1, 5]);
});

test('nobody else answers for who sent it, be it one or all', async () => {
  const asked = messageOf(await scene.photo(ann));
  for (const payload of [button(asked, '✓ all right (5)'), button(asked, '1 3')]) {
    expect(await scene.press(bob, payload)).toEqual([
      { kind: 'notice', text: 'Only the person who sent the photo or asked me to read it can answer this one.' },
    ]);
  }
  expect(samples()).toEqual([]);
});

test('what is doubted to be a character is not confirmed with the rest', async () => {
  scene.answers = [...scene.answers.slice(0, 4), { ...answerOf([5, 0.2]), outcome: 'not-a-character' }];
  const asked = messageOf(await scene.photo(ann));
  expect(asked.text).toContain('1·');
  await scene.press(ann, button(asked, '✓ all right (4)'));
  expect(samples()).toEqual([3, 1, 4, 1]);
});

test('one large character beside other writing is asked about alone, and leads to the others', async () => {
  scene.reading = { ...scene.reading, main: 2 } as Scene['reading'];
  const asked = messageOf(await scene.photo(ann));
  expect(asked.text).toMatch(/There is more writing beside it \(5 characters in all\)\.\nI read 4/);
  const saved = messageOf(await scene.press(ann, button(asked, '✓ 4')));
  expect(saved.text).toBe('Thank you! Saved: 4.');
  const whole = messageOf(await scene.press(ann, button(saved, '‹ all 5')));
  expect(whole.text).toContain('1 of 5 are answered');
});

test('a hundred characters fit every keyboard', async () => {
  scene.reading = readingOf(Array.from({ length: 10 }, () => Array.from({ length: 10 }, (_, at) => at)));
  const asked = messageOf(await scene.photo(ann));
  expect(asked.keyboard?.flat()).toHaveLength(92);
  const more = messageOf(await scene.press(ann, button(asked, '91–100')));
  expect(more.keyboard?.flat()).toHaveLength(12);
  expect(noticeOf(await scene.press(ann, button(more, '✓ all right (100)')))).toBe('Saved: 100 answers.');
  expect(samples()).toHaveLength(100);
});
