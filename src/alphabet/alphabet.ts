// What can be read: an alphabet is plain data, a named and ordered list of labels that can be told apart.

type LetterCase = 'upper' | 'lower';

/** One character (or longer text) of an alphabet. `id` never changes and is never reused. */
export interface Label {
  readonly id: number;
  /** The character itself, NFC. May be longer than one grapheme. */
  readonly text: string;
  /** What a screen reader says, and a tooltip shows. */
  readonly name: string;
  /** The character without its case (ж for Ж and ж); the text itself where there is no case. */
  readonly identity: string;
  readonly case: LetterCase | null;
  /** What it was called before: models and sets may still know it so. */
  readonly former?: readonly string[];
}

/** What an alphabet is made of: characters in ink, or things that are photographed. */
export type KindId = 'ink' | 'picture';

/** What stands in the place of a backbone's hash where pictures are seen by a small network of the alphabet's own. */
export const NO_BACKBONE = 'none';

export interface Alphabet {
  readonly id: string;
  readonly kind: KindId;
  /** Hash of the network that its pictures are seen with, or `none`; null: a glyph of ink is read as it is. */
  readonly backbone: string | null;
  /** The alphabet's own name for itself, shown to people. */
  readonly title: string;
  readonly labels: readonly Label[];
  /** Label ids in the rows people know (gojuon, ABC): keyboards are laid out by them. Every label stands in exactly one. */
  readonly rows: readonly (readonly number[])[];
  /** Groups of label ids whose shapes differ only in size, so that a tight crop cannot tell them apart. */
  readonly confusable: readonly (readonly number[])[];
  readonly direction: 'ltr' | 'rtl';
  /** Labels that are part of another now: no label has such an id any more, and what says it means the other. */
  readonly merged?: ReadonlyMap<number, { readonly text: string; readonly into: number }>;
  /** Whether its things are the same in a mirror. */
  readonly mirror: boolean;
}

export interface AlphabetSpec {
  readonly id: string;
  readonly title: string;
  /** Rows of label texts, in reading order; ids are given in this order. */
  readonly rows: readonly (readonly string[])[];
  /** Names by text, where the text itself would not be spoken well. */
  readonly names?: Readonly<Record<string, string>>;
  /** Pairs [upper, lower] of texts. */
  readonly cases?: readonly (readonly [upper: string, lower: string])[];
  readonly confusable?: readonly (readonly string[])[];
  readonly direction?: 'ltr' | 'rtl';
  /** Ink when left out. */
  readonly kind?: KindId;
  /** Of pictures: the hash of what they are seen with; left out: a small network of their own. */
  readonly backbone?: string;
  /** Whether its things are the same in a mirror, as flowers are and signs of a hand are not. */
  readonly mirror?: boolean;
  /** What labels were called before, by text. */
  readonly former?: Readonly<Record<string, readonly string[]>>;
  /** Labels that are part of another now, by text: they keep their place among the rows, since ids are given by it. */
  readonly merged?: Readonly<Record<string, string>>;
}

/** What only steers how text is laid out, parted or broken: it comes along with copied text, and no pen writes it. */
const UNSEEN = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/gu;

/** A text as a label holds it: NFC, without space around and without unseen marks (but for joiners, which shape letters). */
export function labelText(written: string): string {
  return written.replaceAll(UNSEEN, '').normalize('NFC').trim();
}

/** Builds an alphabet from rows of texts. Throws on duplicates, and on names, cases or groups of labels that are not there. */
export function alphabetOf(spec: AlphabetSpec): Alphabet {
  const lowerOf = new Map(spec.cases?.map(([upper, lower]) => [labelText(upper), labelText(lower)]));
  const names = new Map(Object.entries(spec.names ?? {}).map(([text, name]) => [labelText(text), name]));
  const lowers = new Set(lowerOf.values());
  const former = new Map(Object.entries(spec.former ?? {}));
  const gone = new Map(Object.entries(spec.merged ?? {}));
  const ids = new Map<string, number>();
  const labels: Label[] = [];
  const rows = spec.rows.map((row) =>
    row.flatMap((written) => {
      const text = labelText(written);
      if (/^\p{Default_Ignorable_Code_Point}*$/u.test(text))
        throw new RangeError(`alphabet ${spec.id}: a label is empty`);
      if (ids.has(text))
        throw new RangeError(`alphabet ${spec.id}: the label ${text} stands there twice: give each once`);
      const id = ids.size;
      ids.set(text, id);
      if (gone.has(text)) return [];
      const lower = lowerOf.get(text);
      labels.push({
        id,
        text,
        name: names.get(text) ?? text,
        identity: lower ?? text,
        case: lower !== undefined ? 'upper' : lowers.has(text) ? 'lower' : null,
        ...(former.has(text) && { former: former.get(text) ?? [] }),
      });
      return [id];
    }),
  );
  if (labels.length < 2) throw new RangeError(`alphabet ${spec.id}: at least two labels are needed`);
  const idOf = (text: string): number => {
    const id = ids.get(labelText(text));
    if (id === undefined) throw new RangeError(`alphabet ${spec.id}: ${text} is named but is not a label`);
    return id;
  };
  for (const text of [...names.keys(), ...former.keys(), ...gone.keys()]) idOf(text);
  const merged = new Map([...gone].map(([text, into]) => [idOf(text), { text, into: idOf(into) }]));
  // A label in two pairs would have two identities, one in two groups would make twins of what is none.
  const once = (groups: readonly (readonly string[])[], what: string): void => {
    const seen = new Set<number>();
    for (const text of groups.flat()) {
      if (seen.has(idOf(text))) throw new RangeError(`alphabet ${spec.id}: ${text} stands twice among its ${what}`);
      seen.add(idOf(text));
    }
  };
  once(spec.cases ?? [], 'cases');
  once(spec.confusable ?? [], 'confusable groups');
  return {
    id: spec.id,
    kind: spec.kind ?? 'ink',
    backbone: spec.backbone ?? (spec.kind === 'picture' ? NO_BACKBONE : null),
    mirror: spec.mirror ?? false,
    title: spec.title,
    labels,
    rows: rows.filter((row) => row.length > 0),
    confusable: (spec.confusable ?? []).map((group) => group.map(idOf)),
    direction: spec.direction ?? 'ltr',
    ...(merged.size > 0 && { merged }),
  };
}

