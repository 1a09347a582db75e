// The loss of a network that finds things, and its gradient, as graph nodes (places.ts tells what the channels are).
import { ANSWERS, LOSS, TARGETS, targetShape } from '../places.ts';
import type { Plan } from '../plan.ts';
import type { GraphBuilder } from './graph.ts';

/** With z a middle's logit and p its sigmoid: (1 - p)² · -log p in a middle, else (1 - y)⁴ p² · -log(1 - p); by the number of middles. */
export function placesLoss(
  graph: GraphBuilder,
  logits: string,
  plan: Plan,
  glyphs: number,
): { readonly loss: string; readonly slope: string } {
  const shape = [glyphs, ...targetShape(plan)];
  const [, , height = 0, width = 0] = shape;
  const targets = graph.input('targets', shape);
  const weights = graph.node('Reshape', [graph.input('weights', [glyphs, 1]), graph.integers(glyphs, 1, 1, 1)]);

  const mul = (a: string, b: string): string => graph.node('Mul', [a, b]);
  const add = (a: string, b: string): string => graph.node('Add', [a, b]);
  const sub = (a: string, b: string): string => graph.node('Sub', [a, b]);
  const number = (value: number): string => graph.scalar(value);
  const square = (value: string): string => mul(value, value);
  const sum = (value: string): string => graph.node('ReduceSum', [value], { keepdims: 0 });
  const atLeast = (value: string, least: number): string => graph.node('Max', [value, number(least)]);
  const channels = (from: string, start: number, count: number): string =>
    graph.node('Slice', [from, graph.integers(start), graph.integers(start + count), graph.integers(1)]);
  const mask = (condition: string): string => graph.node('Cast', [condition], { to: 1 });

  const middles = (): readonly [loss: string, slope: string] => {
    const z = channels(logits, ANSWERS.hand, 2);
    const y = channels(targets, TARGETS.hand, 2);
    const p = graph.node('Sigmoid', [z]);
    const rest = sub(number(1), p);
    const logP = graph.node('Neg', [graph.node('Softplus', [graph.node('Neg', [z])])]);
    const logRest = graph.node('Neg', [graph.node('Softplus', [z])]);
    const isMiddle = mask(graph.node('Greater', [y, number(1 - LOSS.least)]));
    const share = mul(weights, graph.node('Reciprocal', [atLeast(sum(isMiddle), 1)]));
    const near = mul(isMiddle, square(rest));
    const far = mul(sub(number(1), isMiddle), mul(square(square(sub(number(1), y))), square(p)));
    const loss = graph.node('Neg', [sum(mul(share, add(mul(near, logP), mul(far, logRest))))]);
    const nearSlope = mul(near, sub(mul(number(LOSS.focus), mul(p, logP)), rest));
    const farSlope = mul(far, sub(p, mul(number(LOSS.focus), mul(rest, logRest))));
    return [loss, mul(share, add(nearSlope, farSlope))];
  };

  const boxes = (): readonly [loss: string, slope: string] => {
    const z = channels(logits, ANSWERS.sides, 4);
    const t = channels(targets, TARGETS.sides, 4);
    const given = channels(targets, TARGETS.box, 1);
    const share = mul(mul(weights, given), graph.node('Reciprocal', [atLeast(sum(given), 1)]));
    // Smooth L1.
    const off = sub(z, t);
    const bounded = graph.node('Max', [graph.node('Min', [off, number(1)]), number(-1)]);
    const each = mul(bounded, sub(off, mul(number(0.5), bounded)));
    // IoU of two boxes around the same pixel.
    const own = graph.node('Exp', [z]);
    const real = graph.node('Exp', [t]);
    const both = graph.node('Min', [own, real]);
    const side = (of: string, index: number): string => channels(of, index, 1);
    const wide = (of: string): string => add(side(of, 0), side(of, 2));
    const high = (of: string): string => add(side(of, 1), side(of, 3));
    const [wideOwn, highOwn, wideBoth, highBoth] = [wide(own), high(own), wide(both), high(both)];
    const common = mul(wideBoth, highBoth);
    const union = sub(add(mul(wideOwn, highOwn), mul(wide(real), high(real))), common);
    const iou = graph.node('Div', [common, union]);
    const loss = sum(mul(share, add(graph.node('ReduceSum', [each, graph.integers(1)]), sub(number(1), iou))));
    // d IoU / d side = (d common · (union + common) - common · d area) / union², and d side / d z = side.
    const inner = mask(graph.node('Less', [own, real]));
    const across = (a: string, b: string): string => graph.node('Concat', [a, b, a, b], { axis: 1 });
    const commonBySide = mul(inner, across(highBoth, wideBoth));
    const areaBySide = across(highOwn, wideOwn);
    const top = sub(mul(commonBySide, add(union, common)), mul(common, areaBySide));
    const iouSlope = mul(own, graph.node('Div', [top, square(union)]));
    return [loss, mul(share, sub(bounded, iouSlope))];
  };

  const ink = (): readonly [loss: string, slope: string] => {
    const z = channels(logits, ANSWERS.ink, 1);
    const y = channels(targets, TARGETS.ink, 1);
    const share = number(LOSS.ink / (glyphs * height * width));
    const loss = mul(share, sum(sub(graph.node('Softplus', [z]), mul(y, z))));
    return [loss, mul(share, sub(graph.node('Sigmoid', [z]), y))];
  };

  const parts = [middles(), boxes(), ink()];
  const total = parts.map(([loss]) => loss).reduce(add);
  return {
    loss: graph.node('Reshape', [total, graph.integers(1)]),
    slope: graph.node(
      'Concat',
      parts.map(([, slope]) => slope),
      { axis: 1 },
    ),
  };
}
