// The conversation as people have it: read, confirm, correct, reject, undo, and everything that can go another way.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { latin } from '../../src/alphabet/latin.ts';
import { decodeButton, encodeButton } from '../../src/chat/buttons.ts';
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
});
afterEach(() => scene.close());

const group = (more: { isChatAdmin?: boolean } = {}) => ({
  chat: { id: 'club', kind: 'group' as const, isChatAdmin: () => Promise.resolve(more.isChatAdmin ?? false) },
});
const samples = (): number => scene.store.stats.ofAlphabet('digits').samples;

describe('a photo', () => {
  test('that is read surely is asked about in one sentence, with ✓ and ✗, which opens the rest', async () => {
    const message = messageOf(await scene.photo(ann));
    expect(message.text).toBe('I read 7 (90 % sure) – right?');
    expect(message.keyboard?.map((row) => row.map((each) => each.text))).toEqual([['✓ 7', '✗']]);
    const rest = messageOf(await scene.press(ann, button(message, '✗')));
    expect(rest.text).toContain('Which one is it?');
    expect(rest.keyboard?.map((row) => row.map((each) => each.text))).toEqual([
      ['1', '9'],
      ['other…', 'not a character'],
      ['‹ back'],
    ]);
    expect(messageOf(await scene.press(ann, button(rest, '‹ back')))).toMatchObject({ keyboard: message.keyboard });
    expect(message.pictures).toHaveLength(1);
    for (const each of message.keyboard?.flat() ?? []) expect(Buffer.byteLength(each.payload)).toBeLessThanOrEqual(64);
  });

  test('asks between two when it is not sure', async () => {
    scene.answer = answerOf([4, 0.5], [9, 0.45]);
    const message = messageOf(await scene.photo(ann));
    expect(message.text).toBe('Is it 4 or 9? (50 % or 45 %)');
    expect(message.keyboard?.map((row) => row.map((each) => each.text))).toEqual([
      ['4', '9'],
      ['other…', 'not a character'],
    ]);
    scene.answer = answerOf([4, 0.4], [9, 0.3], [7, 0.15], [1, 0.14]);
    const ofThree = messageOf(await scene.photo(ann));
    expect(ofThree.text).toBe('Is it 4, 9 or 7?');
    expect(ofThree.keyboard?.[0]?.map((each) => each.text)).toEqual(['4', '9', '7']);
    // What is hardly possible is not asked about.
    scene.answer = answerOf([4, 0.57], [9, 0.01]);
    const ofOne = messageOf(await scene.photo(ann));
    expect(ofOne.text).toBe('Is it 4? (57 %)');
    expect(ofOne.keyboard?.map((row) => row.map((each) => each.text))).toEqual([['4'], ['other…', 'not a character']]);
  });

  test('of which hardly anything is known is not asked about as if it were', async () => {
    scene.answer = answerOf([4, 0.2], [9, 0.15], [7, 0.12], [1, 0.11]);
    const message = messageOf(await scene.photo(ann));
    expect(message.text).toBe('I cannot tell what this is (0–9). Which character is it?');
    expect(messageOf(await scene.press(ann, button(message, '7'))).text).toContain('Saved: 7.');
  });

  test.each([
    answerOf([7, 0.9], [1, 0.08]),
    answerOf([4, 0.5], [9, 0.45]),
    answerOf([4, 0.2], [9, 0.1]),
    { ...answerOf([4, 0.3]), outcome: 'not-a-character' } as const,
    null,
  ])('stands over one filled button at most, and never "not a character" (%#)', async (answer) => {
    scene.answer = answer;
    const message = messageOf(await scene.photo(ann));
    const filled = message.keyboard?.flat().filter(({ role }) => role === 'primary') ?? [];
    expect(filled.map(({ text }) => text)).toEqual(answer?.outcome === 'sure' ? ['✓ 7'] : []);
  });

  test('shows what was cut out beside the photo, too, where its reading is in doubt', async () => {
    const inDoubt = async (more = {}): Promise<boolean> =>
      messageOf(await scene.photo(ann, more)).pictures?.[0]?.inDoubt === true;
    expect(await inDoubt()).toBe(false);
    scene.answer = answerOf([4, 0.5], [9, 0.45]);
    expect(await inDoubt()).toBe(true);
    expect(await inDoubt({ caption: '4' })).toBe(false);
    scene.answer = { ...answerOf([4, 0.3]), outcome: 'not-a-character' };
    expect(await inDoubt()).toBe(true);
  });

  test('of a letter whose case is in doubt tells the letter, and asks for the case', async () => {
    const id = (text: string): number => latin.labels.find((label) => label.text === text)?.id ?? -1;
    scene.answer = answerOf([id('x'), 0.5], [id('X'), 0.4], [id('K'), 0.06], [id('k'), 0.04]);
    const message = messageOf(await scene.photo(ann, { alphabet: 'latin' }));
    expect(message.text).toBe('I read the letter x – 90 % sure. Is it x or X? (50 % or 40 %)');
    // A digit is no case of a letter.
    scene.answer = answerOf([id('O'), 0.34], [id('0'), 0.33], [id('o'), 0.33]);
    expect(messageOf(await scene.photo(ann, { alphabet: 'latin' })).text).toBe('Is it O, 0 or o?');
    // Of one shape with others it may be any of them, whatever was seen.
    scene.answer = answerOf([id('O'), 0.6], [id('0'), 0.01]);
    expect(messageOf(await scene.photo(ann, { alphabet: 'latin' })).text).toBe('Is it O, 0 or o?');
  });

  test('that holds no character is doubted, and can be rejected', async () => {
    scene.answer = { ...answerOf([4, 0.3]), outcome: 'not-a-character' };
    const message = messageOf(await scene.photo(ann));
    expect(message.text).toContain('I cannot tell what this is');
    const replies = await scene.press(ann, button(message, 'not a character'));
    expect(messageOf(replies).text).toBe('Thank you! Noted: not a character.');
    expect(scene.store.stats.ofAlphabet('digits').rejected).toBe(1);
  });

  test('in an alphabet without a model is asked about', async () => {
    scene.answer = null;
    const message = messageOf(await scene.photo(ann));
    expect(message.text).toContain('not learnt to read');
    const replies = await scene.press(ann, button(message, '3'));
    // Nothing was guessed that could be corrected.
    expect(messageOf(replies).text).toBe('Thank you! Saved: 3.');
    expect(samples()).toBe(1);
    expect(messageOf(await scene.type(ann, '/me')).text).toBe('0–9: you taught me 1 sample.');
    expect(scene.store.stats.ofAlphabet('digits').live).toEqual([]);
    await scene.press(ann, button(messageOf(await scene.photo(ann)), 'not a character'));
    scene.answer = answerOf([3, 0.9]);
    await scene.press(ann, button(messageOf(await scene.photo(ann)), '✓ 3'));
    expect(messageOf(await scene.type(ann, '/me')).text).toMatch(/I read 1 of 1 right\.$/u);
  });

  test('that is no good gets a sentence', async () => {
    scene.reading = { outcome: 'blank' };
    expect(messageOf(await scene.photo(ann)).text).toContain('I see no writing here');
    scene.reading = { outcome: 'too-dark' };
    expect(messageOf(await scene.photo(ann)).text).toContain('More light helps');
    scene.reading = { outcome: 'several-characters' };
    expect(messageOf(await scene.photo(ann)).text).toContain('Please send one at a time');
  });

  test('that is hard to read comes with what would help; one that is read needs no advice', async () => {
    const hinted = { ...readingOf([[0]]), hint: 'cut-off' as const };
    scene.reading = hinted;
    scene.answer = answerOf([7, 0.5], [1, 0.4]);
    expect(messageOf(await scene.photo(ann)).text).toMatch(/^It seems to be cut off at the edge.*\nIs it 7/su);
    scene.answer = answerOf([7, 0.99]);
    expect(messageOf(await scene.photo(ann)).text).not.toContain('cut off');
  });

  test('is read in the alphabet that was named for it, whatever the chat reads', async () => {
    scene.answer = answerOf([16, 0.9], [30, 0.05]);
    for (const alphabet of ['latin', ' Latin ', 'ABC abc 0–9', 'Q']) {
      const message = messageOf(await scene.photo(ann, { alphabet, caption: 'Q' }));
      expect(message.text).toBe('Thank you! Saved: Q.');
    }
    expect(messageOf(await scene.type(ann, '/alphabet')).text).toContain('0–9');
    expect(messageOf(await scene.photo(ann, { alphabet: 'klingon' })).text).toContain('I know: digits, latin');
    expect(scene.store.stats.ofAlphabet('latin').samples).toBe(4);
  });

  test('that is told twice is read once, and teaches once', async () => {
    const first = await scene.photo(ann, { caption: '7', key: '1:5' });
    expect(messageOf(first).text).toBe('Thank you! Saved: 7.');
    const again = await scene.photo(ann, { caption: '7', key: '1:5' });
    expect(messageOf(again)).toMatchObject({ text: 'Thank you! Saved: 7.', keyboard: messageOf(first).keyboard });
    expect(samples()).toBe(1);
    // Somebody else's message of the same number is another one, as is the next.
    await scene.photo(bob, { caption: '7', key: '1:5' });
    await scene.photo({ ...ann, platform: 'discord' }, { caption: '7', key: '1:5' });
    await scene.photo(ann, { caption: '7', key: '1:6' });
    expect(samples()).toBe(4);
  });

  test('with a caption of another alphabet is asked about, and the caption is told off', async () => {
    const message = messageOf(await scene.photo(ann, { caption: 'Q' }));
    expect(message.text).toMatch(/^Q is not among 0–9.*\nI read 7/s);
    expect(samples()).toBe(0);
    await scene.press(ann, button(message, '✓ 7'));
    expect(samples()).toBe(1);
  });

  test('with a caption as another keyboard writes it is confirmed', async () => {
    expect(messageOf(await scene.photo(ann, { caption: '７' })).text).toBe('Thank you! Saved: 7.');
  });

  test('with a caption that is a label is confirmed at once; another caption is only a caption', async () => {
    expect(messageOf(await scene.photo(ann, { caption: ' 7 ' })).text).toBe('Thank you! Saved: 7.');
    expect(messageOf(await scene.photo(ann, { caption: '3' })).text).toBe('Thank you for the correction! Saved: 3.');
    expect(messageOf(await scene.photo(ann, { caption: 'look!' })).text).toContain('– right?');
    expect(samples()).toBe(2);
  });
});

