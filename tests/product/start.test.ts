// The product as a process: it starts with nothing, says what is wrong with its settings, and stops when asked.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readdirSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { drawnPng } from '../support/digit-set.ts';
import { inkloop, newDataDir, removeDataDir, runToEnd, startProduct, type Product } from '../support/product.ts';

let product: Product | undefined;
const folders: string[] = [];
afterEach(async () => {
  await product?.kill();
  if (product !== undefined) removeDataDir(product.dataDir);
  product = undefined;
  for (const folder of folders.splice(0)) removeDataDir(folder);
});

describe('npm start', () => {
  test('needs no setting, serves the page, and stops on SIGTERM', async () => {
    product = await startProduct();
    expect(await (await fetch(`${product.url}/healthz`)).json()).toMatchObject({ status: 'ok' });
    expect((await fetch(`${product.url}/readyz`)).status).toBe(200);
    expect(await (await fetch(product.url)).text()).toContain('Inkloop');
    expect(statSync(join(product.dataDir, 'secret.key')).mode & 0o077).toBe(0);
    const ended = await product.stop();
    expect(ended.code).toBe(0);
  });

  test('says everything that is wrong with its settings, and starts nothing', async () => {
    const dataDir = newDataDir();
    folders.push(dataDir);
    const ended = await runToEnd('bots/main.ts', { DATA_DIR: join(dataDir, 'x'), PORT: 'eighty', ADMINS: 'me' });
    expect(ended.code).toBe(78);
    expect(ended.stderr).toContain('PORT must be a whole number');
    expect(ended.stderr).toContain('ADMINS must be like');
    expect(() => statSync(join(dataDir, 'x'))).toThrow('ENOENT');
  });

  test('says that its data folder cannot be written', async () => {
    const dataDir = newDataDir();
    folders.push(dataDir);
    writeFileSync(join(dataDir, 'file'), '');
    const ended = await runToEnd('bots/main.ts', { DATA_DIR: join(dataDir, 'file', 'data') });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('Set DATA_DIR');
    expect(ended.stderr).not.toContain('    at ');
  });

  test('says that a port is taken, and what to do', async () => {
    product = await startProduct();
    const port = new URL(product.url).port;
    const dataDir = newDataDir();
    folders.push(dataDir);
    mkdirSync(dataDir, { recursive: true });
    const second = await runToEnd('bots/main.ts', { DATA_DIR: dataDir, PORT: port, LOG_LEVEL: 'warn' });
    expect(second.code).toBe(1);
    expect(second.stderr.trim()).toBe(`Port ${port} is in use: stop what listens there, or set PORT to another one.`);
  });

  test('starts no alphabet that does not exist, and names those that do', async () => {
    const dataDir = newDataDir();
    folders.push(dataDir);
    const ended = await runToEnd('bots/main.ts', { DATA_DIR: dataDir, PORT: '0', ALPHABET: 'klingon' });
    expect(ended.code).toBe(78);
    expect(ended.stderr).toContain('ALPHABET must be one of digits, latin, hiragana');
    expect(ended.stderr).not.toContain('    at ');
    expect(ended.stdout).toBe('');
  });

  test('refuses to start without the key that people are known by', async () => {
    product = await startProduct();
    const { dataDir } = product;
    const response = await fetch(`${product.url}/api/v1/predict`, {
      method: 'POST',
      headers: { 'content-type': 'image/png' },
      body: new Uint8Array(await drawnPng('7', { seed: 3 })),
    });
    expect(response.status).toBe(200);
    await product.stop();
    rmSync(join(dataDir, 'secret.key'));
    const ended = await runToEnd('bots/main.ts', { DATA_DIR: dataDir, PORT: '0' });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/secret\.key is lost.*Restore/);
    expect(readdirSync(dataDir)).not.toContain('secret.key');
    const given = await inkloop(['new-key'], { DATA_DIR: dataDir });
    expect(given.code, given.stderr).toBe(0);
    product = await startProduct({ DATA_DIR: dataDir });
  });

  test('refuses to start on a damaged database', async () => {
    product = await startProduct();
    const { dataDir } = product;
    await product.stop();
    const file = join(dataDir, 'inkloop.db');
    const pages = statSync(file).size / 4096;
    const fd = openSync(file, 'r+');
    for (const page of [3, 7, 11, 13]) writeSync(fd, Buffer.alloc(4096, 0xa5), 0, 4096, (page % pages) * 4096);
    closeSync(fd);
    const ended = await runToEnd('bots/main.ts', { DATA_DIR: dataDir, PORT: '0' });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/is damaged.*restore the last backup/s);
    expect(ended.stderr).not.toContain('    at ');
    expect(ended.stdout).not.toContain('ready');
  });

  test('says of a folder that cannot be, instead of waiting for ever', async () => {
    const ended = await runToEnd('bots/main.ts', { DATA_DIR: '/proc/inkloop/data' });
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('Set DATA_DIR');
  });

  test('needs no folder for temporary files', async () => {
    product = await startProduct({ TMPDIR: '/proc/nowhere', TSX_DISABLE_CACHE: '1' });
    expect((await fetch(`${product.url}/readyz`)).status).toBe(200);
  });

  // How many files are open at once while the modules load is a matter of chance: with 40 or 80 it may just start.
  test.each([24, 40, 80])('starts, or says in a sentence that it may open only %d files', (files) => {
    const dataDir = newDataDir();
    folders.push(dataDir);
    const start = `ulimit -n ${files}; exec "$0" --import ./src/loader.mjs bots/main.ts`;
    const { status, stdout, stderr } = spawnSync('sh', ['-c', start, process.execPath], {
      env: { PATH: process.env['PATH'], DATA_DIR: dataDir, PORT: '0' },
      encoding: 'utf8',
      timeout: 20_000,
    });
    if (files > 24 && stdout.includes('The page: ')) return;
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Too many files are open for this process. Allow more/);
    expect(stderr).not.toContain('    at ');
  });
});
