// A process that opens photos for the app, one at a time: whatever a file does to the decoder happens here. It watches what a
// photo takes of time and memory while native code is at work, and ends itself when that is too much.
import { writeFileSync } from 'node:fs';
import { openFinder } from '../find/find.ts';
import type { KindId } from '../alphabet/alphabet.ts';
import type { Reading } from './glyph.ts';
import type { ReaderOrder, ReaderSays } from './reader-handle.ts';
import { glance } from './glance.ts';
import { watchOver } from './guardian.ts';
import { openerOf } from './opener.ts';
import { unstack } from './stack.ts';

/** A stack's page is decoded without native code: 8 megapixels take 130 MB of it and 1 s, the file itself comes on top. */
const MOST_OF_PAGE = { memory: 350e6, computeMs: 5000 };
/** What a photo may take beyond what the process had before, bytes: what headers may claim (cost.ts), and some ground. */
const MOST_MEMORY = 110e6;
/** By how much a process may have grown and go on; beyond, the next photo gets a fresh one. */
const MOST_GROWN = 40e6;
/** Processor time for one photo, ms; 64 megapixels take a tenth of it. */
const MOST_COMPUTE_MS = 2000;
const LOOK_EVERY_MS = 10;

const { rss } = process.memoryUsage;
/** Bytes held before the first photo: with the finder. */
const atStart = openFinder().then(() => rss());
// Nothing holds a process back that is killed, not even native code.
const end = (): void => void process.kill(process.pid, 'SIGKILL');

function say(message: ReaderSays, then: () => void = () => undefined): void {
  process.send?.(message, undefined, undefined, then);
}

function answer(reading: Reading, last: boolean): void {
  say({ kind: 'read', reading, last }, last ? end : undefined);
}

process.on('message', (order: ReaderOrder) => {
  void atStart.then((atFirst) => {
    const { bytes, kind } = order;
    if (kind === 'stack') void takeApart(bytes);
    else if (kind === 'glance') void show(bytes, order.glyph);
    else read(bytes, kind, atFirst);
  });
});

/** Of a photo that was read before, so that it is known what it takes. */
async function show(bytes: Uint8Array, glyph: Parameters<typeof glance>[1]): Promise<void> {
  const picture = await glance(bytes, glyph).catch(() => null);
  say({ kind: 'glanced', picture });
}

function read(bytes: Uint8Array, kind: KindId, atFirst: number): void {
  const began = process.cpuUsage();
  const before = rss();
  const watch = setInterval(() => {
    const { user, system } = process.cpuUsage(began);
    if ((user + system) / 1000 < MOST_COMPUTE_MS && rss() - before < MOST_MEMORY) return;
    clearInterval(watch);
    answer({ outcome: 'too-costly' }, true);
  }, LOOK_EVERY_MS);
  void openerOf({ kind })
    .read(bytes)
    .then((reading) => {
      clearInterval(watch);
      answer(reading, rss() - atFirst > MOST_GROWN);
      // The rasters of this photo make room for the next one's: 25 MB less, at no cost.
      globalThis.gc?.({ type: 'minor', execution: 'sync' });
    });
}

/** Page by page, each with a measure of its own. What reads PDFs has grown the process, which therefore ends afterwards. */
async function takeApart(bytes: Uint8Array): Promise<void> {
  const guardian = await watchOver(MOST_OF_PAGE);
  const how = await unstack(bytes, (page) => {
    say({ kind: 'page', page });
    globalThis.gc?.();
    guardian.again();
  });
  say({ kind: 'unstacked', how }, end);
}
// Nobody is left to read for.
process.on('disconnect', end);
// Ctrl-C and service managers signal the whole group; the app lets photos in hand finish, and disconnects then.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
try {
  // Should memory run out all the same, the system ends this process and not the app.
  writeFileSync('/proc/self/oom_score_adj', '1000');
} catch {
  // Only Linux has it.
}
// Without its finder the process ends here, and the pool says why.
void atStart.then(() => say({ kind: 'ready' }));
