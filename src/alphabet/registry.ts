// All the alphabets there are: the shipped ones, and the owner's own as the store keeps them.
import { z } from 'zod';
import { alphabetOf, type Alphabet, type AlphabetSpec } from './alphabet.ts';

export const LIST_OF_ROWS = 'rows are a list, like [αβγ, δεζ]';
const PAIRS = 'cases are pairs, the capital first, like [[Α, α], [Β, β]]';
const GROUPS = 'confusable ones stand in groups of two or more, like [[ο, Ο], [φ, Φ]]';
const texts = z.array(z.string(), LIST_OF_ROWS);

/** An alphabet as it is written down: in a file of the owner's, and in the store. */
export const alphabetSpec = z.strictObject({
  id: z
    .string()
    .regex(
      /^[a-z][a-z0-9-]{0,31}$/,
      'an id has small letters, digits and hyphens, 32 at most, and begins with a letter',
    ),
  title: z.string().min(1).max(60),
  rows: z.array(texts.min(1, LIST_OF_ROWS), LIST_OF_ROWS).min(1, LIST_OF_ROWS),
  names: z.record(z.string(), z.string()).optional(),
  cases: z.array(z.tuple([z.string(), z.string()], PAIRS), PAIRS).optional(),
  confusable: z.array(z.array(z.string(), GROUPS).min(2, GROUPS), GROUPS).optional(),
  direction: z.enum(['ltr', 'rtl'], 'the direction is ltr or rtl').optional(),
  kind: z.enum(['ink', 'picture'], 'the kind is ink or picture').optional(),
  backbone: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'a backbone is named by its hash')
    .optional(),
  mirror: z.boolean('mirror is true or false').optional(),
  former: z.record(z.string(), z.array(z.string())).optional(),
  merged: z.record(z.string(), z.string()).optional(),
});

interface OwnAlphabet {
  readonly id: string;
  readonly spec: AlphabetSpec;
  readonly archived: boolean;
  readonly updatedAt: number;
}

export interface AlphabetRegistry {
  get(id: string): Alphabet | undefined;
  /** Those that can be chosen: archived ones still answer to their id, but are not offered. */
  list(): readonly Alphabet[];
}

/** `own` is asked each time, so that an alphabet added by another process is known at once; built only when it changed. */
export function makeAlphabetRegistry(
  shipped: readonly Alphabet[],
  own: () => readonly OwnAlphabet[],
): AlphabetRegistry {
  const parsed = new Map<string, { readonly updatedAt: number; readonly alphabet: Alphabet }>();
  const read = (stored: OwnAlphabet): Alphabet => {
    const known = parsed.get(stored.id);
    if (known?.updatedAt === stored.updatedAt) return known.alphabet;
    const alphabet = alphabetOf(stored.spec);
    parsed.set(stored.id, { updatedAt: stored.updatedAt, alphabet });
    return alphabet;
  };
  return {
    get(id) {
      const known = shipped.find((each) => each.id === id);
      if (known !== undefined) return known;
      const stored = own().find((each) => each.id === id);
      return stored && read(stored);
    },
    list: () => [
      ...shipped,
      ...own()
        .filter(({ archived }) => !archived)
        .map(read),
    ],
  };
}

/** zod marks absent values as undefined; here they are absent. */
export function specOf(data: z.output<typeof alphabetSpec>): AlphabetSpec {
  const { names, cases, confusable, direction, kind, backbone, mirror, former, merged, ...rest } = data;
  return {
    ...rest,
    ...(names && { names }),
    ...(cases && { cases }),
    ...(confusable && { confusable }),
    ...(direction && { direction }),
    ...(kind && { kind }),
    ...(backbone && { backbone }),
    ...(mirror && { mirror }),
    ...(former && { former }),
    ...(merged && { merged }),
  };
}
