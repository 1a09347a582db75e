// Training: the queue, the runs and what starts them, and the owner's own alphabets.
import { fileURLToPath } from 'node:url';
import { shippedAlphabets } from '../alphabet/list.ts';
import { makeAnnounce } from '../chat/announce.ts';
import { drawText } from '../report/lettering.ts';
import { makeOwnBackbones, type OwnBackbones } from '../runs/backbones.ts';
import { makeAutomatic, type Automatic } from '../runs/automatic.ts';
import type { CrashPoint } from '../runs/crash.ts';
import { makeDesk, type Desk } from '../runs/desk.ts';
import { makeDuelling, type Duelling } from '../runs/duelling.ts';
import type { FinaliseTools } from '../runs/finalise.ts';
import { makeOwnAlphabets, type OwnAlphabets } from '../runs/own-alphabets.ts';
import type { PrepareTools } from '../runs/prepare.ts';
import { openQueue } from '../runs/queue/open.ts';
import type { QueueHealth, TrainingQueue } from '../runs/queue/queue.ts';
import { makeRuns, type Runs } from '../runs/runs.ts';
import { makeBankOf } from '../runs/seeds.ts';
import type { OpenedModels } from './models.ts';
import type { OpenedStorage } from './storage.ts';

const TRAINING_DEADLINE_SECONDS = 3600;

export interface Training {
  readonly runs: Runs;
  readonly training: Desk;
  /** Making, growing and putting away the owner's own. */
  readonly own: OwnAlphabets;
  /** Networks that pictures are seen with. */
  readonly backbones: OwnBackbones;
  /** What moving the champion by hand and freezing snapshots need. */
  readonly tools: PrepareTools & FinaliseTools;
  queueHealth(): Promise<QueueHealth>;
}

export interface OpenedTraining extends Training {
  readonly queue: TrainingQueue;
  readonly automatic: Automatic;
  readonly duelling: Duelling;
}

export async function openTraining(
  storage: OpenedStorage,
  { verify }: Pick<OpenedModels, 'verify'>,
  crashPoint: CrashPoint,
  operators: Parameters<typeof makeAnnounce>[2],
): Promise<OpenedTraining> {
  const { config, log, store, blobs, now, alphabetOf, instance, blobSettings } = storage;
  const tools: PrepareTools & FinaliseTools = {
    store,
    blobs,
    alphabetOf,
    bankOf: makeBankOf({ store, blobs }),
    engine: config.engine,
    threads: config.trainingThreads,
    deadlineSeconds: TRAINING_DEADLINE_SECONDS,
    instance,
    now,
    verify,
    announce: makeAnnounce(store, now, operators),
    crashPoint,
  };
  const queue = await openQueue({
    redisUrl: config.redisUrl,
    trainer: { entry: fileURLToPath(new URL('../../worker/child.ts', import.meta.url)), blobs: blobSettings },
    log,
  });
  const runs = makeRuns({ ...tools, queue, log });
  return {
    tools,
    queue,
    runs,
    training: makeDesk({ store, runs, tools }),
    automatic: makeAutomatic({
      store,
      runs,
      settings: { afterSamples: config.retrainAfter, everyHours: config.retrainEveryHours },
      log,
      now,
    }),
    duelling: makeDuelling({ ...tools, twinsOf: (id) => storage.alphabets.get(id)?.confusable ?? [], log }),
    backbones: makeOwnBackbones({ store, blobs, now }),
    own: makeOwnAlphabets({
      store,
      blobs,
      shipped: shippedAlphabets,
      draw: drawText,
      engine: config.engine,
      threads: config.trainingThreads,
      now,
    }),
    queueHealth: () => queue.health(),
  };
}
