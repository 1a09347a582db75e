// An alphabet of the owner's own, from what they wrote: labels in a line or a whole file. What is wrong is said in a
// sentence; what is only unusual (a label of several characters, two scripts) is noted and allowed.
import { z } from 'zod';
import { messageOf, UsageError } from '../errors.ts';
import { alphabetOf, labelText, type Alphabet, type AlphabetSpec } from './alphabet.ts';
import { alphabetSpec, LIST_OF_ROWS, specOf } from './registry.ts';

/**
 * The network has an output for each label and one for "not a character"; with more, replay and the glyphs that a
 * challenger is judged on would no longer fit into the time and memory of a small machine.
 */
export const MOST_LABELS = 1023;
/** Characters of a label: more would not fit on a button, nor into a verdict over REST. */
const LONGEST_LABEL = 64;
/** Labels in a row of the keyboard, where the owner has not said. */
const ROW = 8;

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
const graphemesOf = (text: string): readonly string[] => Array.from(graphemes.segment(text), (each) => each.segment);

/**
 * Rows of labels from one text: `|` or a new line parts rows; with spaces in it each word is a label, without any each
 * character (a base with its marks is one). A single long row is parted; rows that were given stay.
 */
export function rowsFromText(text: string): string[][] {
  const trimmed = labelText(text);
  noCommas(trimmed);
  const inWords = /[^\S\n]/u.test(trimmed.replaceAll(/\s*[|\n]\s*/gu, '|'));
  const rows = trimmed
    .split(/[|\n]/u)
    .map((row) => row.trim())
    .filter((row) => row !== '')
    .map((row) => (inWords ? row.split(/\s+/u) : [...graphemesOf(row)]));
  return rows.length === 1 ? rows.flatMap(evenly) : rows;
}

const COMMA = /[,;،、，]/u;

/** "α, β, γ" would be the labels "α," and "β,", and "α,β,γ" would have the comma twice. */
function noCommas(text: string): void {
  const words = text.split(/[\s|]+/u);
  const parted = /\s/u.test(text)
    ? words.some((word) => word.length > 1 && COMMA.test(word.at(-1) ?? ''))
    : text.split(COMMA).length > 2 && new Set(text.match(new RegExp(COMMA, 'gu'))).size === 1;
  if (!parted) return;
  const shown = words.flatMap((word) => word.split(COMMA)).filter((label) => label !== '');
  throw new UsageError(`Labels are parted by spaces or by nothing, not by commas: "${shown.slice(0, 3).join(' ')} …".`);
}

/** A long row as rows of about equal length. */
function evenly(row: readonly string[]): string[][] {
  const length = Math.ceil(row.length / Math.ceil(row.length / ROW));
  return Array.from({ length: Math.ceil(row.length / length) }, (_, i) => row.slice(i * length, (i + 1) * length));
}

/** What people read on a button, or hear. */
const shortText = (error: string) =>
  z
    .string(error)
    .regex(/^[^\p{Cc}]*[^\s\p{Cc}\p{Cf}][^\p{Cc}]*$/u, error)
    .max(60, error);

const NAMES = 'names are like { α: alpha, β: beta }, 60 characters at most and on one line';
const newSpec = alphabetSpec.extend({
  title: shortText('a title has 1 to 60 characters, on one line'),
  names: z.record(z.string(), shortText(NAMES), NAMES).optional(),
});

/** What stands in a file: as `newSpec`, but a row may also be one text, and the id may be given elsewhere. */
const writtenSpec = newSpec.extend({
  id: newSpec.shape.id.optional(),
  title: newSpec.shape.title.optional(),
  rows: z
    .array(z.union([z.string(), z.array(z.string()).min(1, LIST_OF_ROWS)], LIST_OF_ROWS), LIST_OF_ROWS)
    .min(1, LIST_OF_ROWS),
});

export interface Wishes {
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  readonly direction?: 'rtl' | undefined;
}

/** The spec that parsed YAML or JSON stands for; `wishes` win. Throws UsageError, naming `file` and what is wrong. */
export function specFromFile(parsed: unknown, file: string, wishes: Wishes): AlphabetSpec {
  const result = writtenSpec.safeParse(parsed);
  if (!result.success) {
    const keys = Object.keys(writtenSpec.shape);
    throw new UsageError(
      `${file} describes no alphabet: ${sentences(result.error)}. It needs at least "rows: [αβγ, δεζ]", and may have ${keys.join(', ')}.`,
    );
  }
  const { rows, ...rest } = result.data;
  // A row that was written is a row; all labels in one are none.
  const given = rows.flatMap((row) => {
    if (typeof row !== 'string') return [row];
    const read = rowsFromText(row);
    return rows.length === 1 || /[|\n]/u.test(row.trim()) ? read : [read.flat()];
  });
  return specFrom({ ...rest, rows: given }, wishes);
}

/** The spec of an alphabet given as labels; pairs like Α α are cases, and the direction follows from the script. */
export function specFromText(labels: string, wishes: Wishes): AlphabetSpec {
  const rows = rowsFromText(labels);
  if (rows.length === 0) throw new UsageError('There is no label in that.');
  return specFrom({ rows }, wishes);
}

/** The spec of an alphabet of things, each label as it is: words that no case and no script says anything about. */
export function specFromLabels(labels: readonly string[], wishes: Wishes): AlphabetSpec {
  if (labels.length === 0) throw new UsageError('There is no label in that.');
  return specFrom({ rows: evenly(labels), cases: [] }, wishes);
}

