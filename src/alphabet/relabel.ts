// Labels of the owner's own alphabets under another name, or joined to another: ids never change, so samples, history and models stay what they
// are. Pure; what is wrong with a wish is said in a sentence.
import { UsageError } from '../errors.ts';
import { alphabetOf, labelById, labelText, type Alphabet, type AlphabetSpec, type Label } from './alphabet.ts';
import { checked } from './own.ts';

/** The spec with a label called otherwise: what it was called is remembered. Throws UsageError. */
export function withRenamed(spec: AlphabetSpec, label: string, name: string): AlphabetSpec {
  const old = labelOf(spec, label).text;
  const fresh = labelText(name);
  if (fresh === old) throw new UsageError(`The label is called ${old} already.`);
  if (spec.rows.flat().map(labelText).includes(fresh))
    throw new UsageError(`${spec.id} has a label ${fresh} already: "alphabet merge-labels" makes one of two.`);
  const renamed = (text: string): string => (labelText(text) === old ? fresh : text);
  const { [old]: before = [], ...others } = spec.former ?? {};
  const names = Object.entries(spec.names ?? {}).map(([text, said]) => [renamed(text), said] as const);
  const changed: AlphabetSpec = {
    ...spec,
    rows: spec.rows.map((row) => row.map(renamed)),
    former: { ...others, [fresh]: [...before.filter((each) => each !== fresh), old] },
    ...(spec.names && { names: Object.fromEntries(names) }),
    ...(spec.cases && { cases: spec.cases.map(([upper, lower]) => [renamed(upper), renamed(lower)] as const) }),
    ...(spec.confusable && { confusable: spec.confusable.map((group) => group.map(renamed)) }),
    ...(spec.merged && {
      merged: Object.fromEntries(Object.entries(spec.merged).map(([text, into]) => [text, renamed(into)])),
    }),
  };
  checked(changed);
  return changed;
}

/** The spec in which one label is part of another. Throws UsageError. */
export function withMerged(spec: AlphabetSpec, label: string, into: string): AlphabetSpec {
  const [from, to] = [labelOf(spec, label).text, labelOf(spec, into).text];
  if (from === to) throw new UsageError(`${from} is one label: name two.`);
  if (alphabetOf(spec).labels.length < 3)
    throw new UsageError(`${spec.id} has two labels, and needs them: there would be nothing to tell apart.`);
  const earlier = Object.entries(spec.merged ?? {}).map(([text, part]) => [text, part === from ? to : part] as const);
  const { [from]: _, ...names } = spec.names ?? {};
  const twins = spec.confusable?.map((group) => group.filter((text) => labelText(text) !== from));
  const changed: AlphabetSpec = {
    ...spec,
    merged: { ...Object.fromEntries(earlier), [from]: to },
    ...(spec.names && { names }),
    ...(spec.cases && { cases: spec.cases.filter((pair) => !pair.map(labelText).includes(from)) }),
    ...(twins && { confusable: twins.filter((group) => group.length > 1) }),
  };
  checked(changed);
  return changed;
}

/** The spec with one label more, at the end, as it is written. Throws UsageError. */
export function withAnother(spec: AlphabetSpec, name: string): AlphabetSpec {
  const fresh = labelText(name);
  if (spec.rows.flat().map(labelText).includes(fresh))
    throw new UsageError(`${spec.id} has ${fresh} already, or had it: choose another name.`);
  const changed: AlphabetSpec = { ...spec, rows: [...spec.rows, [fresh]] };
  checked(changed);
  return changed;
}

/** The label that a text names. Throws UsageError. */
export function labelOf(spec: AlphabetSpec, text: string): Label {
  const alphabet = alphabetOf(spec);
  const wanted = labelText(text);
  const found = alphabet.labels.find((label) => label.text === wanted);
  if (found !== undefined) return found;
  const part = partOf(alphabet, wanted);
  throw new UsageError(
    part === undefined
      ? `${spec.id} has no label ${wanted}. "alphabet show ${spec.id}" lists them.`
      : `${wanted} is part of ${part} since it was joined.`,
  );
}

function partOf(alphabet: Alphabet, text: string): string | undefined {
  const gone = [...(alphabet.merged ?? [])].find(([, each]) => each.text === text);
  return gone && labelById(alphabet, gone[0])?.text;
}
