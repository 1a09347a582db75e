// Nothing leaves the machine that nobody asked for: every process of the product runs for most of a minute in a network of its own,
// with a home and a folder for temporary files of its own, and afterwards both are empty and no look-up was tried.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { needs, needsNamespace } from '../support/needs.ts';

/**
 * A network with addresses but no way out, so that whoever looks up a name believes in a network, and is counted. The name
 * server is one that cannot be reached.
 */
const SEAL = `set -e
ip link set lo up
ip address add 10.99.0.2/32 dev lo
mount --bind "$1/resolv.conf" /etc/resolv.conf
exec "$2" --import ./src/loader.mjs tests/product/sealed-run.ts "$1" "$1/home" "$1/temporary"`;

test.skipIf(needsNamespace() || needs('redis-server'))(
  'no process of the product sends anything or writes anything outside its data folder',
  { timeout: 240_000 },
  async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'inkloop-sealed-'));
    onTestFinished(() => rmSync(scratch, { recursive: true, force: true }));
    for (const name of ['home', 'temporary']) mkdirSync(join(scratch, name));
    writeFileSync(join(scratch, 'resolv.conf'), 'nameserver 10.99.0.53\n');
    const sealed = spawn(
      'unshare',
      ['-n', '-m', '-p', '--kill-child', '--fork', 'sh', '-c', SEAL, 'sh', scratch, process.execPath],
      {
        cwd: fileURLToPath(new URL('../..', import.meta.url)),
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    onTestFinished(() => void sealed.kill('SIGKILL'));
    const [said, errors] = await Promise.all([sealed.stdout, sealed.stderr].map(async (each) => text(each)));
    const told = JSON.parse(said?.trim().split('\n').at(-1) || '{}') as Record<string, unknown>;
    const trained = expect.stringMatching(/^(running|promoted|kept)$/) as unknown;
    expect(told, errors).toEqual({ statuses: [200, 200], state: trained, sent: 0, seesLookUps: true });
    for (const name of ['home', 'temporary']) expect(readdirSync(join(scratch, name), { recursive: true })).toEqual([]);
  },
);

async function text(stream: AsyncIterable<unknown>): Promise<string> {
  let all = '';
  for await (const piece of stream) all += String(piece);
  return all;
}
