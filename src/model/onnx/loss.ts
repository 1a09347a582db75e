// Cross-entropy over accepted outputs, and its gradient, as graph nodes.
import type { GraphBuilder } from './graph.ts';

/**
 * With p the softmax of the logits, m the targets and e the label smoothing, a glyph's loss is
 * (1 - e) · -log Σ m p + e · mean(-log p); its gradient by the logits p - (1 - e) · m p / Σ m p - e / outputs. The batch's loss
 * is Σ weight · loss / batch.
 */
export function crossEntropy(
  graph: GraphBuilder,
  logits: string,
  options: {
    readonly glyphs: number;
    readonly batch: number;
    readonly outputs: number;
    readonly labelSmoothing: number;
  },
): { readonly loss: string; readonly slope: string } {
  const { glyphs, batch, outputs, labelSmoothing } = options;
  const targets = graph.input('targets', [glyphs, outputs]);
  const weights = graph.node('Mul', [graph.input('weights', [glyphs, 1]), graph.scalar(1 / batch)]);
  const axis = graph.integers(1);
  const sum = (value: string): string => graph.node('ReduceSum', [value, axis]);

  const logProbabilities = graph.node('LogSoftmax', [logits], { axis: 1 });
  const probabilities = graph.node('Exp', [logProbabilities]);
  const accepted = graph.node('Mul', [targets, probabilities]);
  const acceptedSum = graph.node('Max', [sum(accepted), graph.scalar(1e-30)]);
  const smoothed = graph.node('Mul', [sum(logProbabilities), graph.scalar(labelSmoothing / outputs)]);
  const sharp = graph.node('Mul', [graph.node('Log', [acceptedSum]), graph.scalar(1 - labelSmoothing)]);
  const each = graph.node('Mul', [graph.node('Neg', [graph.node('Add', [sharp, smoothed])]), weights]);
  const loss = graph.node('Reshape', [graph.node('ReduceSum', [each]), graph.integers(1)]);

  const share = graph.node('Div', [accepted, acceptedSum]);
  const target = graph.node('Mul', [share, graph.scalar(1 - labelSmoothing)]);
  const even = graph.node('Sub', [probabilities, graph.scalar(labelSmoothing / outputs)]);
  return { loss, slope: graph.node('Mul', [graph.node('Sub', [even, target]), weights]) };
}
