// What travels between an app and whoever trains: the job, its progress and its result, each parsed at the door with
// zod. Bytes never travel here, only their hashes.
import { z } from 'zod';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
/** A label's id; null stands for "not a character". */
const labelOrNone = z.int().nonnegative().nullable();

/** Not strict: a job that an earlier version stored may say more. */
const job = z.object({
  run: z.string().regex(/^[\w-]{1,64}$/),
  alphabet: z.string().min(1),
  /** The labels the challenger must tell apart, in the alphabet's order. */
  labels: z.array(z.object({ id: z.int().nonnegative(), text: z.string().min(1) })).min(2),
  /** Groups of label ids whose shapes differ only in size: twins, any of which is right where another of them is. */
  confusable: z.array(z.array(z.int().nonnegative())).default([]),
  /** Labels that models may know and that are part of another now. */
  merged: z.array(z.object({ id: z.int().nonnegative(), into: z.int().nonnegative() })).optional(),
  /** Hash of the frozen samples, and the snapshot's id for the lineage. */
  snapshot: hash,
  snapshotId: z.string(),
  /**
   * Hash of the artifact that answers now: where training starts and what the challenger is compared with. Null: the
   * alphabet has no model yet, the challenger learns from nothing and is compared with one that reads nothing.
   */
  champion: hash.nullable(),
  /** Without a champion: a model of another alphabet, whose layers but the last a first model goes on with. */
  pretrained: hash.nullable().optional(),
  /** The champion's version, for the lineage. */
  parent: z.string().nullable(),
  /** Hash of the backbone that pictures are seen with, or the word for there being none; null for glyphs of ink. */
  backbone: z.union([hash, z.literal('none')]).nullish(),
  /** Whether pictures may be mirrored while they are learnt. */
  mirror: z.boolean().optional(),
  /** Hash of the bank of base glyphs from which replay is synthesised; null when the alphabet has none. */
  bank: hash.nullable(),
  /** The largest sample id that the champion or an ancestor of it was trained on; later ones may be cross-fitted. */
  seenThrough: z.int().nonnegative(),
  seed: z.int().nonnegative(),
  threads: z.int().positive(),
  engine: z.enum(['onnx', 'tfjs']),
  /** Training stops, keeping the best so far, when it has run for so many seconds. */
  deadlineSeconds: z.number().positive(),
  /** Hash of the last checkpoint of an earlier attempt at this run. */
  checkpoint: hash.nullable(),
  /** Hash of a model that is only to be judged; without it one is trained. */
  challenger: hash.nullish(),
  /** Keyed hashes of contributors whose samples all count, however many: operators and imports. */
  trusted: z.array(z.string()).optional(),
});

/** Everything a trainer needs to perform one run without ever seeing the database. Earlier versions called what is pretrained `eyes`. */
export const jobSpec = z.preprocess(
  (stored) =>
    typeof stored === 'object' && stored !== null && 'eyes' in stored ? { pretrained: stored.eyes, ...stored } : stored,
  job,
);
export type JobSpec = Readonly<z.infer<typeof jobSpec>>;

const trainingStages = ['preparing', 'training', 'cross-fitting', 'evaluating', 'storing'] as const;
export type TrainingStage = (typeof trainingStages)[number];

export const progressReport = z.strictObject({
  stage: z.enum(trainingStages),
  /** Epochs done, and how many there will be at most. */
  epoch: z.int().nonnegative(),
  epochs: z.int().nonnegative(),
  /** Of all that there is to do, from 0 to 1, by the time it takes; absent from earlier releases. */
  share: z.number().min(0).max(1).optional(),
  /** Mean training loss of the last epoch; null before the first. */
  loss: z.number().nullable(),
  /** A guess at what is left until the result; null while nothing is known. */
  secondsLeft: z.number().nonnegative().nullable(),
  /** Hash of a checkpoint that is whole in the blobs. */
  checkpoint: hash.nullable(),
});
export type Progress = Readonly<z.infer<typeof progressReport>>;

/** How one glyph of people's was read by both models. */
const reading = z.strictObject({
  sample: z.int().nonnegative(),
  label: labelOrNone,
  /** −1: it does not know the label it should have read at all. */
  champion: z.int().min(-1).nullable(),
  challenger: labelOrNone,
  /** test: of the test split. cross-fit: of the train split, judged by a model that had not seen it. */
  source: z.enum(['test', 'cross-fit']),
});

const scores = z.strictObject({ accuracy: z.number(), macroF1: z.number(), ece: z.number() });

/** What both models did on the same glyphs: the gate's material. Stored as a blob of JSON. */
export const evaluation = z.strictObject({
  people: z.array(reading),
  /** The base set, label by label: how many, and how many each model got right. */
  base: z.array(
    z.strictObject({
      label: labelOrNone,
      tested: z.int().nonnegative(),
      championRight: z.int().nonnegative(),
      challengerRight: z.int().nonnegative(),
    }),
  ),
  /** Scores on people's test glyphs; null when there are none. */
  peopleScores: z.strictObject({ champion: scores, challenger: scores }).nullable(),
  baseScores: z.strictObject({ champion: scores, challenger: scores }).nullable(),
  training: z.strictObject({
    /** Id of the challenger's architecture. */
    architecture: z.string(),
    /** Of the process that trained it, on whatever machine; results stored before it was told do not say. */
    codeVersion: z.string().default('unknown'),
    /** Hash of the frozen samples as they were read; results stored before it was told do not say. */
    snapshot: hash.optional(),
    samples: z.int().nonnegative(),
    replay: z.int().nonnegative(),
    epochs: z.int().nonnegative(),
    learningRate: z.number(),
    /** How far it went from the champion's weights to the learnt ones, 0 … 1. */
    blend: z.number(),
    loss: z.number().nullable(),
    seconds: z.number(),
    stoppedBy: z.enum(['finished', 'early-stop', 'deadline']),
  }),
});
export type Evaluation = Readonly<z.infer<typeof evaluation>>;
export type GlyphReading = Readonly<z.infer<typeof reading>>;

export const jobResult = z.strictObject({
  run: z.string(),
  /** Hash of the challenger, whole in the blobs. */
  artifact: hash,
  /** Hash of the evaluation's JSON, whole in the blobs. */
  evaluation: hash,
});
export type JobResult = Readonly<z.infer<typeof jobResult>>;

/** Why a run gave no result. `retry` says whether the same job may succeed another time (a lost worker, a full disk). */
export const jobFailure = z.strictObject({
  run: z.string(),
  kind: z.enum(['failed', 'cancelled']),
  because: z.string(),
  retry: z.boolean(),
});
export type JobFailure = Readonly<z.infer<typeof jobFailure>>;
