// How fast the default engine learns and reads, on the benchmark networks and the shipped one; beside PyTorch where it is installed.
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Architecture } from '../../src/model/architectures/architecture.ts';
import { benchmarkA, benchmarkB } from '../../src/model/architectures/benchmark.ts';
import { brisk } from '../../src/model/architectures/brisk.ts';
import { keen } from '../../src/model/architectures/keen.ts';
import { dropoutMasks } from '../../src/model/fit.ts';
import { onnxEngine } from '../../src/model/onnx/engine.ts';
import { planOf } from '../../src/model/plan.ts';
import { randomFrom } from '../../src/random.ts';
import { initialWeights, startFrom } from '../../src/model/weights.ts';
import type { Figure } from './main.ts';

interface Case {
  readonly name: string;
  readonly architecture: Architecture;
  readonly outputs: number;
}
interface Speed {
  readonly perSecond: number;
  readonly perCpuSecond: number;
}
interface Theirs {
  readonly training: number;
  readonly oneThread: number;
  readonly reading: number;
}
const cases: readonly Case[] = [
  { name: 'net A', architecture: benchmarkA, outputs: 10 },
  { name: 'net B', architecture: benchmarkB, outputs: 50 },
  { name: 'shipped net, digits', architecture: brisk, outputs: 11 },
  { name: 'shipped net, letters', architecture: keen, outputs: 63 },
];
const BATCH = 64;
const SECONDS = 4;
const threads = Math.min(2, availableParallelism());

export async function benchEngine(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const each of cases) {
    const theirs = pytorch(each);
    const [both, one] = [await trainingSpeed(each, threads), await trainingSpeed(each, 1)];
    figures.push(
      beside(`training ${each.name}`, 'samples/s', both.perSecond, theirs?.training, true),
      // Counts the processor's time only, so that it holds on a busy machine too.
      beside(`training ${each.name}, one thread`, 'samples/s CPU', one.perCpuSecond, theirs?.oneThread, true),
      beside(`reading one glyph, ${each.name}`, 'ms', await readingTime(each), theirs?.reading, false),
    );
  }
  return figures;
}

function beside(name: string, unit: string, value: number, theirs: number | undefined, moreIsBetter: boolean): Figure {
  if (theirs === undefined) return { name, value, unit };
  return { name, value, unit, pytorch: theirs, ratio: moreIsBetter ? value / theirs : theirs / value };
}

function random(length: number): Float32Array {
  const next = randomFrom(1, length);
  return Float32Array.from({ length }, () => next());
}

async function trainingSpeed({ architecture, outputs }: Case, threads: number): Promise<Speed> {
  const start = startFrom(initialWeights(planOf(architecture, outputs), 1));
  const trainer = await onnxEngine.compile(
    {
      architecture,
      outputs,
      batch: BATCH,
      threads,
      batchNorm: 'train',
      labelSmoothing: 0.05,
      weightDecay: 0.01,
    },
    start,
  );
  const targets = new Float32Array(BATCH * outputs);
  for (let i = 0; i < BATCH; i++) targets[i * outputs + (i % outputs)] = 1;
  const inputs = random(BATCH * architecture.inputSize ** 2);
  const batch = { inputs, targets, weights: new Float32Array(BATCH).fill(1) };
  const masks = dropoutMasks(trainer, BATCH, 1, 0, 0);
  const { seconds, cpuSeconds } = await best(async () => void (await trainer.step(batch, masks, 1e-3)));
  await trainer.close();
  return { perSecond: BATCH / seconds, perCpuSecond: BATCH / cpuSeconds };
}

async function readingTime({ architecture, outputs }: Case): Promise<number> {
  const weights = initialWeights(planOf(architecture, outputs), 1);
  const inference = await onnxEngine.load({ architecture, outputs, weights });
  const glyph = random(architecture.inputSize ** 2);
  const { seconds } = await best(async () => void (await inference.logits(glyph)));
  await inference.close();
  return seconds * 1000;
}

/** Seconds a call takes at best, by the clock and of the processor, in rounds of a tenth of SECONDS. */
async function best(act: () => Promise<void>): Promise<{ readonly seconds: number; readonly cpuSeconds: number }> {
  for (let i = 0; i < 3; i++) await act();
  let seconds = Infinity;
  let cpuSeconds = Infinity;
  const end = performance.now() + SECONDS * 1000;
  while (performance.now() < end) {
    const start = performance.now();
    const cpu = process.cpuUsage();
    let calls = 0;
    do {
      await act();
      calls++;
    } while (performance.now() - start < SECONDS * 100);
    const { user, system } = process.cpuUsage(cpu);
    seconds = Math.min(seconds, (performance.now() - start) / 1000 / calls);
    cpuSeconds = Math.min(cpuSeconds, (user + system) / 1e6 / calls);
  }
  return { seconds, cpuSeconds };
}

/** The same network in PyTorch, measured the same way; undefined where Python or PyTorch is missing. */
function pytorch(each: Case): Theirs | undefined {
  const script = fileURLToPath(new URL('pytorch.py', import.meta.url));
  const input = JSON.stringify({ ...each, batch: BATCH, threads, seconds: SECONDS });
  // Debian's PyTorch belongs to Debian's Python, which need not be the first in PATH.
  for (const python of ['python3', '/usr/bin/python3']) {
    const { status, stdout } = spawnSync(python, [script], { input, encoding: 'utf8' });
    if (status === 0) return JSON.parse(stdout) as Theirs;
  }
  return undefined;
}
