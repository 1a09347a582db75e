// The process that performs one training run and ends: forked by the app when it runs alone, by worker/main.ts otherwise.
// It speaks with its parent only by messages, and dies with it.
import os from 'node:os';
import { openBlobs, type BlobSettings } from '../src/blobs/open.ts';
import { messageOf, OperationalError } from '../src/errors.ts';
import { jobSpec } from '../src/records/job.ts';
import { embeddingsFolder, makeSightOf } from '../src/backbone/sight.ts';
import { perform, type PerformTools } from '../src/learning/perform.ts';
import type { TrainerNews } from '../src/runs/queue/trainer.ts';

const stop = new AbortController();
let started = false;

process.on('disconnect', () => process.exit(1));
// Ctrl+C in a terminal reaches everybody at once; whoever started this process says when it is to end.
process.on('SIGINT', () => undefined);
// Whoever answers people comes first.
os.setPriority(10);

process.on('message', (message: { readonly kind: string; readonly job?: unknown; readonly blobs?: unknown }) => {
  if (message.kind === 'cancel') stop.abort();
  if (message.kind === 'perform' && !started) {
    started = true;
    void run(message.job, message.blobs as BlobSettings);
  }
});

async function run(order: unknown, settings: BlobSettings): Promise<void> {
  const job = jobSpec.parse(order);
  try {
    const blobs = await openBlobs(settings);
    const tools: PerformTools = {
      blobs,
      sightOf: makeSightOf({ blobs, folder: embeddingsFolder(settings), threads: job.threads }),
      onProgress: (progress) => tell({ kind: 'progress', progress }),
      signal: stop.signal,
      now: () => performance.now(),
    };
    const result = await perform(job, tools);
    await tell({ kind: 'result', result });
    process.exit(0);
  } catch (thrown) {
    const cancelled = stop.signal.aborted;
    // A full disk or a lost network may pass; a bug comes again, and the log wants to see it.
    if (!cancelled && !(thrown instanceof OperationalError)) console.error(thrown);
    const failure = {
      run: job.run,
      kind: cancelled ? ('cancelled' as const) : ('failed' as const),
      because: cancelled ? 'cancelled' : messageOf(thrown),
      retry: !cancelled && thrown instanceof OperationalError,
    };
    await tell({ kind: 'failure', failure });
    process.exit(0);
  }
}

/** Resolves when the parent has it, or is gone. */
function tell(news: TrainerNews): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve();
    else process.send(news, undefined, undefined, () => resolve());
  });
}
