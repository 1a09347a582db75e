// The shipped alphabets hold what their readers expect, and their names, cases and twins are consistent.
import { describe, expect, it } from 'vitest';
import { alphabetOf, labelByText, makeSameShape, type Alphabet } from '../../src/alphabet/alphabet.ts';
import { digits } from '../../src/alphabet/digits.ts';
import { hiragana } from '../../src/alphabet/hiragana.ts';
import { katakana } from '../../src/alphabet/katakana.ts';
import { latin } from '../../src/alphabet/latin.ts';
import { shippedAlphabets } from '../../src/alphabet/list.ts';
import { ukrainian } from '../../src/alphabet/ukrainian.ts';

const texts = (alphabet: Alphabet): string[] => alphabet.labels.map((label) => label.text);
const twins = (alphabet: Alphabet): string[] =>
  alphabet.confusable.map((group) => group.map((id) => alphabet.labels[id]?.text).join(''));
/** Tells hiragana from katakana: the two blocks lie 0x60 apart. */
const asKatakana = (kana: string): string => String.fromCodePoint((kana.codePointAt(0) ?? 0) + 0x60);

describe('every shipped alphabet', () => {
  it.each(shippedAlphabets.map((alphabet) => [alphabet.id, alphabet] as const))(
    '%s: ids count up, each label stands in one row, twins are in one group, names differ',
    (_id, alphabet) => {
      const ids = alphabet.labels.map((label) => label.id);
      expect(ids).toEqual(ids.map((_, index) => index));
      expect(alphabet.rows.flat().toSorted((a, b) => a - b)).toEqual(ids);
      const grouped = alphabet.confusable.flat();
      expect(new Set(grouped).size).toBe(grouped.length);
      expect(new Set(alphabet.labels.map((label) => label.name)).size).toBe(ids.length);
      // a Telegram keyboard holds eight buttons a row
      for (const row of alphabet.rows) expect(row.length).toBeLessThanOrEqual(8);
    },
  );

  it('has the sizes the README promises', () => {
    expect(shippedAlphabets.map((alphabet) => [alphabet.id, alphabet.labels.length])).toEqual([
      ['digits', 10],
      ['latin', 62],
      ['hiragana', 82],
      ['katakana', 85],
      ['ukrainian', 76],
    ]);
  });
});

describe('latin', () => {
  it('reports identity and case, and none for digits', () => {
    expect(labelByText(latin, 'Q')).toMatchObject({ identity: 'q', case: 'upper', name: 'capital Q' });
    expect(labelByText(latin, 'q')).toMatchObject({ identity: 'q', case: 'lower', name: 'small q' });
    expect(labelByText(latin, '7')).toMatchObject({ identity: '7', case: null, name: 'seven' });
  });

  it('declares exactly the shapes that differ in size only', () => {
    expect(twins(latin)).toEqual(['cC', 'kK', 'oO0', 'pP', 'sS', 'uU', 'vV', 'wW', 'xX', 'zZ', 'lI1']);
  });
});

describe('twins', () => {
  const same = makeSameShape(latin.confusable);
  const id = (text: string): number => labelByText(latin, text)?.id ?? -1;

  it('are right for each other, and nothing else is', () => {
    for (const [answer, truth] of ['o O', 'O 0', 'x X', 'I 1', 'a a'].map((pair) => pair.split(' '))) {
      expect(same(id(answer ?? ''), id(truth ?? '')), `${answer} for ${truth}`).toBe(true);
    }
    for (const [answer, truth] of ['a A', 'o x', 'l 0'].map((pair) => pair.split(' '))) {
      expect(same(id(answer ?? ''), id(truth ?? '')), `${answer} for ${truth}`).toBe(false);
    }
  });

  it('“not a character” is right for itself alone', () => {
    expect(same(null, null)).toBe(true);
    expect(same(null, id('o'))).toBe(false);
    expect(same(id('o'), null)).toBe(false);
    expect(same(-1, id('o'))).toBe(false);
  });
});

