// A dog where letters are read, and a letter where dogs are: whoever sends it learns what the chat reads and how to change it, where there is
// something else to choose.
import { afterEach, expect, test } from 'vitest';
import { alphabetOf } from '../../src/alphabet/alphabet.ts';
import type { GlyphAnswer } from '../../src/model/champion.ts';
import { ann, answerOf, messageOf, openScene, type Scene } from '../support/chat-scene.ts';

const dogs = alphabetOf({ id: 'dogs', title: 'Dog breeds', rows: [['Beagle', 'Boxer']], kind: 'picture' });
const refused: GlyphAnswer = { ...answerOf([0, 0.4], [1, 0.2]), outcome: 'not-a-character' };

let scene: Scene;
afterEach(() => scene.close());
const told = async (): Promise<string> => messageOf(await scene.photo(ann)).text;

test('what is not in the chat’s alphabet is told which one that is', async () => {
  scene = openScene({ more: [dogs] });
  const { reading } = scene;
  scene.reading = { outcome: 'scene' };
  expect(await told()).toMatch(/no handwriting .*\nThis chat reads 0–9; \/alphabet changes it\.$/u);
  scene.store.chats.set('telegram', 'chat', { alphabet: 'dogs' });
  expect(await told()).toContain('This chat reads Dog breeds; /alphabet changes it.');

  scene.reading = reading;
  scene.answer = refused;
  expect(await told()).toMatch(/^This chat reads Dog breeds; \/alphabet changes it\.\n/u);
  scene.answer = answerOf([0, 0.95]);
  expect(await told()).not.toContain('This chat reads');
});

test('where all alphabets are of one kind, nothing of it is said', async () => {
  scene = openScene();
  scene.answer = refused;
  expect(await told()).not.toContain('This chat reads');
  scene.reading = { outcome: 'scene' };
  expect(await told()).not.toContain('This chat reads');
});

test('other reasons why a photo is no good stay as they are', async () => {
  scene = openScene({ more: [dogs] });
  scene.reading = { outcome: 'too-dark' };
  expect(await told()).not.toContain('This chat reads');
});