describe('too many photos', () => {
  test('of one person: busy, with how long to wait, while others are read', async () => {
    let told = '';
    let read = 0;
    for (; told === '' && read < 100; read++) {
      const { text } = messageOf(await scene.photo(ann));
      if (text.startsWith('Busy')) told = text;
    }
    expect(read).toBe(61);
    expect(told).toBe('Busy, one moment: please send it again in 1 second.');
    expect(messageOf(await scene.photo(bob)).text).toContain('I read 7');
    scene.now += 1000;
    expect(messageOf(await scene.photo(ann)).text).toContain('I read 7');
  });

  test('of one chat, however many people are in it', async () => {
    const texts: string[] = [];
    for (let count = 0; count < 301; count++) {
      const person = { platform: 'telegram', id: `pupil-${count}`, language: 'en' } as const;
      texts.push(messageOf(await scene.photo(person, group())).text);
    }
    expect(texts.filter((text) => text.startsWith('I read 7'))).toHaveLength(300);
    expect(texts.at(-1)).toMatch(/^Busy/);
    expect(messageOf(await scene.photo({ platform: 'telegram', id: 'pupil-300', language: 'en' })).text).toContain(
      'I read 7',
    );
  });
});

describe('an answer', () => {
  test('confirms, once, however often it is tapped', async () => {
    const asked = messageOf(await scene.photo(ann));
    const rest = messageOf(await scene.press(ann, button(asked, '✗')));
    const ok = button(asked, '✓ 7');
    expect(messageOf(await scene.press(ann, ok)).text).toBe('Thank you! Saved: 7.');
    const second = await scene.press(ann, ok);
    expect(noticeOf(second)).toBe('Already saved: 7. Tap undo first to change it.');
    expect(messageOf(second).text).toBe('Thank you! Saved: 7.');
    const other = await scene.press(ann, button(rest, '1'));
    expect(noticeOf(other)).toBe('Already saved: 7. Tap undo first to change it.');
    expect(samples()).toBe(1);
    expect(scene.changed).toEqual(['digits']);
  });

  test('on a second device, where the question still stands, is told what stands, and undo there is undo', async () => {
    const asked = messageOf(await scene.photo(ann));
    const stale = messageOf(await scene.press(ann, button(asked, '✗')));
    await scene.press(ann, button(asked, '✓ 7'));
    // What shows there is replaced by the truth, whatever is tapped.
    for (const text of ['1', 'other…', 'not a character']) {
      const shown = messageOf(await scene.press(ann, button(stale, text)));
      expect(shown.text, text).toContain('Saved: 7.');
      expect(shown.keyboard?.flat().map((each) => each.text)).toEqual(['undo']);
    }
    const here = messageOf(
      await scene.press(ann, button(messageOf(await scene.press(ann, button(asked, '✓ 7'))), 'undo')),
    );
    expect(here.text).toContain('Taken back');
    // And the other way round.
    expect(messageOf(await scene.press(ann, button(stale, '1'))).text).toContain('Saved: 1.');
    expect(messageOf(await scene.press(ann, button(here, '✓ 7'))).text).toContain('Saved: 1.');
    expect(samples()).toBe(1);
  });

  test('of who changed their language meanwhile is in that, buttons and all', async () => {
    const asked = messageOf(await scene.photo(ann));
    const uk = { ...ann, language: 'uk' };
    const rest = messageOf(await scene.press(uk, button(asked, '✗')));
    const saved = messageOf(await scene.press(uk, button(rest, '1')));
    const words = [rest, saved].map(({ text, keyboard = [] }) => [text, ...keyboard.flat().map((each) => each.text)]);
    for (const word of words.flat()) expect(word).toMatch(/^[^a-z]*$/i);
    expect(saved.text).toContain('Збережено: 1');
    const whole = messageOf(await scene.photo(ann));
    await scene.type(uk, '/language ja');
    expect(messageOf(await scene.press(uk, button(whole, '✓ 7'))).text).toMatch(/\p{Script=Hiragana}/u);
  });

  test('corrects by the candidate, by "other…", or by typing', async () => {
    const first = messageOf(await scene.photo(ann));
    const others = messageOf(await scene.press(ann, button(first, '✗')));
    expect(messageOf(await scene.press(ann, button(others, '1'))).text).toBe('Thank you for the correction! Saved: 1.');

    const second = messageOf(await scene.photo(ann));
    const wrong = messageOf(await scene.press(ann, button(second, '✗')));
    const all = messageOf(await scene.press(ann, button(wrong, 'other…')));
    expect(messageOf(await scene.press(ann, button(all, '4'))).text).toContain('Saved: 4.');

    const third = messageOf(await scene.photo(ann));
    const about = decodeButton(button(third, '✓ 7'));
    if (about?.do !== 'label') throw new Error('not a label button');
    expect(messageOf(await scene.type(ann, '5', { about: about.prediction })).text).toContain('Saved: 5.');

    await scene.photo(ann);
    expect(messageOf(await scene.type(ann, '6')).text).toContain('Saved: 6.');
    expect(samples()).toBe(4);
  });

  test('reaches any label of a large alphabet in two taps', async () => {
    await scene.type(ann, '/alphabet latin');
    scene.answer = answerOf([0, 0.9], [1, 0.1]);
    const asked = messageOf(await scene.photo(ann));
    const wrong = messageOf(await scene.press(ann, button(asked, '✗')));
    const rows = messageOf(await scene.press(ann, button(wrong, 'other…')));
    const labels: string[] = [];
    for (const row of rows.keyboard?.flat() ?? []) {
      if (row.text.startsWith('‹')) continue;
      const shown = messageOf(await scene.press(ann, row.payload));
      labels.push(...(shown.keyboard?.slice(0, -1).flat() ?? []).map((each) => each.text));
    }
    expect(new Set(labels).size).toBe(62);
  });

  test('can be taken back and given anew', async () => {
    const asked = messageOf(await scene.photo(ann));
    const saved = messageOf(await scene.press(ann, button(asked, '✓ 7')));
    const undone = messageOf(await scene.press(ann, button(saved, 'undo')));
    expect(undone.text).toBe('Taken back. I read 7 (90 % sure) – right?');
    expect(samples()).toBe(0);
    await scene.press(ann, button(messageOf(await scene.press(ann, button(undone, '✗'))), '9'));
    expect(samples()).toBe(1);
    expect(messageOf(await scene.type(ann, '/undo')).text).toBe('Taken back: 9.');
    expect(messageOf(await scene.type(ann, '/undo')).text).toBe('There is nothing to take back.');
    expect(samples()).toBe(0);
  });

  test('with a character that is not read here is told so, with what to do; small talk is not', async () => {
    await scene.photo(ann);
    for (const wrong of ['X', ' ж ', '字']) {
      const told = messageOf(await scene.type(ann, wrong)).text;
      expect(told).toContain(`${wrong.trim()} is not among 0–9`);
      expect(told).toContain('/alphabet');
    }
    for (const talk of ['👍', '?', 'nice weather', 'ok'])
      expect(messageOf(await scene.type(ann, talk)).text).toContain('/help');
    // In a group only somebody who was asked there can have meant an answer.
    expect(await scene.type(ann, 'X', group())).toEqual([]);
    await scene.photo(ann, group());
    expect(messageOf(await scene.type(ann, 'X', group())).text).toContain('X is not among 0–9');
    expect(samples()).toBe(0);
  });

  test('in a label’s place is told what it is not, whatever it is', async () => {
    const meant = { meantAsLabel: true } as const;
    const latinFirst = /^latin names an alphabet.*say \/alphabet latin first/;
    const photo = messageOf(await scene.photo(ann, { caption: 'latin', ...meant }));
    expect(photo.text).toMatch(latinFirst);
    expect(photo.text).toContain('I read 7');
    expect(messageOf(await scene.photo(ann, { caption: 'zzz', ...meant })).text).toMatch(/^zzz is not among 0–9/);
    expect(messageOf(await scene.type(ann, 'zzz', meant)).text).toMatch(/^zzz is not among 0–9/);
    expect(messageOf(await scene.type(ann, 'latin', meant)).text).toMatch(latinFirst);
    expect(samples()).toBe(0);
    // What is one is an answer like any other: of two open photos, to which?
    expect(messageOf(await scene.type(ann, '7', meant)).text).toContain('Which one is 7?');
    scene.reading = readingOf([[0, 1, 2]]);
    const several = messageOf(await scene.photo(ann, { caption: '12x', ...meant }));
    expect(several.text).toMatch(/^x is not among 0–9/);
    expect(samples()).toBe(0);
  });

  test('of an old or foreign button is told off kindly', async () => {
    expect(noticeOf(await scene.press(ann, 'nonsense'))).toContain('do not know this button');
    const gone = encodeButton({ do: 'label', prediction: 'AAAAAAAAAAAA', labelId: 1 });
    expect(noticeOf(await scene.press(ann, gone))).toContain('no longer have this picture');
    const asked = messageOf(await scene.photo(ann));
    const about = decodeButton(button(asked, '✓ 7'));
    if (about?.do !== 'label') throw new Error('not a label button');
    const unknown = encodeButton({ ...about, labelId: 4711 });
    expect(noticeOf(await scene.press(ann, unknown))).toContain('is not among 0–9');
    expect(samples()).toBe(0);
  });

  test('is limited in an hour for a visitor without a name', async () => {
    const visitor = { platform: 'web', id: 'cookie', language: 'en' } as const;
    let refused = '';
    for (let round = 0; round < 130 && refused === ''; round++) {
      scene.now += 1000;
      const asked = messageOf(await scene.photo(visitor));
      refused = noticeOf(await scene.press(visitor, button(asked, '✓ 7'))) ?? '';
    }
    expect(refused).toContain('a lot for one hour');
    expect(samples()).toBeLessThanOrEqual(125);
    scene.now += 3_600_000;
    const asked = messageOf(await scene.photo(visitor));
    expect(messageOf(await scene.press(visitor, button(asked, '✓ 7'))).text).toContain('Saved');
  });
});