describe('kana', () => {
  it('keeps the order of the fifty sounds and names them in romanisation', () => {
    expect(hiragana.rows[1]?.map((id) => hiragana.labels[id]?.text).join('')).toBe('かきくけこ');
    expect(labelByText(hiragana, 'つ')?.name).toBe('tsu');
    expect(labelByText(hiragana, 'っ')?.name).toBe('small tsu');
    expect(labelByText(katakana, 'ー')?.name).toBe('long vowel mark');
  });

  it('has the same sounds in both syllabaries; katakana adds ヵ ヶ ー', () => {
    const added = texts(katakana).filter((kana) => !texts(hiragana).map(asKatakana).includes(kana));
    expect(added).toEqual(['ヵ', 'ヶ', 'ー']);
  });

  it('pairs each small sign with its large one', () => {
    for (const alphabet of [hiragana, katakana]) {
      const small = alphabet.labels.filter((label) => label.name.startsWith('small '));
      expect(alphabet.confusable.length).toBe(small.length);
      for (const label of small) {
        const large = alphabet.labels.find((each) => each.name === label.name.replace('small ', ''));
        expect(alphabet.confusable).toContainEqual([label.id, large?.id]);
      }
    }
  });
});

describe('ukrainian', () => {
  it('has ґ є і ї in both cases and lacks ё ъ ы э', () => {
    for (const letter of 'ґ є і ї'.split(' ')) {
      expect(labelByText(ukrainian, letter)).toMatchObject({ identity: letter, case: 'lower' });
      expect(labelByText(ukrainian, letter.toUpperCase())).toMatchObject({ identity: letter, case: 'upper' });
    }
    for (const letter of 'ё ъ ы э'.split(' ')) expect(labelByText(ukrainian, letter)).toBeUndefined();
  });

  it('takes ї and й written with combining marks for the same letters', () => {
    expect(labelByText(ukrainian, 'ї')?.text).toBe('ї');
    expect(labelByText(ukrainian, 'й')?.text).toBe('й');
  });

  it('declares о О 0, з З 3 and the letters whose capital is the small letter scaled; а б е і ф are told apart', () => {
    expect(twins(ukrainian).slice(0, 2)).toEqual(['оО0', 'зЗ3']);
    const told = ukrainian.labels.filter((label) => !ukrainian.confusable.flat().includes(label.id));
    expect(told.map((label) => label.text).join('')).toBe('АБЕІФабеіф12456789');
  });
});

describe('alphabetOf', () => {
  const rows = [['a', 'b']];
  it('refuses a label twice, also when only its encoding differs, and empty ones', () => {
    expect(() => alphabetOf({ id: 'x', title: 'x', rows: [['a', 'a']] })).toThrow('twice');
    expect(() => alphabetOf({ id: 'x', title: 'x', rows: [['й', 'й']] })).toThrow('twice');
    expect(() => alphabetOf({ id: 'x', title: 'x', rows: [['a', ' ']] })).toThrow('empty');
    expect(() => alphabetOf({ id: 'x', title: 'x', rows: [['a']] })).toThrow('two labels');
  });

  it('refuses names, cases and groups of labels it lacks', () => {
    expect(() => alphabetOf({ id: 'x', title: 'x', rows, names: { c: 'see' } })).toThrow('not a label');
    expect(() => alphabetOf({ id: 'x', title: 'x', rows, cases: [['A', 'a']] })).toThrow('not a label');
    expect(() => alphabetOf({ id: 'x', title: 'x', rows, confusable: [['a', 'c']] })).toThrow('not a label');
  });

  it('takes labels longer than one grapheme and writing from right to left', () => {
    const alphabet = alphabetOf({ id: 'x', title: 'x', rows: [['tt', 'क्ष']], direction: 'rtl' });
    expect(alphabet.direction).toBe('rtl');
    expect(texts(alphabet)).toEqual(['tt', 'क्ष']);
  });

  it('has no digit twin', () => {
    expect(digits.confusable).toEqual([]);
  });
});
