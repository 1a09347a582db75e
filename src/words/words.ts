// What people read, in their language: one Fluent file a language, the same messages in each (a test says so).
import { readFileSync } from 'node:fs';
import { FluentBundle, FluentResource, type FluentVariable } from '@fluent/bundle';
import { negotiateLanguages } from '@fluent/langneg';

export const languages = ['en', 'uk', 'ja'] as const;
export type Language = (typeof languages)[number];

/** Each language's name for itself. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', uk: 'Українська', ja: '日本語' };

export type Say = (message: string, values?: Readonly<Record<string, FluentVariable>>) => string;

const bundles = new Map(languages.map((language) => [language, bundleOf(language)]));

function bundleOf(language: Language): FluentBundle {
  // Isolation marks would show as boxes in some clients and break labels that are compared.
  const bundle = new FluentBundle(language, { useIsolating: false });
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

/** A speaker of one language. A message that is not there is a bug and throws. */
export function sayIn(language: Language): Say {
  const bundle = bundles.get(language);
  if (bundle === undefined) throw new Error(`no words for ${language}`);
  return (message, values = {}) => {
    const pattern = bundle.getMessage(message)?.value;
    if (pattern === undefined || pattern === null) throw new Error(`${language}.ftl has no message ${message}`);
    const problems: Error[] = [];
    const text = bundle.formatPattern(pattern, values, problems);
    if (problems.length > 0) throw new Error(`${language}.ftl, ${message}: ${problems.map(String).join('; ')}`);
    return text;
  };
}
