// A training process that does in a moment what worker/child.ts does in seconds: the same messages and the same blobs, but
// the challenger is the champion under another seed, said to read every glyph that the champion misses.
import { setTimeout as sleep } from 'node:timers/promises';
import { openBlobs } from '../../src/blobs/open.ts';
import { readSnapshot } from '../../src/dataset/snapshot.ts';
import { decodeArtifact, encodeArtifact } from '../../src/model/artifact.ts';
import type { Evaluation } from '../../src/records/job.ts';
import type { TrainerNews, TrainerOrder } from '../../src/runs/queue/trainer.ts';

process.on('disconnect', () => process.exit(1));
process.on('message', (order: TrainerOrder | { readonly kind: 'cancel' }) => {
  if (order.kind === 'perform') void perform(order);
});

const tell = (news: TrainerNews): Promise<void> =>
  new Promise((resolve) => process.send?.(news, undefined, undefined, () => resolve()));

async function perform({ job, blobs: settings }: TrainerOrder): Promise<void> {
  const blobs = await openBlobs(settings);
  const people: Evaluation['people'] = [];
  const { samples } = await readSnapshot(blobs.stream(job.snapshot));
  for await (const { id, labelId, split } of samples)
    if (split === 'test')
      people.push({ sample: id, label: labelId, champion: -1, challenger: labelId, source: 'test' });
  for (let epoch = 1; epoch <= 4; epoch++) {
    const checkpoint = await blobs.put(Buffer.from(`${job.run} ${epoch}`));
    await tell({
      kind: 'progress',
      progress: { stage: 'training', epoch, epochs: 4, loss: 1, secondsLeft: 1, checkpoint },
    });
    await sleep(40);
  }
  const { metadata, network } = decodeArtifact(await blobs.get(job.champion ?? ''));
  const lineage = { ...metadata.lineage, seed: job.seed, snapshot: job.snapshotId, parent: job.parent };
  const artifact = await blobs.put(encodeArtifact({ metadata: { ...metadata, lineage }, network }));
  const judged: Evaluation = {
    people,
    base: [],
    peopleScores: null,
    baseScores: null,
    training: {
      architecture: network.architecture.id,
      codeVersion: 'quick',
      snapshot: job.snapshot,
      samples: 0,
      replay: 0,
      epochs: 4,
      learningRate: 0,
      blend: 1,
      loss: 1,
      seconds: 0,
      stoppedBy: 'finished',
    },
  };
  const evaluation = await blobs.put(Buffer.from(JSON.stringify(judged)));
  await tell({ kind: 'result', result: { run: job.run, artifact, evaluation } });
  process.exit(0);
}
