// A photo of which a model is sure of hardly anything shows no writing that it knows; whoever wrote down what it says sent writing.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isHardlyRead } from '../../src/recognition/hardly-read.ts';
import { answerOf, ann, openScene, type Scene } from '../support/chat-scene.ts';

const reads = (count: number, probability: number) => Array.from({ length: count }, () => answerOf([3, probability]));

describe('the rule', () => {
  test.each([
    [9, 0.3, true],
    [9, 0.5, false],
    // A word of a hard hand is a word.
    [5, 0.3, false],
    [5, 0.1, true],
    // One or two are asked about, whatever they are.
    [2, 0.01, false],
  ])('of %d read with a probability of %d: %s', (count, probability, hardly) => {
    expect(isHardlyRead({ id: 'digits' }, reads(count, probability))).toBe(hardly);
  });

  test('a model of an own alphabet may be sure of nothing yet', () => {
    expect(isHardlyRead({ id: 'runes' }, reads(9, 0.1))).toBe(false);
  });
});

describe('in a chat', () => {
  let scene: Scene;
  beforeEach(() => {
    scene = openScene();
    const glyphs = Array.from({ length: 9 }, (_, i) => ({
      pixels: new Uint8Array(1600),
      box: { x: 20 * i, y: 0, width: 15, height: 15 },
      line: 0,
    }));
    const [first, ...rest] = glyphs;
    if (first !== undefined) scene.reading = { outcome: 'glyphs', width: 200, height: 20, glyphs: [first, ...rest] };
    scene.answers = reads(9, 0.2);
  });
  afterEach(() => scene.close());
  const textOf = async (caption?: string): Promise<string> => {
    const [reply] = await scene.photo(ann, caption === undefined ? {} : { caption });
    return reply !== undefined && 'message' in reply ? reply.message.text : '';
  };

  test('such a photo is told, and nothing of it is asked or kept', async () => {
    expect(await textOf()).toMatch(/^I can make out hardly anything/);
    expect(scene.store.stats.ofAlphabet('digits').samples).toBe(0);
  });

  test('with its truth in writing it is what it says', async () => {
    await textOf('333333333');
    expect(scene.store.stats.ofAlphabet('digits').samples).toBe(9);
  });
});
