// Max pooling on channels in blocks. Its slope goes to where the largest number stands; where several are alike (empty paper), they
// share it evenly.
import { poolAttributes } from './attributes.ts';
import { BLOCKED } from './blocked.ts';
import type { Layered, Of, Tape } from './pass.ts';

/** For pictures that the windows divide without a rest. */
export function lowerBlockedMaxPool(pass: Tape & Layered, operation: Of<'maxPool'>): void {
  const { graph, values, slopes } = pass;
  const { input, output, size } = operation;
  const x = values.blocked(input);
  const pooled = graph.node('MaxPool', [x], poolAttributes(size), BLOCKED);
  values.set(output, { blocked: pooled });
  const widen = (value: string): string =>
    graph.node('Upsample', [value], { scales: [1, 1, size, size], mode: 'nearest' }, BLOCKED);
  pass.backward(() => {
    if (!slopes.has(output) || !pass.needsSlope(input)) return;
    const largest = graph.node('Cast', [graph.node('Equal', [x, widen(pooled)])], { to: 1 });
    const share = graph.node('AveragePool', [largest], poolAttributes(size), BLOCKED);
    const count = graph.node('Mul', [share, graph.scalar(size * size)]);
    const each = graph.node('Div', [slopes.blocked(output), count]);
    slopes.add(input, { blocked: graph.node('Mul', [largest, widen(each)]) });
  });
}
