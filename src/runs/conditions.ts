// A decision taken apart for whoever looks at it: which of the gate's conditions hold, and what would decide what is open. Pure.
import { FEWEST_GLYPHS, type Decision } from '../records/decision.ts';
import { FEWEST_WINNERS } from './gate.ts';
import { oneSidedP } from './tally.ts';

export type ConditionKind = 'proof' | 'labels' | 'base' | 'glyphs' | 'people';

interface Condition {
  readonly kind: ConditionKind;
  readonly holds: boolean;
}

/** The conditions that had something to look at, in the order of docs/gate.md. */
export function conditionsOf(decision: Decision): readonly Condition[] {
  const { base, people, tested, labels, code } = decision;
  return [
    { kind: 'proof', holds: isProof(decision) },
    ...(labels.length === 0 ? [] : [{ kind: 'labels', holds: !labels.some(({ fell }) => fell) } as const]),
    ...(base.tested === 0 ? [] : [{ kind: 'base', holds: base.fall <= base.allowed } as const]),
    { kind: 'glyphs', holds: tested >= FEWEST_GLYPHS },
    // Where one person taught everything, there is nobody to leave out.
    ...(people === undefined || people.taught < 2
      ? []
      : [{ kind: 'people', holds: code === 'better' || (code !== 'too-few-people' && isOfEnough(people)) } as const]),
  ];
}

/** Beyond chance, by everybody's glyphs together: whether that holds without one of the people is a condition of its own. */
function isProof({ code, wins, losses, level, p, fresh }: Decision): boolean {
  return (
    code === 'better' ||
    Math.min(p, oneSidedP(wins, losses)) <= level ||
    Math.min(fresh.p, oneSidedP(fresh.wins, fresh.losses)) <= fresh.level
  );
}

/** What speaks for it: as far as each counts; of too few people, all of it, since that alone looks like proof. `needed`: 0 where it is proof. */
export function proofFigures(decision: Decision) {
  const { code, wins, losses, counted = { wins, losses }, p, fresh, proofAt = 0 } = decision;
  if (code === 'too-few-people') return { wins, losses, p: oneSidedP(wins, losses), needed: 0 };
  return { ...counted, p: Math.min(p, fresh.p), needed: isProof(decision) ? 0 : proofAt };
}

const isOfEnough = ({ taught, won }: NonNullable<Decision['people']>): boolean =>
  won >= Math.min(FEWEST_WINNERS, taught);

/** What would decide it, and photos of which labels (ids; null: "not a character") say most. */
type Wanting =
  /** About so many answers, if wins and losses go on as they came; null: as they came they lead nowhere. */
  | { readonly kind: 'answers'; readonly count: number | null; readonly labels: readonly (number | null)[] }
  /** At least so many, before anything can be said. */
  | { readonly kind: 'glyphs'; readonly count: number; readonly labels: readonly (number | null)[] }
  /** Wins of so many more people. */
  | { readonly kind: 'people'; readonly count: number; readonly labels: readonly (number | null)[] }
  /** More of the label that fell, and another training. */
  | { readonly kind: 'label'; readonly labels: readonly (number | null)[] }
  /** The two read everything alike. */
  | { readonly kind: 'alike' };

const LABELS_TOLD = 5;
/** Nobody is asked for more answers than this. */
const MOST_ANSWERS = 5000;

/** Null where answers do not decide it. `labels`: the ids of the alphabet's labels, in its order. */
export function wantingOf(decision: Decision, labels: readonly number[]): Wanting | null {
  const { code, tested, people } = decision;
  switch (code) {
    case 'too-few-glyphs':
      return { kind: 'glyphs', count: FEWEST_GLYPHS - tested, labels: fewestTested(decision, labels) };
    case 'not-enough-evidence':
      if (decision.wins + decision.losses === 0) return { kind: 'alike' };
      return { kind: 'answers', count: answersForProof(decision), labels: mostTelling(decision) };
    case 'too-few-people':
      return {
        kind: 'people',
        count: people === undefined ? 1 : Math.max(1, FEWEST_WINNERS - people.won),
        labels: mostTelling(decision),
      };
    case 'label-fell':
      return { kind: 'label', labels: decision.labels.filter(({ fell }) => fell).map(({ label }) => label) };
    case 'better':
    case 'base-fell':
    case 'withdrawn':
    case 'overtaken':
      return null;
  }
}

/** The labels on which the two differ most. */
function mostTelling({ labels }: Decision): readonly (number | null)[] {
  return labels
    .filter(({ wins, losses }) => wins + losses > 0)
    .toSorted((a, b) => b.wins + b.losses - a.wins - a.losses)
    .slice(0, LABELS_TOLD)
    .map(({ label }) => label);
}

function fewestTested(decision: Decision, labels: readonly number[]): readonly number[] {
  const tested = new Map(decision.labels.map((each) => [each.label, each.tested]));
  return labels.toSorted((a, b) => (tested.get(a) ?? 0) - (tested.get(b) ?? 0)).slice(0, LABELS_TOLD);
}

/** How many more glyphs it takes when wins and losses come as often as they did; rounded up, since it is a guess. */
function answersForProof({ wins, losses, counted = { wins, losses }, tested, level }: Decision): number | null {
  if (tested === 0 || wins <= losses) return null;
  const proven = (more: number): boolean =>
    oneSidedP(
      Math.floor(counted.wins + (more * wins) / tested),
      Math.ceil(counted.losses + (more * losses) / tested),
    ) <= level;
  // Only figures as round as a guess should be.
  for (let more = 1; more <= MOST_ANSWERS; more += more < 20 ? 1 : more < 100 ? 10 : 50) if (proven(more)) return more;
  return null;
}
