// What a user waits for: from photo to reply, a large photo, the swap of a model, the start; and the memory it takes.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { digits } from '../../src/alphabet/digits.ts';
import { openApp, type App } from '../../src/app/open.ts';
import { parseConfig } from '../../src/config.ts';
import { makeLog } from '../../src/log.ts';
import { decodeArtifact, encodeArtifact } from '../../src/model/artifact.ts';
import type { ChatEvent } from '../../src/chat/event.ts';
import { drawnPng } from '../support/digit-set.ts';
import { newDataDir, removeDataDir, startProduct } from '../support/product.ts';
import type { Measured } from './store.ts';

/** A phone's photo: a digit of a third of the height on grainy paper, as JPEG. */
export async function phonePhoto(width: number, height: number, seed: number): Promise<Buffer> {
  const side = Math.round(height / 2);
  const ink = await drawnPng('7', { seed, side });
  const noise = { type: 'gaussian', mean: 0, sigma: 6 } as const;
  const paper = sharp({ create: { width, height, channels: 3, background: '#e8e4da', noise } });
  const background = await paper.linear(1, 225).png().toBuffer();
  return sharp(background)
    .composite([
      { input: ink, left: Math.round((width - side) / 2), top: Math.round((height - side) / 2), blend: 'multiply' },
    ])
    .jpeg({ quality: 88 })
    .toBuffer();
}

export async function benchProduct(): Promise<readonly Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'inkloop-bench-'));
  const app = await openApp(parseConfig({ DATA_DIR: folder }), { log: makeLog('silent') });
  try {
    const small = await timedPhotos(app, await phonePhoto(1280, 960, 1), 60);
    const large = await timedPhotos(app, await phonePhoto(4000, 3000, 2), 12);
    return [
      { name: 'photo → reply, 1280×960 JPEG, median', value: quantile(small, 0.5), unit: 'ms' },
      { name: 'photo → reply, 1280×960 JPEG, p95', value: quantile(small, 0.95), unit: 'ms' },
      { name: 'photo → reply, 4000×3000 JPEG, median', value: quantile(large, 0.5), unit: 'ms' },
      ...(await swap(app)),
      ...(await started()),
      ...(await packed()),
    ];
  } finally {
    await app.close();
    rmSync(folder, { recursive: true });
  }
}

async function timedPhotos(app: App, bytes: Uint8Array, times: number): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let round = 0; round < times + 5; round++) {
    const event: ChatEvent = {
      kind: 'photo',
      bytes,
      person: { platform: 'web', id: 'bench', operator: true },
      chat: { id: 'bench', kind: 'private', isChatAdmin: () => Promise.resolve(true) },
      address: {},
    };
    const began = performance.now();
    await app.handle(event);
    if (round >= 5) taken.push(performance.now() - began);
  }
  return taken;
}

/** Predictions without a break while another version becomes champion: how long the longest of them took. */
async function swap(app: App): Promise<readonly Measured[]> {
  const champion = app.store.champions.current('digits') ?? '';
  const version = app.store.versions.get(champion);
  if (version === undefined) throw new Error('there is no model of digits to swap');
  const artifact = decodeArtifact(await app.blobs.get(version.artifact), digits);
  const lineage = { ...artifact.metadata.lineage, parent: champion };
  const again = encodeArtifact({ ...artifact, metadata: { ...artifact.metadata, lineage } });
  const { id: _, number: __, unrepeatable: ___, ...same } = version;
  const next = app.store.versions.add({ ...same, artifact: await app.blobs.put(again), parent: champion });
  const glyph = new Uint8Array(version ? artifact.metadata.glyphSize ** 2 : 0);
  const taken: number[] = [];
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  let swappedAfter = -1;
  for (let round = 0; round < 2000 && swappedAfter < 500; round++) {
    if (round === 200) {
      const { alphabet } = version;
      app.store.champions.promote({
        alphabet,
        expected: champion,
        version: next.id,
        reason: 'bench',
        by: 'bench',
        at: 0,
      });
    }
    const began = performance.now();
    const reader = await app.champions.reader('digits');
    await reader?.classify([glyph]);
    taken.push(performance.now() - began);
    if (reader?.version === next.id) swappedAfter += 1;
    await new Promise((resolve) => void setImmediate(resolve));
  }
  delay.disable();
  if (swappedAfter < 0) throw new Error('the new version never answered');
  return [
    { name: 'hot swap: longest prediction', value: Math.max(...taken.slice(20)), unit: 'ms' },
    { name: 'hot swap: longest pause of the event loop', value: delay.max / 1e6, unit: 'ms' },
    { name: 'prediction of one glyph, median', value: quantile(taken, 0.5), unit: 'ms' },
  ];
}

async function started(): Promise<readonly Measured[]> {
  const dataDir = newDataDir();
  const taken: number[] = [];
  let resident = 0;
  try {
    for (let round = 0; round < 3; round++) {
      const began = performance.now();
      const product = await startProduct({ DATA_DIR: dataDir });
      taken.push(performance.now() - began);
      const status = readFileSync(`/proc/${product.process.pid}/status`, 'utf8');
      resident = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
      await product.stop();
    }
  } finally {
    removeDataDir(dataDir);
  }
  return [
    { name: 'start-up to the page being there, median', value: quantile(taken, 0.5), unit: 'ms' },
    { name: 'memory after the start', value: resident, unit: 'MB' },
  ];
}

/** As a package runs it, translated, beside a Node that does nothing: medians of five each. */
async function packed(): Promise<readonly Measured[]> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const build = (...args: readonly string[]): unknown =>
    execFileSync(process.execPath, ['bin/build.mjs', ...args], { cwd: root });
  const dataDir = newDataDir();
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn' };
  /** Until it says so, or ends. */
  const until = async (args: readonly string[], said?: string): Promise<number> => {
    const taken: number[] = [];
    for (let round = 0; round < 5; round++) {
      const began = performance.now();
      const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'ignore'] });
      const ended = once(child, 'close');
      let output = '';
      for await (const text of child.stdout.setEncoding('utf8')) {
        output += text;
        if (said !== undefined && output.includes(said)) break;
      }
      if (said === undefined) await ended;
      else if (!output.includes(said)) throw new Error(`it ended without saying "${said}": ${output}`);
      taken.push(performance.now() - began);
      child.kill();
      await ended;
    }
    return quantile(taken, 0.5);
  };
  build();
  try {
    const node = await until(['-e', '0']);
    const help = await until(['dist/src/cli.js', '--help']);
    const page = await until(['dist/src/cli.js'], 'The page: ');
    return [
      { name: 'node -e 0', value: node, unit: 'ms' },
      { name: 'packed: --help', value: help, unit: 'ms' },
      { name: 'packed: --help, times node -e 0', value: help / node, unit: '×' },
      { name: 'packed: start-up to the page being there', value: page, unit: 'ms' },
      { name: 'packed: start-up, times node -e 0', value: page / node, unit: '×' },
    ];
  } finally {
    build('clean');
    removeDataDir(dataDir);
  }
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}
