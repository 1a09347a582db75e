// The gate's decision in words: the code chooses the sentence, the figures fill it.
import { labelById, type Alphabet } from '../alphabet/alphabet.ts';
import type { Decision } from '../records/decision.ts';
import { FEWEST_GLYPHS } from '../training/gate.ts';
import type { Say } from '../words/words.ts';

export function decisionText(decision: Decision | null, alphabet: Alphabet, say: Say): string {
  if (decision === null) return '';
  const { wins, losses } = decision.counted ?? decision;
  const p = Math.min(decision.p, decision.fresh.p).toPrecision(2);
  switch (decision.code) {
    case 'better':
    case 'not-enough-evidence':
      return say(`gate-${decision.code}`, { wins, losses, p });
    case 'too-few-glyphs':
      return say('gate-too-few-glyphs', { tested: decision.tested, needed: FEWEST_GLYPHS });
    case 'label-fell': {
      const fallen = decision.labels.find((each) => each.fell)?.label ?? null;
      const label = fallen === null ? say('button-reject') : (labelById(alphabet, fallen)?.text ?? String(fallen));
      return say('gate-label-fell', { label });
    }
    case 'base-fell':
      return say('gate-base-fell', { points: decision.base.fall.toFixed(2) });
    case 'too-few-people':
      return say('gate-too-few-people', { wins, losses });
    case 'withdrawn':
    case 'overtaken':
      return say(`gate-${decision.code}`);
  }
}
