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

  it('takes punctuation for the labels that it is', () => {
    expect(textsOf('. , ; :')).toEqual(['.', ',', ';', ':']);
    expect(textsOf('.,;:')).toEqual(['.', ',', ';', ':']);
  });

  it('has no label with marks that nobody sees, which come along with copied text', () => {
    // Marks of direction, of a place to break and of the bytes’ order; joiners shape letters, and stay.
    expect(textsOf('\u200eא\u200fב\ufeff\u200bג')).toEqual(['א', 'ב', 'ג']);
    expect(textsOf('क्\u200dष 👩\u200d👧')).toEqual(['क्\u200dष', '👩\u200d👧']);
    expect(() => specFromText('a a\u200b b', { id: 'x' })).toThrow('the label a stands there twice');
    const listed = specFromFile({ rows: [[' a', 'b\u200b']] }, 'x.yaml', { id: 'x' });
    expect(alphabetOf(listed).labels.map(({ text }) => text)).toEqual(['a', 'b']);
  });

  it('knows names however the file spells their labels, and none that nobody gave', () => {
    const names = { 'e\u0301': 'e with acute', ' b': 'bee' };
    const { labels } = alphabetOf({ id: 'x', title: 'x', rows: [['é', 'b', 'constructor']], names });
    expect(labels.map(({ name }) => name)).toEqual(['e with acute', 'bee', 'constructor']);
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
    wrong('').toThrow('no label in that');
    wrong('α, β, γ, δ').toThrow('parted by spaces or by nothing, not by commas: "α β γ …"');
    wrong('α,β,γ,δ').toThrow('not by commas: "α β γ …"');
    wrong('ا، ب').toThrow('not by commas');
    wrong('αβ�').toThrow('save the file as UTF-8');
    wrong('a \u200d b').toThrow('a label is empty');
    wrong('αβ', 'Greek!').toThrow('small letters, digits and hyphens');
    wrong(`a ${'ю'.repeat(65)}`).toThrow('is too long: 64 characters at most');
    wrong('a \u0007').toThrow('that no pen writes');
    expect(() => specFromText('αβ', {})).toThrow('needs an id');
    const many = Array.from({ length: MOST_LABELS + 1 }, (_, i) => String.fromCodePoint(0x4e00 + i));
    wrong(many.join('')).toThrow(`1024 labels are too many: a network has ${MOST_LABELS} at most`);
    expect(alphabetOf(specFromText(many.slice(1).join(''), { id: 'han' })).labels).toHaveLength(MOST_LABELS);
    const file = (written: unknown) => expect(() => specFromFile(written, 'greek.yaml', { id: 'greek' }));
    file({ rows: ['αβ'], colour: 'red' }).toThrow(/greek.yaml describes no alphabet: .*colour/u);
    file({ rows: ['αβ'], names: { x: 'ex' } }).toThrow('x is named but is not a label');
    file({ rows: ['αβγ'], confusable: [['α', 'β'], ['β', 'γ']] }).toThrow('β stands twice among its confusable groups'); // prettier-ignore
    file({ rows: ['αΑβ'], cases: [['Α', 'α'], ['Α', 'β']] }).toThrow('Α stands twice among its cases'); // prettier-ignore
    file('αβγ').toThrow(/describes no alphabet: .* It needs at least "rows: \[αβγ, δεζ\]", and may have id, title/u);
    file({ rows: ['αβ'], direction: 'up' }).toThrow('the direction is ltr or rtl');
    file({ rows: 'αβ' }).toThrow('rows are a list, like [αβγ, δεζ]');
    file({ rows: [[], ['α', 'β']] }).toThrow('rows are a list');
    file({ rows: ['αΑ'], cases: ['Αα'] }).toThrow('like [[Α, α], [Β, β]]');
    file({ rows: ['αβ'], confusable: ['αβ'] }).toThrow('like [[ο, Ο], [φ, Φ]]');
    for (const name of ['', ' ', '\u200e', 'a\nb', 'x'.repeat(61)]) {
      file({ rows: ['αβ'], names: { α: name } }).toThrow('like { α: alpha, β: beta }, 60 characters at most');
      file({ rows: ['αβ'], title: name }).toThrow('a title has 1 to 60 characters, on one line');
    }
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
    const stored = { id: 'greek', spec: before, archived: false, updatedAt: 1 };
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
