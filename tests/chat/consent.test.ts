// Before the first answer of somebody's is kept they are asked; the tap that agrees keeps that very answer, and none is kept without it.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeButton, encodeButton } from '../../src/chat/buttons.ts';
import type { Person } from '../../src/recognition/person.ts';
import { CONSENT_TEXT } from '../../src/recognition/consent.ts';
import type { Message, Reply } from '../../src/chat/event.ts';
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
beforeEach(() => void (scene = openScene({ unasked: true })));
afterEach(() => scene.close());

const AGREE = 'Agree and save';
const NOT_NOW = 'Not now';
const samples = (): number => scene.store.samples.count({ alphabet: 'digits' });
const taps = async (person: Person, message: Message, text: string, more = {}): Promise<readonly Reply[]> =>
  scene.press(person, button(message, text), more);
const texts = (message: Message): readonly string[] => message.keyboard?.flat().map(({ text }) => text) ?? [];

/** A group in which anyone may answer. */
const club = (isChatAdmin = false) => {
  scene.store.chats.set('telegram', 'club', { whoMayAnswer: 'anyone' });
  return { chat: { id: 'club', kind: 'group' as const, isChatAdmin: () => Promise.resolve(isChatAdmin) } };
};

test('the first ✓ asks, and agreeing keeps that very answer, once; then nobody is asked again', async () => {
  const asked = messageOf(await scene.photo(ann));
  const replies = await taps(ann, asked, '✓ 7');
  expect(replies).toMatchObject([{ kind: 'edit', alone: true }]);
  const consent = messageOf(replies);
  expect(consent.text).toContain('Teach me?');
  expect(texts(consent)).toEqual([AGREE, NOT_NOW]);
  expect(samples()).toBe(0);
  expect(messageOf(await taps(ann, consent, AGREE)).text).toBe('Thank you! Saved: 7.');
  expect(samples()).toBe(1);
  // A thumb that taps twice.
  expect(noticeOf(await taps(ann, consent, AGREE))).toContain('7');
  expect(samples()).toBe(1);
  const next = messageOf(await scene.photo(ann));
  expect(messageOf(await taps(ann, next, '✓ 7')).text).toContain('Saved: 7');
  expect(samples()).toBe(2);
});

test('not now keeps nothing and asks the question again; the next tap asks anew', async () => {
  const asked = messageOf(await scene.photo(ann));
  const consent = messageOf(await taps(ann, asked, '✓ 7'));
  const back = await taps(ann, consent, NOT_NOW);
  expect(noticeOf(back)).toBe('Nothing is kept.');
  expect(messageOf(back).text).toMatch(/^I read 7/);
  expect(texts(messageOf(back))).toEqual(['✓ 7', '✗']);
  expect(samples()).toBe(0);
  expect(scene.store.verdicts.lastBy(1)).toBeUndefined();
  expect(texts(messageOf(await taps(ann, messageOf(back), '✓ 7')))).toEqual([AGREE, NOT_NOW]);
});

test('beside the question, not now leaves it as it is', async () => {
  const [{ said }] = (await scene.photo(ann)) as [Extract<Reply, { kind: 'message' }>];
  said?.({ chat: 1, message: 10 });
  const consent = messageOf(await scene.type(ann, '4'));
  expect(texts(consent)).toEqual([AGREE, NOT_NOW]);
  const on = { chat: 1, message: 11 };
  expect(await taps(ann, consent, NOT_NOW, { on })).toEqual([{ kind: 'edit', message: { text: 'Nothing is kept.' } }]);
  const agreed = await taps(ann, consent, AGREE, { on });
  expect(agreed).toMatchObject([
    { kind: 'edit', message: { text: expect.stringContaining('Saved: 4') as string } },
    { kind: 'revise', said: { chat: 1, message: 10 } },
    { kind: 'sign', kept: true },
  ]);
  expect(samples()).toBe(1);
});

