// A training process that keeps one checkpoint in its notebook and then waits to be cancelled, or killed.
import { openBlobs } from '../../src/blobs/open.ts';
import { openNotebook } from '../../src/learning/notebook.ts';
import type { TrainerNews, TrainerOrder } from '../../src/runs/queue/trainer.ts';

let run = '';
const tell = (news: TrainerNews): void => void process.send?.(news);

process.on('disconnect', () => process.exit(1));
process.on('message', (order: TrainerOrder | { readonly kind: 'cancel' }) => {
  if (order.kind === 'perform') return void perform(order);
  tell({ kind: 'failure', failure: { run, kind: 'cancelled', because: 'cancelled', retry: false } });
  setImmediate(() => process.exit(0));
});

async function perform({ job, blobs: settings }: TrainerOrder): Promise<void> {
  ({ run } = job);
  const notebook = await openNotebook(await openBlobs(settings), null, { everyMs: 0, now: () => 0 });
  await notebook.keep('fit', Buffer.from(`${run} weights`));
  const checkpoint = notebook.current();
  tell({ kind: 'progress', progress: { stage: 'training', epoch: 1, epochs: 4, loss: 1, secondsLeft: 1, checkpoint } });
}
