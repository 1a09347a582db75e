// The product as a process: it starts with nothing, says what is wrong with its settings, and stops when asked.
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { newDataDir, removeDataDir, runToEnd, startProduct, type Product } from '../support/product.ts';

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
    const second = await runToEnd('bots/main.ts', { DATA_DIR: dataDir, PORT: port });
    expect(second.code).toBe(1);
    expect(second.stderr).toContain('PORT');
  });
});
