// The proof card's rows in words: each of the gate's conditions with its figures, the duel, and what would decide what is open.
import { labelById, type Alphabet } from '../alphabet/alphabet.ts';
import { FEWEST_GLYPHS, type Decision } from '../records/decision.ts';
import { legibleLabel } from '../report/legible.ts';
import type { ConditionRow } from '../report/proof-card.ts';
import { conditionsOf, proofFigures, wantingOf, type ConditionKind } from '../runs/conditions.ts';
import type { DuelShown } from '../runs/duels.ts';
import { oddsText } from '../words/duel-text.ts';
import type { Say } from '../words/words.ts';

export function conditionRows(decision: Decision, alphabet: Alphabet, say: Say): readonly ConditionRow[] {
  return conditionsOf(decision).map(({ kind, holds }) => ({
    state: holds ? 'holds' : 'fails',
    name: say(`condition-${kind}`),
    figures: figuresOf(kind, decision, alphabet, say),
  }));
}

function figuresOf(kind: ConditionKind, decision: Decision, alphabet: Alphabet, say: Say): string {
  switch (kind) {
    case 'proof': {
      const figures = proofFigures(decision);
      return say('condition-proof-figures', { ...figures, chance: chanceOf(figures.p) });
    }
    case 'labels': {
      // The one that fell, else whichever lost most.
      const fell = decision.labels.filter((each) => each.fell);
      const [worst] = (fell.length > 0 ? fell : decision.labels).toSorted(
        (a, b) => b.losses - b.wins - (a.losses - a.wins),
      );
      if (worst === undefined || worst.losses <= worst.wins) return say('condition-labels-none');
      const { wins, losses } = worst;
      return say('condition-labels-figures', {
        label: labelText(alphabet, worst.label, say('button-reject')),
        wins,
        losses,
      });
    }
    case 'base': {
      const { tested, championRight: before, challengerRight: after } = decision.base;
      return say('condition-base-figures', { tested, before, after });
    }
    case 'glyphs':
      return say('condition-glyphs-figures', { tested: decision.tested, needed: FEWEST_GLYPHS });
    case 'people':
      return say('condition-people-figures', decision.people ?? { won: 0, taught: 0 });
  }
}

export function duelRow(duel: DuelShown, say: Say): ConditionRow {
  const { state } = duel.duel;
  return {
    state: state === 'open' ? 'open' : state === 'won' ? 'holds' : 'fails',
    name: oddsText(duel, say),
    figures: '',
  };
}

export function wantingBox(
  decision: Decision,
  alphabet: Alphabet,
  say: Say,
): { readonly title: string; readonly text: string } | null {
  const wanting = wantingOf(
    decision,
    alphabet.labels.map(({ id }) => id),
  );
  if (wanting === null) return null;
  const text = (): string => {
    if (wanting.kind === 'alike') return say('wanting-alike');
    const labels = wanting.labels.map((id) => labelText(alphabet, id, say('button-reject'))).join(', ');
    if (wanting.kind === 'label') return say('wanting-label', { labels });
    if (wanting.count === null) return say('wanting-level', { labels });
    return say(`wanting-${wanting.kind}`, { count: wanting.count, labels });
  };
  return { title: say('wanting-title'), text: text() };
}

/** A label as charts write it; `reject`: what stands for "not a character". */
export function labelText(alphabet: Alphabet, id: number | null, reject = '×'): string {
  if (id === null) return reject;
  const label = labelById(alphabet, id);
  return label === undefined ? '?' : legibleLabel(label);
}

/** How often chance alone would do as much, in per cent. */
function chanceOf(p: number): string {
  if (p < 0.001) return '< 0.1 %';
  return `${(100 * p).toFixed(p < 0.1 ? 1 : 0)} %`;
}