describe('every way to answer passes the same door:', () => {
  test('"not a character"', async () => {
    scene.answer = { ...answerOf([7, 0.4]), outcome: 'not-a-character' };
    const asked = messageOf(await scene.photo(ann));
    const consent = messageOf(await taps(ann, asked, 'not a character'));
    expect(messageOf(await taps(ann, consent, AGREE)).text).toContain('not a character');
    expect(samples()).toBe(1);
  });

  test('a caption', async () => {
    const consent = messageOf(await scene.photo(ann, { caption: '5' }));
    expect(texts(consent)).toEqual([AGREE, NOT_NOW]);
    expect(samples()).toBe(0);
    expect(messageOf(await taps(ann, consent, AGREE)).text).toContain('Saved: 5');
    expect(messageOf(await scene.photo(ann, { caption: '6' })).text).toContain('Saved: 6');
  });

  test('all of several, and one of them', async () => {
    scene.reading = readingOf([[0, 1, 2]]);
    const asked = messageOf(await scene.photo(ann));
    const consent = messageOf(await taps(ann, asked, '✓ all right (3)'));
    expect(texts(consent)).toEqual([AGREE, NOT_NOW]);
    const back = messageOf(await taps(ann, consent, NOT_NOW));
    const one = messageOf(await taps(ann, back, '2 7'));
    const oneConsent = messageOf(await taps(ann, one, '✓ 7'));
    expect(messageOf(await taps(ann, oneConsent, NOT_NOW)).text).toMatch(/^2: I read 7/);
    expect(samples()).toBe(0);
    expect(texts(messageOf(await taps(ann, oneConsent, AGREE)))).toContain('✓ the rest (2)');
    expect(samples()).toBe(1);
    expect(noticeOf(await taps(ann, consent, AGREE))).toContain('Saved: 2 answers');
    expect(samples()).toBe(3);
  });

  test('a whole line; after a restart it is asked for once more, and the agreement stands', async () => {
    scene.reading = readingOf([[0, 1, 2]]);
    const consent = messageOf(await scene.photo(ann, { caption: '717' }));
    expect(texts(consent)).toEqual([AGREE, NOT_NOW]);
    expect(samples()).toBe(0);
    expect(noticeOf(await taps(ann, consent, AGREE))).toContain('Saved: 3 answers');
    expect(samples()).toBe(3);

    const other = messageOf(await scene.photo(bob, { caption: '717' }));
    const agree = decodeButton(button(other, AGREE));
    if (agree?.do !== 'agree') throw new Error('no button to agree');
    // As another process hears it, which has nothing in memory.
    const asked = messageOf(await scene.photo(bob));
    const first = decodeButton(button(asked, '1 7'));
    if (first?.do !== 'glyph') throw new Error('no number');
    const unknown = encodeButton({ ...agree, prediction: first.prediction });
    expect(messageOf(await scene.press(bob, unknown)).text).toContain('please write it once more');
    expect(samples()).toBe(3);
    await scene.type(bob, '717', { about: `${first.prediction}+` });
    expect(samples()).toBe(6);
  });

  test('an answer that was kept before is still taken back, and corrected', async () => {
    const asked = messageOf(await scene.photo(ann));
    // Before anybody was asked.
    const { prediction } = decodeButton(button(asked, '✓ 7')) as { prediction: string };
    scene.store.verdicts.save({ predictionId: prediction, kind: 'confirm', labelId: 7, contributorId: 1, at: 1 });
    const saved = messageOf(await taps(ann, asked, '✓ 7'));
    expect(texts(saved)).toEqual(['undo']);
    const again = messageOf(await taps(ann, saved, 'undo'));
    expect(samples()).toBe(0);
    const consent = messageOf(await taps(ann, again, '✓ 7'));
    expect(messageOf(await taps(ann, consent, AGREE)).text).toContain('Saved: 7');
    expect(samples()).toBe(1);
  });
});

