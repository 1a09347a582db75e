// A training process in miniature: speaks the protocol of worker/child.ts, and does what the job's alphabet says.
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobSpec, Progress } from '../../src/records/job.ts';
import type { TrainerNews, TrainerOrder } from '../../src/runs/queue/trainer.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const tell = (news: TrainerNews): void => void process.send?.(news);
const progress = (epoch: number, checkpoint: string | null = null): Progress => ({
  stage: 'training',
  epoch,
  epochs: 3,
  loss: 1 / (epoch + 1),
  secondsLeft: 1,
  checkpoint,
});

process.on('disconnect', () => process.exit(1));
process.on('message', (order: TrainerOrder | { readonly kind: 'cancel' }) => {
  if (order.kind === 'perform') void perform(order.job);
  else if (!stubborn) {
    tell({ kind: 'failure', failure: { run: running, kind: 'cancelled', because: 'cancelled', retry: false } });
    setImmediate(() => process.exit(0));
  }
});

let running = '';
let stubborn = false;

async function perform(job: JobSpec): Promise<void> {
  running = job.run;
  const [what] = job.alphabet.split(' ');
  stubborn = what === 'stubborn';
  tell({ kind: 'progress', progress: progress(0) });
  switch (what) {
    case 'crash':
      console.error('out of memory');
      return void process.kill(process.pid, 'SIGKILL');
    case 'crash-once':
      tell({ kind: 'progress', progress: progress(1, hash('checkpoint')) });
      await sleep(200);
      if (job.checkpoint === null) process.kill(process.pid, 'SIGKILL');
      break;
    case 'fail':
      tell({ kind: 'failure', failure: { run: job.run, kind: 'failed', because: 'no samples', retry: false } });
      await sleep(50);
      return process.exit(0);
    case 'nonsense':
      tell({ kind: 'progress', progress: { ...progress(1), loss: NaN } });
      tell({ kind: 'gossip' } as unknown as TrainerNews);
      break;
    case 'forever':
    case 'stubborn':
      tell({ kind: 'progress', progress: progress(1, hash('checkpoint')) });
      await sleep(600_000);
      break;
    case 'until-checkpoint':
      tell({ kind: 'progress', progress: progress(1, hash('checkpoint')) });
      if (job.checkpoint === null) await sleep(600_000);
      break;
    case undefined:
    default:
      await sleep(100);
  }
  tell({ kind: 'progress', progress: progress(3) });
  tell({
    kind: 'result',
    result: { run: job.run, artifact: hash(`${job.run} ${job.checkpoint ?? ''}`), evaluation: hash('evaluation') },
  });
  await sleep(50);
  process.exit(0);
}
