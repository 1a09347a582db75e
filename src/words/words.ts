// What people read, in their language: one Fluent file a language, the same messages in each (a test says so).
import { readFileSync } from 'node:fs';
import { FluentBundle, FluentResource, type FluentFunction, type FluentVariable } from '@fluent/bundle';
import { negotiateLanguages } from '@fluent/langneg';
import type { MessageId } from './messages.ts';

export const languages = ['en', 'uk', 'ja'] as const;
export type Language = (typeof languages)[number];

export type { MessageId };

export type Say = (message: MessageId, values?: Readonly<Record<string, FluentVariable>>) => string;

/**
 * `{ WITHIN($alphabet) }`: a title as it stands inside a sentence. Українська абетка begins small there; what is an abbreviation, or
 * written otherwise, stays as it is.
 */
const within: FluentFunction = ([title]) =>
  typeof title === 'string' && /^(?=\p{Script=Cyrillic})\p{Lu}\p{Ll}/u.test(title)
    ? title.replace(/^\p{Lu}/u, (first) => first.toLowerCase())
    : (title ?? '');

const bundles = new Map(languages.map((language) => [language, bundleOf(language)]));

function bundleOf(language: Language): FluentBundle {
  // Fluent's own isolation marks would stand around every value, and show as boxes in some clients.
  const bundle = new FluentBundle(language, { useIsolating: false, functions: { WITHIN: within } });
  const problems = bundle.addResource(
    new FluentResource(readFileSync(new URL(`./${language}.ftl`, import.meta.url), 'utf8')),
  );
  if (problems.length > 0) throw new Error(`${language}.ftl: ${problems.map(String).join('; ')}`);
  return bundle;
}

export function isLanguage(value: string): value is Language {
  return languages.some((language) => language === value);
}

/** The best of our languages for a client's (BCP 47) wishes, in order; English where none fits. */
export function languageFor(...wishes: readonly (string | null | undefined)[]): Language {
  const wished = wishes.filter((wish): wish is string => typeof wish === 'string' && wish !== '');
  const [found] = negotiateLanguages(wished, languages, { strategy: 'lookup', defaultLocale: 'en' });
  return found !== undefined && isLanguage(found) ? found : 'en';
}

/** Whether there is such a message, where its id is not known before it runs. */
export const isMessage = (id: string): id is MessageId => bundles.get('en')?.hasMessage(id) === true;

/** A speaker of one language. A message that is not there is a bug and throws. */
export function sayIn(language: Language): Say {
  const bundle = bundles.get(language);
  if (bundle === undefined) throw new Error(`no words for ${language}`);
  return (message, values = {}) => {
    const pattern = bundle.getMessage(message)?.value;
    if (pattern === undefined || pattern === null) throw new Error(`${language}.ftl has no message ${message}`);
    const problems: Error[] = [];
    const text = bundle.formatPattern(pattern, allInSentence(values), problems);
    if (problems.length > 0) throw new Error(`${language}.ftl, ${message}: ${problems.map(String).join('; ')}`);
    return text;
  };
}

/** In the words that an alphabet's kind has for it, where it has its own; else in the usual ones. */
export const sayOf = (say: Say, kind: string): Say => {
  return (message, values) => {
    const own = `${message}-of-${kind}`;
    return say(isMessage(own) ? own : message, values);
  };
};

const rightToLeft =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
/** Left-to-right mark: unseen, and as strong as a letter. */
const MARK = '\u200e';

/**
 * A text that is put into a sentence of ours, which are all read from the left: beside a Hebrew or Arabic letter the figures
 * that follow it would change sides ("I read 90 – א % sure"), and a line that begins with one would run from the right.
 */
export function inSentence(text: string): string {
  return rightToLeft.test(text) ? `${MARK}${text}${MARK}` : text;
}

const allInSentence = (values: Readonly<Record<string, FluentVariable>>): Record<string, FluentVariable> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? inSentence(value) : value]),
  );