test('a clock that is set back by a day keeps nobody waiting', async () => {
  messageOf(await scene.photo(ann));
  scene.now -= 24 * 3_600_000;
  expect(messageOf(await scene.photo(ann)).text).toContain('I read');
});

describe('in a group', () => {
  test('only who asked may answer, unless the chat says otherwise', async () => {
    const asked = messageOf(await scene.photo(ann, group()));
    expect(noticeOf(await scene.press(bob, button(asked, '✓ 7'), group()))).toContain('Only the person who sent');
    expect(noticeOf(await scene.press(bob, button(asked, '✗'), group()))).toContain('Only the person who sent');
    expect(samples()).toBe(0);

    const refused = await scene.press(bob, encodeButton({ do: 'choose', what: 'answering', value: 'anyone' }), group());
    expect(noticeOf(refused)).toContain('Only an admin');
    await scene.press(
      ann,
      encodeButton({ do: 'choose', what: 'answering', value: 'anyone' }),
      group({ isChatAdmin: true }),
    );
    expect(messageOf(await scene.press(bob, button(asked, '✓ 7'), group())).text).toContain('Saved');
  });

  test('"admins" means this chat’s', async () => {
    scene.store.chats.set('telegram', 'club', { whoMayAnswer: 'admins' });
    const asked = messageOf(await scene.photo(ann, group()));
    expect(noticeOf(await scene.press(bob, button(asked, '✓ 7'), group()))).toContain('Only the person');
    expect(messageOf(await scene.press(bob, button(asked, '✓ 7'), group({ isChatAdmin: true }))).text).toContain(
      'Saved',
    );
  });

  test('two people who tap at once make one sample', async () => {
    scene.store.chats.set('telegram', 'club', { whoMayAnswer: 'anyone' });
    const asked = messageOf(await scene.photo(ann, group()));
    const rest = messageOf(await scene.press(bob, button(asked, '✗'), group()));
    await Promise.all([scene.press(ann, button(asked, '✓ 7'), group()), scene.press(bob, button(rest, '1'), group())]);
    expect(samples()).toBe(1);
  });

  test('what an admin sent in the group’s own name, the group’s admins answer, undo and delete', async () => {
    const hidden = { platform: 'telegram', id: 'club' } as const;
    const admin = group({ isChatAdmin: true });
    const asked = messageOf(await scene.photo(hidden, admin));
    expect(noticeOf(await scene.press(bob, button(asked, '✓ 7'), group()))).toContain('Only the person');
    const saved = messageOf(await scene.press(ann, button(asked, '✓ 7'), admin));
    expect(saved.text).toContain('Saved');
    const undone = messageOf(await scene.press(ann, button(saved, 'undo'), admin));
    await scene.press(ann, button(undone, '✓ 7'), admin);
    expect(samples()).toBe(1);
    const question = messageOf(await scene.type(hidden, '/forget', admin));
    expect(noticeOf(await scene.press(bob, button(question, 'Yes, delete it all'), group()))).toContain(
      'Only the person',
    );
    expect(messageOf(await scene.press(ann, button(question, 'Yes, delete it all'), admin)).text).toContain(
      'I have forgotten you',
    );
    expect(samples()).toBe(0);
    // In a private chat whose id is the person's own, nobody speaks for anybody.
    const own = { chat: { id: '1', kind: 'private' as const, isChatAdmin: () => Promise.resolve(true) } };
    const anns = messageOf(await scene.photo(ann, own));
    expect(noticeOf(await scene.press(bob, button(anns, '✓ 7'), own))).toContain('Only the person');
  });

  test('settings show what is set, and stay open for the next tap', async () => {
    const admin = group({ isChatAdmin: true });
    const shown = messageOf(await scene.type(ann, '/settings', admin));
    const replies = await scene.press(ann, button(shown, 'anyone'), admin);
    expect(noticeOf(replies)).toBe('Saved.');
    const texts = messageOf(replies)
      .keyboard?.flat()
      .map(({ text }) => text);
    expect(texts).toEqual(
      expect.arrayContaining(['✓ anyone', 'who sent the photo or asked me to read it', '✓ announcements off']),
    );
    const on = await scene.press(ann, button(messageOf(replies), 'announcements on'), admin);
    expect(button(messageOf(on), '✓ announcements on')).toBeDefined();
    expect(scene.store.chats.announcing('digits')).toMatchObject([{ chatKey: 'club', language: 'en' }]);
    await scene.press(ann, button(messageOf(on), 'announcements off'), admin);
    expect(scene.store.chats.announcing('digits')).toEqual([]);
  });

  test('letters alone are read where a chat wants that, in an alphabet that has digits too', async () => {
    const admin = group({ isChatAdmin: true });
    const texts = (replies: Awaited<ReturnType<typeof scene.type>>): readonly string[] =>
      (messageOf(replies).keyboard ?? []).flat().map(({ text }) => text);
    expect(texts(await scene.type(ann, '/settings', admin)).join()).not.toContain('letters');
    await scene.type(ann, '/alphabet latin', admin);
    const shown = await scene.type(ann, '/settings', admin);
    expect(texts(shown)).toEqual(expect.arrayContaining(['✓ letters and digits', 'letters only', 'digits only']));
    const others = await scene.press(bob, button(messageOf(shown), 'letters only'), group());
    expect(noticeOf(others)).toContain('Only an admin');
    const chosen = await scene.press(ann, button(messageOf(shown), 'letters only'), admin);
    expect(texts(chosen)).toContain('✓ letters only');
    expect(scene.store.chats.get('telegram', 'club').only).toBe('letters');
    await scene.press(ann, button(messageOf(chosen), 'letters and digits'), admin);
    expect(scene.store.chats.get('telegram', 'club').only).toBeNull();
  });

  test('a photo that somebody else asked about may be answered by its author, too, and by nobody more', async () => {
    const carl = { ...ann, id: '3' };
    const asked = messageOf(await scene.photo(bob, { ...group(), author: ann.id }));
    expect(noticeOf(await scene.press(carl, button(asked, '✓ 7'), group()))).toContain('Only the person');
    const saved = messageOf(await scene.press(ann, button(asked, '✓ 7'), group()));
    expect(saved.text).toContain('Saved: 7');
    // It is her answer, and hers to take back.
    expect(messageOf(await scene.type(ann, '/me')).text).toContain('I read 1 of 1 right');
    expect(messageOf(await scene.press(ann, button(saved, 'undo'), group())).text).toContain('Taken back');
    // Whoever is forgotten is no author any more.
    const forgetting = messageOf(await scene.type(ann, '/forget'));
    await scene.press(ann, button(forgetting, 'Yes, delete it all'));
    expect(noticeOf(await scene.press(ann, button(asked, '✓ 7'), group()))).toContain('Only the person');
    expect(noticeOf(await scene.press(bob, button(asked, '✓ 7'), group()))).toContain('I only read this one');
  });

  test('its alphabet is its admins’ affair, as its other settings are: by word and by button', async () => {
    const admin = group({ isChatAdmin: true });
    expect(messageOf(await scene.type(bob, '/alphabet latin', group())).text).toContain('Only an admin of this chat');
    const asked = messageOf(await scene.type(bob, '/alphabet', group()));
    const pressed = await scene.press(bob, button(asked, latin.title), group());
    expect(pressed).toEqual([{ kind: 'notice', text: 'Only an admin of this chat can change that.' }]);
    expect(scene.store.chats.get('telegram', 'club').alphabet).toBeNull();
    await scene.press(ann, button(asked, latin.title), admin);
    expect(scene.store.chats.get('telegram', 'club').alphabet).toBe('latin');
    await scene.type(ann, '/alphabet digits', admin);
    expect(scene.store.chats.get('telegram', 'club').alphabet).toBe('digits');
    // An operator need not be an admin of the chat.
    await scene.type({ ...ann, id: '99' }, '/alphabet latin', group());
    expect(scene.store.chats.get('telegram', 'club').alphabet).toBe('latin');
  });

  test('small talk is left alone', async () => {
    expect(await scene.type(ann, 'nice weather', group())).toEqual([]);
    expect(await scene.type(ann, '/unknown', group())).toEqual([]);
  });
});

