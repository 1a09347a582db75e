// How a variable of the environment is declared and read, and the shapes that several of them share.
import { z } from 'zod';

/** An empty default: without the variable there is no value. */
export interface Setting {
  readonly default: string;
  readonly schema: z.ZodType<unknown, string>;
}
export type Settings = Readonly<Record<string, Setting>>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the variables of one list; what is wrong is told to `problem`, with the name and what it must be, never with the value. */
export interface SettingsReader<S extends Settings> {
  given(name: keyof S & string): boolean;
  /** Null: it is not given and has no default, or a problem was told. */
  read<K extends keyof S & string>(name: K): z.output<S[K]['schema']> | null;
  /** For variables that have a default: null only beside a problem that was told. */
  must<K extends keyof S & string>(name: K): z.output<S[K]['schema']>;
}

export function readSettings<S extends Settings>(
  settings: S,
  env: Environment,
  problem: (sentence: string) => void,
): SettingsReader<S> {
  const given = (name: string): boolean => (env[name] ?? '').trim() !== '';
  function read<K extends keyof S & string>(name: K): z.output<S[K]['schema']> | null {
    const text = given(name) ? (env[name] ?? '').trim() : (settings[name]?.default ?? '');
    if (text === '') return null;
    const result = settings[name]?.schema.safeParse(text);
    if (result?.success === true) return result.data as z.output<S[K]['schema']>;
    problem(`${name} ${result?.error.issues[0]?.message ?? 'is not understood'}`);
    return null;
  }
  return { given, read, must: (name) => read(name) as z.output<S[typeof name]['schema']> };
}

export const url = (protocols: readonly string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    message: `must be a URL that begins with ${protocols.map((each) => `${each}//`).join(' or ')}`,
  });

/** Without a slash at its end. */
export const httpUrl = url(['http:', 'https:']).transform((value) => value.replace(/\/+$/, ''));

/** Words between commas. */
export const list = z.string().transform((value) =>
  value
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== ''),
);