describe('in a group', () => {
  test('only who answered can agree, and both who wrote and who answers have to', async () => {
    const asked = messageOf(await scene.photo(bob, club()));
    // Nobody agrees for Bob.
    expect(noticeOf(await taps(ann, asked, '✓ 7', club()))).toContain('somebody else wrote this');
    const consent = messageOf(await taps(bob, asked, '✓ 7', club()));
    expect(noticeOf(await taps(ann, consent, AGREE, club()))).toBe('Only who answered can agree to that.');
    expect(samples()).toBe(0);
    expect(scene.store.consents.of(scene.store.predictions.get(idOf(asked))?.contributorId ?? 0)).toBeNull();
    await taps(bob, consent, AGREE, club());
    expect(samples()).toBe(1);
    // Now Ann's own word is what is missing.
    const next = messageOf(await scene.photo(bob, club()));
    const anns = messageOf(await taps(ann, next, '✓ 7', club()));
    expect(texts(anns)).toEqual([AGREE, NOT_NOW]);
    await taps(ann, anns, AGREE, club());
    expect(samples()).toBe(2);
  });

  test('another’s photo teaches only once its author agreed, and is the author’s then', async () => {
    const read = (more = {}) => scene.photo(bob, { ...club(), author: ann.id, ...more });
    const asked = messageOf(await read());
    expect(noticeOf(await taps(bob, asked, '✓ 7', club()))).toContain(
      'only if they agree, with a tap here of their own',
    );
    expect(samples()).toBe(0);
    const consent = messageOf(await taps(ann, asked, '✓ 7', club()));
    expect(messageOf(await taps(ann, consent, AGREE, club())).text).toContain('Saved: 7');
    // The author has agreed; who asked answers for themselves.
    const next = messageOf(await read());
    const bobs = messageOf(await taps(bob, next, '✓ 7', club()));
    expect(messageOf(await taps(bob, bobs, AGREE, club())).text).toContain('Saved: 7');
    expect(samples()).toBe(2);
    // Withdrawn by who wrote it, all of it goes.
    const privacy = messageOf(await scene.type(ann, '/privacy'));
    const sure = messageOf(await taps(ann, privacy, 'Take it back, forget me'));
    await taps(ann, sure, 'Yes, delete it all');
    expect(samples()).toBe(0);
  });

  test('a message that was pointed at teaches by its author’s own answer alone', async () => {
    await scene.press(ann, button(messageOf(await scene.type(ann, '/privacy')), 'Agree'));
    await scene.press(bob, button(messageOf(await scene.type(bob, '/privacy')), 'Agree'));
    const asked = messageOf(await scene.photo(bob, { ...club(), author: ann.id, handedOver: false }));
    expect(noticeOf(await taps(bob, asked, '✓ 7', club()))).toContain('somebody else wrote this');
    expect(samples()).toBe(0);
    expect(messageOf(await taps(ann, asked, '✓ 7', club())).text).toContain('Saved: 7');
    expect(samples()).toBe(1);
  });

  test('what nobody can agree to is only read, and says so instead of asking', async () => {
    const message = messageOf(await scene.photo(bob, { ...club(), author: '', caption: '7' }));
    expect(message.text).toMatch(/^I read 7.*\nI only read this one/);
    expect(texts(message)).toEqual([]);
    scene.reading = readingOf([[0, 1]]);
    const several = messageOf(await scene.photo(bob, { ...club(), author: '', caption: '77' }));
    expect(several.text).toContain('I only read this one');
    expect(texts(several)).toEqual(['1 7', '2 7']);
    expect(samples()).toBe(0);
  });

  test('an admin agrees for the group in whose name they wrote', async () => {
    const group: Person = { platform: 'telegram', id: 'club', language: 'en' };
    const asked = messageOf(await scene.photo(group, club()));
    const consent = messageOf(await taps(ann, asked, '✓ 7', club(true)));
    expect(messageOf(await taps(ann, consent, AGREE, club(true))).text).toContain('Saved: 7');
    const captioned = messageOf(await scene.photo(group, { ...club(), caption: '5' }));
    expect(captioned.text).toContain('Saved: 5');
  });

  const idOf = (message: Message): string => {
    const action = decodeButton(button(message, '✓ 7'));
    return action !== undefined && 'prediction' in action ? action.prediction : '';
  };
});

