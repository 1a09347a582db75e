// What an engine does for us, no vendor in sight: train a network, and read glyphs with it. onnx/ and tfjs/ implement it.
import type { Architecture } from './architectures/architecture.ts';

export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Parameters and running averages by name; `planOf` lists the names and shapes. */
export type Weights = ReadonlyMap<string, Tensor>;

/** A network with its weights: all that is needed to read or to go on training. */
export interface Network {
  readonly architecture: Architecture;
  /** Number of outputs (logits). */
  readonly outputs: number;
  readonly weights: Weights;
}

export interface TrainerOptions {
  readonly architecture: Architecture;
  readonly outputs: number;
  /** Glyphs a step; fixed. Wrap the last batch of an epoch round rather than shorten it. */
  readonly batch: number;
  /** Glyphs gone through at once, where a batch is shared out: `gradients` is then asked part by part, and `move` given their sum. */
  readonly part?: number | undefined;
  /** Cores to use. Part of what makes a run repeatable: same seed and same threads, same weights, bit for bit. */
  readonly threads: number;
  /** `frozen`: batch norm uses its running averages, as in reading, and they stay; its scale and shift still learn. */
  readonly batchNorm: 'train' | 'frozen';
  /** 0 … 1: the share of the target spread evenly over all outputs. */
  readonly labelSmoothing: number;
  /** How weights move: AdamW when left out. */
  readonly descent?: 'adamw' | 'nesterov' | undefined;
  /** For the kernels of conv and dense only; of AdamW decoupled, times the learning rate. */
  readonly weightDecay: number;
  /** Where weight decay pulls to: 0, or these weights (L2-SP: stay near what was learnt before). */
  readonly anchor?: Weights | undefined;
}

/** n glyphs, n = the trainer's batch. */
export interface TrainingBatch {
  /** [n, 1, s, s], ink 0 … 1. */
  readonly inputs: Float32Array;
  /**
   * [n, outputs], 1 where that output is an acceptable answer, else 0; at least one 1 a row (two when the case is unknown). Where each
   * pixel is answered for: the planes of places.ts.
   */
  readonly targets: Float32Array;
  /** [n], the weight of each glyph's loss; 1 is usual. */
  readonly weights: Float32Array;
}

/** All that changes while training; give it back to go on exactly where it stopped. */
export interface TrainingState {
  readonly weights: Weights;
  /** The optimiser's averages of gradient and squared gradient, by parameter; empty at the start. */
  readonly firstMoments: Weights;
  readonly secondMoments: Weights;
  /** Steps taken. */
  readonly steps: number;
}

/** A dropout layer's mask: `size` numbers a glyph, each 0 (dropped) or 1 / (1 - rate). */
interface DropoutMask {
  readonly size: number;
  readonly rate: number;
}

export interface Trainer {
  /** What `masks` must hold, in this order: n × size numbers each. */
  readonly masks: readonly DropoutMask[];
  /** One step of the optimiser. Returns the batch's loss before it: the mean of weight · loss over the glyphs. */
  step(batch: TrainingBatch, masks: readonly Float32Array[], learningRate: number): Promise<number>;
  /** Loss and its gradient by parameter, nothing changed; of a part, what it adds to those of the batch. */
  gradients(
    batch: TrainingBatch,
    masks: readonly Float32Array[],
  ): Promise<{ readonly loss: number; readonly gradients: Weights }>;
  /** The step that these gradients ask for. Batch norm's running averages stay. */
  move(gradients: Weights, learningRate: number): void;
  /** The weights as they are now. Whoever writes into them says what the next gradients are of. */
  readonly weights: Weights;
  /** A copy of the state. */
  state(): TrainingState;
  close(): Promise<void>;
}

/** What a network makes of n glyphs. */
export interface NetworkAnswers {
  /** [n, outputs]; [n, outputs, height, width] where each pixel is answered for. */
  readonly logits: Float32Array;
  /** [n, embedding]: what the network knows of a glyph before its last layer. Empty where each pixel is answered for. */
  readonly embeddings: Float32Array;
}

export interface Inference {
  readonly inputSize: number;
  readonly outputs: number;
  /** Numbers in a glyph's embedding. */
  readonly embedding: number;
  /** As `logits`, with the embeddings. */
  answers(inputs: Float32Array): Promise<NetworkAnswers>;
  /** [n, 1, s, s] ink 0 … 1 → [n, outputs] logits, [n, outputs, height, width] where each pixel is answered for. Any n; gives way to other work between small portions. */
  logits(inputs: Float32Array): Promise<Float32Array>;
  close(): Promise<void>;
}

export interface Engine {
  readonly name: 'onnx' | 'tfjs';
  /** Throws UsageError when the architecture is none, or the state is not its. */
  compile(options: TrainerOptions, start: TrainingState): Promise<Trainer>;
  load(network: Network, options?: { readonly threads?: number | undefined }): Promise<Inference>;
}
