// An owner's own alphabet, from what they typed or wrote in a file: what it becomes, what is noted, what is refused.
import { describe, expect, it } from 'vitest';
import { alphabetOf } from '../../src/alphabet/alphabet.ts';
import { MOST_LABELS, notesOn, rowsFromText, specFromFile, specFromText, withLabels } from '../../src/alphabet/own.ts';
import { makeAlphabetRegistry } from '../../src/alphabet/registry.ts';
import { UsageError } from '../../src/errors.ts';

const greek = 'αβγδεζηθικλμνξοπρστυφχψω';
const textsOf = (labels: string): string[] => rowsFromText(labels).flat();

describe('labels typed in a line', () => {
  it('are characters, or words where there are spaces; a bar or a new line begins a row', () => {
    expect(rowsFromText('αβγ|δε')).toEqual([
      ['α', 'β', 'γ'],
      ['δ', 'ε'],
    ]);
    expect(rowsFromText('αβγ\nδε\n')).toEqual(rowsFromText(' αβγ | δε '));
    expect(rowsFromText('ch ll|rr ñ')).toEqual([
      ['ch', 'll'],
      ['rr', 'ñ'],
    ]);
  });

  it('a long row becomes rows that a keyboard holds, of about equal length', () => {
    expect(rowsFromText(greek).map((row) => row.length)).toEqual([8, 8, 8]);
    expect(rowsFromText(greek.slice(0, 9)).map((row) => row.length)).toEqual([5, 4]);
    // What the owner parted stays as it was parted.
    expect(rowsFromText(`${greek.slice(0, 9)}|${greek.slice(9, 12)}`).map((row) => row.length)).toEqual([9, 3]);
  });

  it('keep a base and its marks together, however they were typed', () => {
    expect(textsOf('кики́')).toEqual(['к', 'и', 'к', 'и́']);
    expect(textsOf('e\u0301e')).toEqual(['é', 'e']);
    expect(textsOf('ककाकि')).toEqual(['क', 'का', 'कि']);
    expect(textsOf('אבּב')).toEqual(['א', 'בּ', 'ב']);
  });
});