test('the owner’s own pictures teach without a question', async () => {
  const owner: Person = { ...ann, id: '99' };
  const asked = messageOf(await scene.photo(owner));
  expect(messageOf(await taps(owner, asked, '✓ 7')).text).toContain('Saved: 7');
  expect(messageOf(await scene.type(owner, '/privacy')).text).toContain('without my asking');
});

test('a blocked person is not asked first', async () => {
  const asked = messageOf(await scene.photo(ann));
  scene.store.moderation.setBlocked(1, true, { who: 'test', at: 1 });
  expect(noticeOf(await taps(ann, asked, '✓ 7'))).toContain('no longer teach me');
});

describe('a new text', () => {
  test('is shown to who agreed to an older one; what they gave stays', async () => {
    await taps(ann, messageOf(await taps(ann, messageOf(await scene.photo(ann)), '✓ 7')), AGREE);
    const [who] = [scene.store.contributors.byId(1)?.id ?? 0];
    scene.store.consents.agree(who, { text: CONSENT_TEXT - 1, at: 1 });
    const asked = messageOf(await scene.photo(ann));
    const consent = messageOf(await taps(ann, asked, '✓ 7'));
    expect(texts(consent)).toEqual([AGREE, NOT_NOW]);
    expect(samples()).toBe(1);
    const privacy = messageOf(await scene.type(ann, '/privacy'));
    expect(privacy.text).toContain('What you taught me before I asked is still here');
    expect(texts(privacy)).toEqual(['Agree', 'Take it back, forget me']);
  });

  test('is shown where a button of the older one is tapped', async () => {
    const consent = messageOf(await taps(ann, messageOf(await scene.photo(ann)), '✓ 7'));
    const agree = decodeButton(button(consent, AGREE));
    if (agree?.do !== 'agree') throw new Error('no button to agree');
    const old = encodeButton({ ...agree, text: CONSENT_TEXT - 1 });
    const shown = messageOf(await scene.press(ann, old));
    expect(button(shown, AGREE)).toBe(button(consent, AGREE));
    expect(samples()).toBe(0);
  });
});

test('/privacy says how it stands, and takes it back as /forget does', async () => {
  const before = messageOf(await scene.type(ann, '/privacy'));
  expect(before.text).toContain('You have not agreed');
  expect(texts(before)).toEqual(['Agree']);
  expect(noticeOf(await taps(bob, before, 'Agree'))).toContain('Only the person');
  expect(messageOf(await taps(ann, before, 'Agree')).text).toContain('From now on your answers teach me');
  expect(messageOf(await taps(ann, messageOf(await scene.photo(ann)), '✓ 7')).text).toContain('Saved: 7');
  const now = messageOf(await scene.type(ann, '/privacy'));
  expect(now.text).toContain(`You agreed to teach me on ${new Date(scene.now).toISOString().slice(0, 10)}`);
  const sure = messageOf(await taps(ann, now, 'Take it back, forget me'));
  expect(sure.text).toContain('1 sample');
  expect(messageOf(await taps(ann, sure, 'Yes, delete it all')).text).toContain('forgotten you');
  expect(samples()).toBe(0);
  expect(messageOf(await scene.type(ann, '/privacy')).text).toContain('You have not agreed');
});

test('the buttons fit, and nothing else is one of them', () => {
  const agree = encodeButton({
    do: 'agree',
    prediction: 'a'.repeat(12),
    within: true,
    text: 9999,
    whose: 'f'.repeat(10),
    answer: { labelId: 999_999 },
  });
  expect(agree.length).toBeLessThanOrEqual(64);
  for (const bad of ['1-ff', '1-ff-', '1-ff-l', '1-ff-z', 'x-ff-a', '1-ff-l1234567'])
    expect(decodeButton(`k:aaaaaaaaaaaa:${bad}`)).toBeUndefined();
  expect(decodeButton('q:aaaaaaaaaaaa:some')).toBeUndefined();
});
