// What a network that finds things answers for each pixel, what it is taught, and what its errors cost. The engines' losses follow this.
import { UsageError } from '../errors.ts';
import type { Plan } from './plan.ts';

/**
 * Channels of the answer: whether the middle of a handwritten character is here, and of print (logits); the logarithms of the distances
 * from here to the box's left, top, right and bottom side; whether there is ink here (a logit).
 */
export const ANSWERS = { hand: 0, print: 1, sides: 2, ink: 6, count: 7 } as const;

/** Planes of the targets: closeness to a middle of either kind (1 in it), the weight of the box here, its sides, ink (0 … 1). */
export const TARGETS = { hand: 0, print: 1, box: 2, sides: 3, ink: 7, count: 8 } as const;

/**
 * Parts of the loss: focal loss of middles (Law and Deng, 2018), smooth L1 of sides + (1 - IoU), cross-entropy of ink. A glyph's weight
 * is that of its middles and boxes; ink weighs the same in all.
 */
export const LOSS = { focus: 2, far: 4, ink: 2, least: 1e-6 } as const;

/** Shape of one glyph's targets. Throws UsageError where each pixel is answered for by another number of channels. */
export function targetShape(plan: Plan): readonly number[] {
  if (plan.architecture.head !== 'pixels') return [plan.outputs];
  const [channels, height = 0, width = 0] = plan.shapes.at(-1) ?? [];
  if (channels !== ANSWERS.count) throw new UsageError(`a network that finds things has ${ANSWERS.count} outputs`);
  return [TARGETS.count, height, width];
}
