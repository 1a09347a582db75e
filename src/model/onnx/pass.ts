// What a layer is handed when it is turned into nodes of a training graph, by who needs what. "Slope" is the gradient of the loss by
// a value.
import type { TrainerOptions } from '../engine.ts';
import type { Operation, Plan } from '../plan.ts';
import type { Order } from './blocked.ts';
import type { GraphBuilder } from './graph.ts';
import type { Layouts } from './layouts.ts';

/** For every layer: values on the way forward, slopes on the way back. */
export interface Tape {
  readonly graph: GraphBuilder;
  readonly plan: Plan;
  readonly glyphs: number;
  value(id: number): string;
  give(id: number, value: string): void;
  /** Registers what is to be done on the way back. */
  backward(undo: () => void): void;
  /** Undefined for a value that nothing after it uses. */
  slope(id: number): string | undefined;
  needsSlope(id: number): boolean;
  addSlope(id: number, slope: string): void;
}

/** For layers that work in either layout of channels. */
export interface Layered {
  readonly values: Layouts;
  readonly slopes: Layouts;
  /** Channels in a block; 0: plain layout only. */
  readonly block: number;
}

/** For layers with weights. */
export interface Learning {
  weight(name: string): string;
  gradient(weight: string, value: string): void;
}

/** For convolution in blocks, whose weights and gradients come in other orders. */
export interface Reordering {
  /** A weight in another order, as a graph input. */
  reordered(weight: string, order: Order, shape: readonly number[]): string;
  /** A gradient whose numbers come out in another order; `order` says where to find those of the weight. */
  gradientIn(weight: string, value: string, order: Order, shape: readonly number[]): void;
  /** The only operation that uses a value, or undefined when there are several or none. */
  onlyUser(id: number): Operation | undefined;
}

/** For batch norm, and for the convolution that takes its mean away beforehand. */
export interface Normalising {
  readonly batchNorm: TrainerOptions['batchNorm'];
  /** Values that stand for themselves less the running mean of the batch norm that follows. */
  readonly centred: Set<number>;
  statistic(weight: string, value: string): void;
}

/** For dropout. */
export interface Masked {
  mask(index: number): string;
}

/** One way through the plan, forward and back. */
export type Pass = Tape & Layered & Learning & Reordering & Normalising & Masked;

export type Of<K extends Operation['kind']> = Extract<Operation, { kind: K }>;