function specFrom(written: Readonly<Record<string, unknown>> & { rows: string[][] }, wishes: Wishes): AlphabetSpec {
  const rows = written.rows.map((row) => row.map(labelText));
  const given = Object.fromEntries(Object.entries(wishes).filter(([, value]) => value !== undefined));
  const id = given['id'] ?? written['id'];
  if (id === undefined) throw new UsageError('The alphabet needs an id: --id greek, or "id: greek" in its file.');
  const guessed = { cases: casesIn(rows.flat()), direction: directionOf(rows.flat()), title: id };
  const result = newSpec.safeParse({ ...guessed, ...definedOf(written), rows, ...given });
  if (!result.success) throw new UsageError(`This is not an alphabet: ${sentences(result.error)}`);
  const spec = specOf(result.data);
  checked(spec);
  return spec;
}

const definedOf = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

/** The spec with these labels appended, in rows of their own: what has an id keeps it. Throws UsageError. */
export function withLabels(spec: AlphabetSpec, labels: string): AlphabetSpec {
  const more = rowsFromText(labels);
  const known = new Set(spec.rows.flat().map(labelText));
  const there = more.flat().filter((text) => known.has(text));
  if (there.length > 0) throw new UsageError(`${spec.id} has ${there.join(' ')} already: give only what is new.`);
  if (more.length === 0) throw new UsageError('There is no label in that.');
  const rows = [...spec.rows, ...more];
  const paired = new Set(spec.cases?.flat());
  const pairs = casesIn(rows.flat()).filter((pair) => !pair.some((text) => paired.has(text)));
  const grown: AlphabetSpec = { ...spec, rows, cases: [...(spec.cases ?? []), ...pairs] };
  checked(grown);
  return grown;
}

/** The alphabet, if it is one that can be read. Throws UsageError in a sentence. */
export function checked(spec: AlphabetSpec): Alphabet {
  const texts = spec.rows.flat();
  if (texts.length > MOST_LABELS)
    throw new UsageError(
      `${texts.length} labels are too many: a network has ${MOST_LABELS} at most. Make two alphabets of them.`,
    );
  if (texts.some((text) => text.includes('\ufffd')))
    throw new UsageError('Some characters were lost on the way here (�): save the file as UTF-8, or write them again.');
  const odd = texts.find((text) => /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/u.test(text));
  if (odd !== undefined)
    throw new UsageError(`${JSON.stringify(odd)} is not a label: it has characters that no pen writes.`);
  const long = texts.find((text) => text.length > LONGEST_LABEL);
  if (long !== undefined)
    throw new UsageError(`The label ${long.slice(0, 20)}… is too long: ${LONGEST_LABEL} characters at most.`);
  try {
    return alphabetOf(spec);
  } catch (error) {
    throw error instanceof RangeError ? new UsageError(`${messageOf(error)}.`, { cause: error }) : error;
  }
}

/** What is unusual, a sentence each: allowed, but worth a look before hundreds of samples depend on it. */
export function notesOn(alphabet: Alphabet): readonly string[] {
  const texts = alphabet.labels.map(({ text }) => text);
  const notes: string[] = [];
  const long = texts.filter((text) => graphemesOf(text).length > 1);
  if (long.length > 0) notes.push(`labels longer than one character: ${long.join(', ')}`);
  const alone = texts.filter((text) => /^\p{M}/u.test(text));
  if (alone.length > 0) notes.push(`marks without a base: ${alone.map((text) => `◌${text}`).join(', ')}`);
  const scripts = new Set(texts.flatMap(scriptOf));
  if (scripts.size > 1) notes.push(`mixed scripts: ${[...scripts].join(', ')}`);
  return notes;
}

const scripts =
  'Latin Greek Cyrillic Hebrew Arabic Syriac Thaana Armenian Georgian Devanagari Bengali Gurmukhi Gujarati Tamil Telugu Kannada Malayalam Sinhala Thai Lao Tibetan Myanmar Khmer Ethiopic Cherokee Hangul Hiragana Katakana Han Bopomofo Mongolian Runic Ogham Gothic Coptic Nko Tifinagh'.split(
    ' ',
  );
const byScript = scripts.map((name) => [name, new RegExp(`\\p{Script=${name}}`, 'u')] as const);

/** The script of a label; none for digits and signs, which belong to all. */
function scriptOf(text: string): string[] {
  return byScript.filter(([, pattern]) => pattern.test(text)).map(([name]) => name);
}

const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

function directionOf(texts: readonly string[]): 'rtl' | 'ltr' {
  const letters = texts.filter((text) => /\p{L}/u.test(text));
  return letters.length > 0 && letters.every((text) => rightToLeft.test(text)) ? 'rtl' : 'ltr';
}

/** Capitals whose small letter is there, too, where that is not a question (Σ has σ and not ς). */
function casesIn(texts: readonly string[]): [upper: string, lower: string][] {
  const all = new Set(texts.map(labelText));
  return [...all].flatMap((upper): [string, string][] => {
    const lower = upper.toLowerCase().normalize('NFC');
    return lower !== upper && all.has(lower) ? [[upper, lower]] : [];
  });
}

function sentences(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`))
    .join('; ');
}