describe('the alphabet', () => {
  it('knows its pairs of cases by itself, and which way its script runs', () => {
    const cased = alphabetOf(specFromText('ΑΒΣ|αβσς', { id: 'greek', title: 'Ελληνικά' }));
    expect(cased.labels.map((label) => [label.text, label.identity, label.case])).toEqual([
      ['Α', 'α', 'upper'],
      ['Β', 'β', 'upper'],
      ['Σ', 'σ', 'upper'],
      ['α', 'α', 'lower'],
      ['β', 'β', 'lower'],
      ['σ', 'σ', 'lower'],
      ['ς', 'ς', null],
    ]);
    expect(cased).toMatchObject({ title: 'Ελληνικά', direction: 'ltr' });
    expect(specFromText('אבג', { id: 'hebrew' }).direction).toBe('rtl');
    expect(specFromText('ابت٠١', { id: 'arabic' }).direction).toBe('rtl');
    expect(specFromText('𞤀𞤁', { id: 'adlam' }).direction).toBe('rtl');
    expect(specFromText('αβ', { id: 'mirror', direction: 'rtl' }).direction).toBe('rtl');
  });

  it('notes what is unusual and allows it', () => {
    const notes = (labels: string): readonly string[] => notesOn(alphabetOf(specFromText(labels, { id: 'x' })));
    expect(notes('ab')).toEqual([]);
    expect(notes('aβ')).toEqual(['mixed scripts: Latin, Greek']);
    expect(notes('ab01+')).toEqual([]);
    expect(notes('ch ll b')).toEqual(['labels longer than one character: ch, ll']);
    expect(notes('क ा')[0]).toBe('marks without a base: ◌ा');
  });

  it('comes out of a file, with rows as texts or lists', () => {
    const file = {
      id: 'greek',
      title: 'Ελληνικά',
      rows: ['αβγ', ['ch', 'll']],
      names: { α: 'alpha' },
      confusable: [['α', 'γ']],
      cases: [['γ', 'β']],
      direction: 'rtl',
    };
    const spec = specFromFile(file, 'greek.yaml', { id: 'other' });
    expect(spec).toEqual({
      ...file,
      id: 'other',
      rows: [
        ['α', 'β', 'γ'],
        ['ch', 'll'],
      ],
    });
    expect(alphabetOf(spec).labels[0]).toMatchObject({ name: 'alpha' });
    const rowsOf = (...rows: string[]) => specFromFile({ rows }, 'greek.yaml', { id: 'greek' }).rows;
    expect(rowsOf(greek.slice(0, 9), greek.slice(9)).map((row) => row.length)).toEqual([9, 15]);
    expect(rowsOf(greek).map((row) => row.length)).toEqual([8, 8, 8]);
  });

  it('says what is wrong in a sentence', () => {
    const wrong = (labels: string, id = 'x') => expect(() => specFromText(labels, { id }));
    wrong('αβα').toThrow('the label α stands there twice');
    wrong('é e\u0301').toThrow('stands there twice');
    wrong('α').toThrow('at least two labels are needed');
    wrong('').toThrow('rows');
    wrong('αβ', 'Greek!').toThrow('small letters, digits and hyphens');
    wrong(`a ${'ю'.repeat(65)}`).toThrow('is too long: 64 characters at most');
    wrong('a \u0007').toThrow('that no pen writes');
    expect(() => specFromText('αβ', {})).toThrow('needs an id');
    const many = Array.from({ length: MOST_LABELS + 1 }, (_, i) => String.fromCodePoint(0x4e00 + i));
    wrong(many.join('')).toThrow(`1024 labels are too many: a network has ${MOST_LABELS} at most`);
    expect(alphabetOf(specFromText(many.slice(1).join(''), { id: 'han' })).labels).toHaveLength(MOST_LABELS);
    const file = (written: unknown) => expect(() => specFromFile(written, 'greek.yaml', { id: 'greek' }));
    file({ rows: ['αβ'], colour: 'red' }).toThrow(/greek.yaml describes no alphabet: .*colour/u);
    file({ rows: ['αβ'], names: { x: 'ex' } }).toThrow('x is named but is no label');
    file({ rows: ['αβγ'], confusable: [['α', 'β'], ['β', 'γ']] }).toThrow('β stands twice among its confusable groups'); // prettier-ignore
    file({ rows: ['αΑβ'], cases: [['Α', 'α'], ['Α', 'β']] }).toThrow('Α stands twice among its cases'); // prettier-ignore
    file('αβγ').toThrow(/describes no alphabet: .* It needs at least "rows: \[αβγ, δεζ\]", and may have id, title/u);
    file({ rows: ['αβ'], direction: 'up' }).toThrow('direction');
    expect(() => specFromText('αα', { id: 'x' })).toThrow(UsageError);
  });
});

describe('labels added later', () => {
  const before = specFromText('αβγ|Δ', { id: 'greek' });

  it('come after the others, which keep their ids', () => {
    const grown = alphabetOf(withLabels(before, 'δ ε'));
    expect(grown.labels.map(({ id, text }) => `${id}${text}`)).toEqual(['0α', '1β', '2γ', '3Δ', '4δ', '5ε']);
    expect(grown.rows).toEqual([[0, 1, 2], [3], [4, 5]]);
    expect(grown.labels[3]).toMatchObject({ identity: 'δ', case: 'upper' });
  });

  it('are refused when they are there already', () => {
    expect(() => withLabels(before, 'δβ')).toThrow('greek has β already: give only what is new');
    expect(() => withLabels(before, 'δδ')).toThrow('the label δ stands there twice');
    expect(() => withLabels(before, ' | ')).toThrow('no label');
  });

  it('are known to a process that has read the alphabet before', () => {
    const stored = { id: 'greek', spec: before as unknown, archived: false, updatedAt: 1 };
    let all = [stored];
    const registry = makeAlphabetRegistry([], () => all);
    expect(registry.get('greek')?.labels).toHaveLength(4);
    all = [{ ...stored, spec: withLabels(before, 'δε'), updatedAt: 2 }];
    expect(registry.get('greek')?.labels).toHaveLength(6);
    all = [{ ...stored, archived: true, updatedAt: 3 }];
    expect(registry.list()).toEqual([]);
    expect(registry.get('greek')?.labels).toHaveLength(4);
  });
});
