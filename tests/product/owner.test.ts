// An owner's first hour at the command line, from the first start to the first promotion: where they live people write ٢ and ٣, which
// nobody had told the shipped model. With TEST_PICTURES=FOLDER what the terminal showed is kept there.
import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeRandom } from '../../src/random.ts';
import { writeDigitSet } from '../support/digit-set.ts';

const program = fileURLToPath(new URL('../../bin/inkloop.mjs', import.meta.url));

/** One digit as people write it there, another for every seed: a stem, and one or two bows at its top. */
function photoOf(digit: 2 | 3, seed: number): Promise<Buffer> {
  const { between } = makeRandom(77, 100 * digit + seed);
  const near = (at: number): number => at + between(-4, 4);
  const [bows, wide] = [digit - 1, between(34, 42)];
  const left = 80 - (bows * wide) / 2;
  const bow = (at: number): string => `Q${near(at + wide / 2)} ${near(82)} ${near(at + wide)} ${near(34)}`;
  const top = Array.from({ length: bows }, (_, i) => bow(left + i * wide)).join(' ');
  const path = `M${near(left + 12)} ${near(136)} Q${near(left + 6)} ${near(80)} ${left} ${near(32)} ${top}`;
  const ink = `fill="none" stroke="#1d2a55" stroke-linecap="round" stroke-linejoin="round" stroke-width="${between(7, 11)}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="160" height="160"><rect width="100%" height="100%" fill="#e8e4da"/><path ${ink} d="${path}"/></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

describe('an owner', { timeout: 400_000 }, () => {
  /** Where they are when they type `npx inkloop`. */
  let home: string;
  let running: { readonly child: ChildProcess; readonly ended: Promise<number | null>; said: string } | undefined;
  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'inkloop-owner-'));
    await writeDigitSet(join(home, 'set'), { perLabel: 4, seed: 1 });
    for (const digit of [2, 3] as const) {
      mkdirSync(join(home, 'set', String(digit)), { recursive: true });
      for (let seed = 0; seed < 40; seed++)
        writeFileSync(join(home, 'set', String(digit), `ours-${seed}.png`), await photoOf(digit, seed));
    }
  });
  afterEach(async () => {
    running?.child.kill('SIGTERM');
    await running?.ended;
    rmSync(home, { recursive: true, force: true });
  });

  function inkloop(...args: readonly string[]) {
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, [program, ...args], { cwd: home, env: { PATH, HOME, PORT: '0' } });
    const begun = { child, said: '', ended: new Promise<number | null>((resolve) => child.on('close', resolve)) };
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (begun.said += text));
    return begun;
  }
  /** For whoever wants to look. */
  function keep(shown: string): void {
    const folder = process.env['TEST_PICTURES'];
    if (folder === undefined) return;
    mkdirSync(folder, { recursive: true });
    appendFileSync(join(folder, 'owner.txt'), `${shown}\n`);
  }
  async function verb(...args: readonly string[]): Promise<string> {
    const begun = inkloop(...args);
    expect(await begun.ended, `${args.join(' ')}: ${begun.said}`).toBe(0);
    keep(`$ npx inkloop ${args.join(' ')}\n${begun.said}`);
    return begun.said;
  }

  test('starts, looks whether all is well, imports, trains, and the running page answers with the better model', async () => {
    running = inkloop();
    await expect.poll(() => running?.said, { timeout: 60_000 }).toContain('open this link');
    keep(`$ npx inkloop\n${running.said}`);
    expect(running.said).toContain(`Everything is kept in ${join(home, 'data')}`);
    // For people: no line of it is JSON.
    expect(running.said).not.toMatch(/^\{/m);
    const url = /The page: (\S+)/.exec(running.said)?.[1] ?? '';
    const read = async (
      digit: 2 | 3,
    ): Promise<{ readonly modelVersion: string; readonly label: string | undefined }> => {
      const answer = await fetch(`${url}/api/v1/predict`, {
        method: 'POST',
        headers: { 'content-type': 'image/png' },
        body: new Uint8Array(await photoOf(digit, 1000)),
      });
      const { predictions } = (await answer.json()) as {
        predictions: readonly { modelVersion: string; candidates: readonly { label: string }[] }[];
      };
      return { modelVersion: predictions[0]?.modelVersion ?? '', label: predictions[0]?.candidates[0]?.label };
    };
    expect(await read(2)).toMatchObject({ modelVersion: 'digits-1' });
    expect((await read(2)).label).not.toBe('2');

    const doctor = await verb('doctor');
    expect(doctor).toContain('✓ model of digits: digits-1 loads and answers');
    expect(doctor).not.toContain('✗');
    expect(await verb('import', '--alphabet', 'digits', '--data', 'set')).toContain('added 120 samples');
    const trained = await verb('retrain', '--alphabet', 'digits', '--wait');
    expect(trained).toContain('digits-2 is proven better and answers now');
    expect(trained).toMatch(/run 1: learning, \d+ %, \d+ s left/);
    expect(trained).not.toMatch(/epoch|loss|fitting/);
    // Nobody started anything anew: it is loaded beside the old one, which answers until then.
    await expect.poll(() => read(2), { timeout: 30_000 }).toEqual({ modelVersion: 'digits-2', label: '2' });
    expect(await read(3)).toEqual({ modelVersion: 'digits-2', label: '3' });
    expect(await verb('models', '--alphabet', 'digits')).toMatch(/digits-2/);
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(0);
  });
});