/** Whether an answer stands for the truth: the same label or a twin, whose shape differs only in size. Null and −1 are only themselves. */
export function makeSameShape(
  confusable: Alphabet['confusable'],
): (answer: number | null, truth: number | null) => boolean {
  const groupOf = new Map(confusable.flatMap((group, index) => group.map((id) => [id, index] as const)));
  return (answer, truth) => {
    if (answer === truth || answer === null || truth === null) return answer === truth;
    const group = groupOf.get(truth);
    return group !== undefined && group === groupOf.get(answer);
  };
}

/** Which letter it is, whatever its case, and which case that letter then has; each with its probability. */
export interface Cased {
  readonly identity: string;
  readonly probability: number;
  /** Null for what has no case, like a digit among letters. */
  readonly case: { readonly is: LetterCase; readonly probability: number } | null;
}

/** The candidates' probabilities taken together by identity, the most probable of them; undefined where nothing has a case. */
export function casedOf(
  alphabet: Alphabet,
  candidates: readonly { readonly labelId: number; readonly probability: number }[],
): Cased | undefined {
  if (!alphabet.labels.some((label) => label.case !== null)) return undefined;
  const sums = new Map<string, Record<LetterCase | 'none', number>>();
  for (const { labelId, probability } of candidates) {
    const label = labelById(alphabet, labelId);
    if (label === undefined) continue;
    const sum = sums.get(label.identity) ?? { upper: 0, lower: 0, none: 0 };
    sum[label.case ?? 'none'] += probability;
    sums.set(label.identity, sum);
  }
  const [best] = [...sums]
    .map(([identity, { upper, lower, none }]) => ({ identity, upper, lower, probability: upper + lower + none }))
    .sort((a, b) => b.probability - a.probability);
  if (best === undefined) return undefined;
  const { identity, probability, upper, lower } = best;
  const is = upper > lower ? 'upper' : 'lower';
  const letters = upper + lower;
  return { identity, probability, case: letters > 0 ? { is, probability: Math.max(upper, lower) / letters } : null };
}

/** The label with exactly this text (compared as labels hold it), else the one that was called so, or undefined. */
export function labelByText(alphabet: Alphabet, text: string): Label | undefined {
  const wanted = labelText(text);
  const found = alphabet.labels.find((label) => label.text === wanted);
  if (found !== undefined) return found;
  const once = alphabet.labels.find(({ former }) => former?.includes(wanted));
  const part = [...(alphabet.merged ?? [])].find(([, gone]) => gone.text === wanted);
  return once ?? (part && labelById(alphabet, part[0]));
}

/**
 * The label that somebody meant by typing this: the text itself, else what only a keyboard made different (full or half
 * width, a capital where the alphabet has none). Undefined where that would leave a choice.
 */
export function labelTyped(alphabet: Alphabet, typed: string): Label | undefined {
  const wanted = labelText(typed);
  const exact = labelByText(alphabet, wanted);
  if (exact !== undefined || wanted === '') return exact;
  const plain = (text: string): string => text.normalize('NFKC');
  const folded = (text: string): string => plain(text).toLowerCase();
  for (const alike of [plain, folded]) {
    const found = alphabet.labels.filter(({ text }) => alike(text) === alike(wanted));
    if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  }
  return undefined;
}

/** The label with this id, or the one that it is part of now; or undefined. */
export function labelById(alphabet: Alphabet, id: number): Label | undefined {
  const label = alphabet.labels[id];
  if (label?.id === id) return label;
  const part = alphabet.merged?.get(id)?.into ?? id;
  return alphabet.labels.find((each) => each.id === part);
}

/** Candidates with those of a label that is part of another now joined to that one, the most probable first. */
export function joined<Candidate extends { readonly labelId: number; readonly probability: number }>(
  { merged }: Pick<Alphabet, 'merged'>,
  candidates: readonly Candidate[],
): readonly Candidate[] {
  if (merged === undefined) return candidates;
  const sums = new Map<number, Candidate>();
  for (const each of candidates) {
    const labelId = merged.get(each.labelId)?.into ?? each.labelId;
    const before = sums.get(labelId);
    sums.set(labelId, { ...(before ?? each), labelId, probability: each.probability + (before?.probability ?? 0) });
  }
  return [...sums.values()].sort((a, b) => b.probability - a.probability || a.labelId - b.labelId);
}
