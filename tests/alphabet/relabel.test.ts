// Labels that are renamed, joined or parted keep their ids, and whoever knows an old name is understood.
import { describe, expect, test } from 'vitest';
import {
  alphabetOf,
  joined,
  labelById,
  labelByText,
  labelTyped,
  type AlphabetSpec,
} from '../../src/alphabet/alphabet.ts';
import { withAnother, withMerged, withRenamed } from '../../src/alphabet/relabel.ts';
import { alphabetSpec, specOf } from '../../src/alphabet/registry.ts';

const pets: AlphabetSpec = {
  id: 'pets',
  title: 'Pets',
  kind: 'picture',
  rows: [['cat', 'tom'], ['dog', 'pug']],
  names: { cat: 'a cat' },
  confusable: [['cat', 'tom'], ['dog', 'pug']],
}; // prettier-ignore
const texts = (spec: AlphabetSpec): string[] => alphabetOf(spec).labels.map(({ text }) => text);
/** As the store keeps it and reads it again. */
const kept = (spec: AlphabetSpec): AlphabetSpec => specOf(alphabetSpec.parse(JSON.parse(JSON.stringify(spec))));

describe('renamed', () => {
  test('a label keeps its id, its name and its twins, and answers to what it was called', () => {
    const alphabet = alphabetOf(kept(withRenamed(pets, 'cat', 'Kater')));
    expect(alphabet.labels.map(({ id, text }) => [id, text])).toEqual([[0, 'Kater'], [1, 'tom'], [2, 'dog'], [3, 'pug']]); // prettier-ignore
    expect(labelById(alphabet, 0)).toMatchObject({ text: 'Kater', name: 'a cat', former: ['cat'] });
    expect(alphabet.confusable).toEqual([[0, 1], [2, 3]]); // prettier-ignore
    expect(labelByText(alphabet, 'cat')?.id).toBe(0);
    expect(labelTyped(alphabet, 'Cat')).toBeUndefined();
  });

  test('and back again, it is as it was', () => {
    const back = withRenamed(withRenamed(pets, 'cat', 'Kater'), 'Kater', 'cat');
    expect(texts(back)).toEqual(texts(pets));
    expect(labelByText(alphabetOf(back), 'Kater')?.id).toBe(0);
  });

  test.each([
    ['to what it is', 'cat', 'cat', 'called cat already'],
    ['to what another is', 'cat', 'dog', 'has a label dog already: "alphabet merge-labels"'],
    ['where there is none', 'cow', 'ox', 'has no label cow'],
    ['to nothing', 'cat', '  ', 'a label is empty'],
  ])('%s is told', (_, from, to, because) => {
    expect(() => withRenamed(pets, from, to)).toThrow(because);
  });
});

describe('joined', () => {
  const one = withMerged(pets, 'tom', 'cat');

  test('it is no label any more, and all that means it means the other', () => {
    const alphabet = alphabetOf(kept(one));
    expect(alphabet.labels.map(({ id, text }) => [id, text])).toEqual([[0, 'cat'], [2, 'dog'], [3, 'pug']]); // prettier-ignore
    expect(alphabet.rows).toEqual([[0], [2, 3]]);
    expect(alphabet.confusable).toEqual([[2, 3]]);
    expect(labelById(alphabet, 1)?.text).toBe('cat');
    expect(labelByText(alphabet, 'tom')?.text).toBe('cat');
    const candidates = [1, 2, 0].map((labelId, at) => ({ labelId, probability: [0.4, 0.35, 0.25][at] ?? 0 }));
    expect(joined(alphabet, candidates)).toEqual([
      { labelId: 0, probability: 0.65 },
      { labelId: 2, probability: 0.35 },
    ]);
  });

  test('ids of later labels stay, and its name is not given away again', () => {
    expect(alphabetOf(withAnother(one, 'cow')).labels.at(-1)).toMatchObject({ id: 4, text: 'cow' });
    expect(() => withAnother(one, 'tom')).toThrow('has tom already, or had it');
    expect(() => withRenamed(one, 'tom', 'x')).toThrow('tom is part of cat since it was joined');
  });

  test('what it went into may go into another, or be renamed', () => {
    const chain = alphabetOf(withRenamed(withMerged(one, 'cat', 'dog'), 'dog', 'animal'));
    expect(labelById(chain, 1)?.text).toBe('animal');
    expect(labelById(chain, 0)?.text).toBe('animal');
    expect(() => withMerged(withMerged(one, 'cat', 'dog'), 'pug', 'dog')).toThrow(
      'there would be nothing to tell apart',
    );
    expect(() => withMerged(pets, 'cat', 'cat')).toThrow('name two');
  });
});
