// The package as somebody gets it who has nothing else: packed, installed into an empty folder without what only tests need, and used
// from there: a verb, a thread, the page.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeVersion } from '../../src/version.ts';
import { drawnPng } from '../support/digit-set.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** MB; without preinstall.mjs it is 450. */
const MOST_INSTALLED = 260;
/** MB; the shipped models are nearly all of it. */
const MOST_PACKED = 8.5;

interface Packed {
  readonly filename: string;
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

let folder: string;
let packed: Packed;

/** A program to its end, in the empty folder; nothing of this machine's own settings leaks in. */
function run(program: string, args: readonly string[], cwd = folder) {
  const { PATH = '', HOME = '' } = process.env;
  const ended = spawnSync(program, args, { cwd, env: { PATH, HOME }, encoding: 'utf8', timeout: 400_000 });
  expect(ended.status, `${program} ${args.join(' ')}\n${ended.stderr}${ended.stdout}`).toBe(0);
  return ended.stdout;
}

const inkloop = (): string => join(folder, 'node_modules', '.bin', 'inkloop');
const installed = (...names: readonly string[]): string => join(folder, 'node_modules', ...names);

function megabytes(at: string): number {
  const files = readdirSync(at, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, entry) => sum + readFileSync(join(entry.parentPath, entry.name)).length, 0) / 1e6;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkloop-package-'));
  const [made] = JSON.parse(run('npm', ['pack', '--json', '--silent', '--pack-destination', folder], root)) as Packed[];
  if (made === undefined) throw new Error('npm packed nothing');
  packed = made;
  // SQLite was compiled or fetched for this machine already: a minute less. The other scripts are tried below.
  const options = ['--prefer-offline', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
  run('npm', ['install', ...options, `./${packed.filename}`]);
  cpSync(join(root, 'node_modules/better-sqlite3/build/Release'), installed('better-sqlite3/build/Release'), {
    recursive: true,
  });
}, 500_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the package', () => {
  test('holds what runs, and nothing that is for building or testing it', () => {
    const paths = packed.files.map(({ path }) => path);
    for (const needed of [
      'bin/inkloop.mjs',
      'bin/preinstall.mjs',
      'dist/models/digits/model.onnx',
      'dist/models/digits/bank.bin',
      'dist/models/digits/anchors.json',
      'dist/models/finder/model.onnx',
      'dist/bots/web/page/index.html',
      'dist/src/words/uk.ftl',
      '.env.example',
      'LICENSE',
      'README.md',
    ])
      expect(paths).toContain(needed);
    expect(readdirSync(installed('inkloop/dist/migrations'))).toEqual(readdirSync(join(root, 'migrations')));
    expect(paths.filter((path) => /\.ts$|models\/recipe|^(?:src|tests|docs)\//.test(path))).toEqual([]);
    expect(packed.size / 1e6).toBeLessThan(MOST_PACKED);
    // Packing leaves nothing behind that could be run by mistake.
    expect(existsSync(join(root, 'dist'))).toBe(false);
  });

  test('names no file that it does not bring', () => {
    const dist = installed('inkloop/dist');
    const missing = readdirSync(dist, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.[mc]?js$/.test(file) && !file.includes('web/page'))
      .flatMap((file) => {
        const named = readFileSync(join(dist, file), 'utf8').matchAll(/['"]((?:\.{1,2}\/)*[\w./-]+\.[mc]?[jt]s)['"]/g);
        return [...named]
          .map(([, name = '']) => name)
          .filter((name) => /\.[mc]?ts$/.test(name) || name.startsWith('.'))
          .filter((name) => !existsSync(join(dist, dirname(file), name)))
          .map((name) => `${file} → ${name}`);
      });
    expect(missing).toEqual([]);
  });

  test('keeps of the largest dependency what this machine uses, and stops its download', () => {
    run(process.execPath, [installed('inkloop/bin/preinstall.mjs')]);
    const binaries = readdirSync(installed('onnxruntime-node/bin/napi-v6'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.parentPath);
    expect(new Set(binaries)).toEqual(
      new Set([installed('onnxruntime-node/bin/napi-v6', process.platform, process.arch)]),
    );
    // It would ask the network, where nothing else here does.
    run('npm', ['rebuild', 'onnxruntime-node', '--offline', '--foreground-scripts']);
    const size = megabytes(installed());
    console.log(`installed: ${size.toFixed(0)} MB`);
    expect(size).toBeLessThan(MOST_INSTALLED);
  });

  test('is the same code to a lineage as the checkout that it was made from', () => {
    const script = 'import(process.argv[1]).then(({ codeVersion }) => console.log(codeVersion()))';
    expect(run(process.execPath, ['-e', script, installed('inkloop/dist/src/version.js')]).trim()).toBe(codeVersion());
  });

  test('lists its verbs, reads a photo, prints a sheet; everything is kept in this folder', async () => {
    const help = run('npx', ['--offline', 'inkloop', '--help']);
    for (const said of ['start', 'worker', 'read', 'retrain', 'doctor', './data', 'DATA_DIR'])
      expect(help).toContain(said);
    writeFileSync(join(folder, '7.png'), await drawnPng('7', { seed: 3 }));
    const read = JSON.parse(run(inkloop(), ['read', '7.png', '--json'])) as {
      candidates: readonly { label: string }[];
    };
    expect(read.candidates[0]).toMatchObject({ label: '7' });
    run(inkloop(), ['sheet', '--alphabet', 'hiragana', '--out', 'sheet.pdf']);
    expect(readFileSync(join(folder, 'sheet.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
    expect(readdirSync(join(folder, 'data'))).toContain('inkloop.db');
  });

  test('starts without a verb, says where everything is, answers on the page, and stops', async () => {
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(inkloop(), [], { cwd: folder, env: { PATH, HOME, PORT: '0', LOG_LEVEL: 'warn' } });
    const ended = once(child, 'close');
    try {
      let said = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
      for await (const text of child.stdout.setEncoding('utf8')) if ((said += text).includes('open this link')) break;
      expect(said).toContain(join(folder, 'data'));
      const url = /The page: (\S+)/.exec(said)?.[1];
      expect(url, said).toBeDefined();
      expect(await (await fetch(url ?? '')).text()).toContain('Inkloop');
      const answer = await fetch(`${url}/api/v1/predict`, {
        method: 'POST',
        headers: { 'content-type': 'image/png' },
        body: new Uint8Array(await drawnPng('7', { seed: 3 })),
      });
      expect(answer.status).toBe(200);
    } finally {
      child.kill('SIGTERM');
    }
    expect(await ended).toEqual([0, null]);
  });
});

describe('a checkout', () => {
  test('has nothing that npm warns of, and nothing that its largest dependency would download', () => {
    const { PATH = '', HOME = '' } = process.env;
    const npm = spawnSync('npm', ['pkg', 'get', 'name'], { cwd: root, env: { PATH, HOME }, encoding: 'utf8' });
    expect([npm.stdout.trim(), npm.stderr]).toEqual(['"inkloop"', '']);
    // Beside a folder that lacks the CUDA files, as it is before ours ran: the script would fetch them, and no address answers it.
    const bare = join(folder, 'bare');
    cpSync(join(root, 'node_modules/onnxruntime-node'), join(bare, 'node_modules/onnxruntime-node'), {
      recursive: true,
      filter: (from) => !from.includes('napi-v6'),
    });
    for (const name of ['adm-zip', 'global-agent'])
      cpSync(join(root, 'node_modules', name), join(bare, 'node_modules', name), {
        recursive: true,
        dereference: true,
      });
    const cwd = join(bare, 'node_modules/onnxruntime-node');
    const env = { PATH, HOME, GLOBAL_AGENT_HTTPS_PROXY: 'http://127.0.0.1:9' };
    const script = spawnSync(process.execPath, ['script/install'], { cwd, env, encoding: 'utf8', timeout: 20_000 });
    expect([script.status, script.stdout, script.stderr]).toEqual([0, '', '']);
  });

  test('runs what was translated when it was installed, until a file of the code is another', () => {
    const checkout = join(folder, 'checkout');
    mkdirSync(join(checkout, 'node_modules'), { recursive: true });
    for (const name of ['bin', 'src', 'bots', 'worker', 'package.json'])
      cpSync(join(root, name), join(checkout, name), { recursive: true });
    for (const name of readdirSync(join(root, 'node_modules')).filter((each) => each !== '.cache'))
      symlinkSync(join(root, 'node_modules', name), join(checkout, 'node_modules', name));
    const version = (): string => run(process.execPath, ['bin/inkloop.mjs', '--version'], checkout);
    const plain = version();
    run(process.execPath, ['bin/postinstall.mjs'], checkout);
    expect(version()).toBe(plain);
    // A mark that TypeScript does not have tells which of the two runs.
    const translated = join(checkout, 'node_modules/.cache/inkloop/src/cli.js');
    writeFileSync(translated, `console.log('translated');\n${readFileSync(translated, 'utf8')}`);
    expect(version()).toBe(`translated\n${plain}`);
    writeFileSync(join(checkout, 'src/random.ts'), `\n${readFileSync(join(root, 'src/random.ts'), 'utf8')}`);
    expect(version()).toBe(plain);
    rmSync(join(checkout, 'src/random.ts'));
    run(process.execPath, ['bin/postinstall.mjs'], checkout);
    rmSync(join(checkout, 'node_modules/.cache/inkloop/translated.json'));
    writeFileSync(join(checkout, 'src/random.ts'), readFileSync(join(root, 'src/random.ts')));
    expect(version(), 'a translation that was cut off is not used').toBe(plain);
  });
});