describe('commands', () => {
  test('operators’ ones are refused to others, whatever their chat says', async () => {
    for (const name of ['/stats', '/retrain', '/rollback']) {
      const replies = await scene.type(ann, name, group({ isChatAdmin: true }));
      // Known only to the whole app: here they are not even there, and in a group nothing is said.
      expect(replies).toEqual([]);
    }
  });

  test('speak the language that was chosen', async () => {
    expect(messageOf(await scene.type(ann, '/language українська')).text).toBe('Говоритиму українською.');
    expect(messageOf(await scene.photo(ann)).text).toContain('Я прочитав 7');
    expect(messageOf(await scene.type(ann, '/language klingon')).text).toContain('klingon');
  });

  test('speak the client’s language, also where an event does not tell it, and each person theirs', async () => {
    const { platform, id } = ann;
    const uk = { platform, id, language: 'uk-UA' };
    const ja = { ...bob, language: 'ja' };
    expect(messageOf(await scene.photo(uk, group())).text).toContain('Я прочитав 7');
    expect(messageOf(await scene.photo(ja, group())).text).toContain('7 と読みました');
    expect(messageOf(await scene.photo({ platform, id }, group())).text).toContain('Я прочитав 7');
    // A choice goes before the client's, and the client may change.
    expect(messageOf(await scene.photo({ platform, id, language: 'en' })).text).toContain('I read 7');
    await scene.type(uk, '/language ja');
    expect(messageOf(await scene.photo(uk)).text).toContain('7 と読みました');
    expect(messageOf(await scene.photo({ platform: 'telegram', id: '3', language: 'pt' })).text).toContain('I read 7');
  });

  test('/forget forgets the private chat’s settings too, and only the asker says no', async () => {
    const own = { chat: { id: '1', kind: 'private' as const, isChatAdmin: () => Promise.resolve(false) } };
    scene.store.chats.set('telegram', '1', { alphabet: 'latin', announceTo: { chat: 1 } });
    scene.store.chats.set('telegram', 'club', { announceTo: { chat: 2 } });
    scene.store.chats.set('discord', 'dm', { announceTo: { user: '1' }, person: '1' });
    const asked = messageOf(await scene.type(ann, '/forget', own));
    expect(noticeOf(await scene.press(bob, button(asked, 'No, keep it'), own))).toContain('Only the person');
    expect(messageOf(await scene.press(ann, button(asked, 'No, keep it'), own)).text).toBe('Nothing was deleted.');
    expect(scene.store.chats.announcing('latin')).toHaveLength(3);
    await scene.press(ann, button(asked, 'Yes, delete it all'), own);
    expect(
      scene.store.chats
        .announcing('latin')
        .map(({ chatKey }) => chatKey)
        .sort(),
    ).toEqual(['club', 'dm']);
    const friend = { platform: 'discord', id: '1' } as const;
    await scene.press(friend, button(messageOf(await scene.type(friend, '/forget')), 'Yes, delete it all'));
    expect(scene.store.chats.announcing('latin').map(({ chatKey }) => chatKey)).toEqual(['club']);
  });

  test('/me counts what one taught, /forget deletes it after asking', async () => {
    expect(messageOf(await scene.type(ann, '/me')).text).toContain('not taught me anything');
    await scene.press(ann, button(messageOf(await scene.photo(ann)), '✓ 7'));
    const rest = messageOf(await scene.press(ann, button(messageOf(await scene.photo(ann)), '✗')));
    await scene.press(ann, button(rest, '1'));
    expect(messageOf(await scene.type(ann, '/me')).text).toContain('I read 1 of 2 right');

    const asked = messageOf(await scene.type(ann, '/forget'));
    expect(noticeOf(await scene.press(bob, button(asked, 'Yes, delete it all')))).toContain('Only the person');
    expect(samples()).toBe(2);
    expect(messageOf(await scene.press(ann, button(asked, 'Yes, delete it all'))).text).toContain(
      'I have forgotten you. Deleted: 2 samples',
    );
    expect(samples()).toBe(0);
  });

  test('/alphabet offers all, and says what it does not know', async () => {
    const asked = messageOf(await scene.type(ann, '/alphabet'));
    expect(asked.keyboard).toHaveLength(2);
    expect(messageOf(await scene.type(ann, '/alphabet klingon')).text).toContain('I know: digits, latin');
  });
});
