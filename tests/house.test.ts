// The house rules as tables: who may import whom, where each vendor lives, and which Node every dependency must run on.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import semver from 'semver';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** A room, and the rooms it may import from (beside itself). */
const mayImport: Record<string, readonly string[]> = {
  'src/alphabet': ['src/errors.ts'],
  'src/errors.ts': [],
  'src/log.ts': ['src/log-lines.ts'],
  'src/log-lines.ts': [],
  'src/random.ts': [],
  'src/settings.ts': [],
  'src/health.ts': [],
  'src/newest.ts': [],
  'src/config.ts': ['src/misspelt.ts', 'src/settings.ts'],
  'src/words': ['src/alphabet', 'src/records'],
  'src/records': [],
  // Pure: what a practice sheet looks like, for who prints it and who reads it.
  'src/sheet': ['src/errors.ts', 'src/alphabet'],
  'src/backbone': ['src/errors.ts', 'src/alphabet', 'src/blobs', 'src/glyph', 'src/model'],
  'src/find': ['src/errors.ts', 'src/model/onnx/runtime.ts'],
  'src/glyph': ['src/errors.ts', 'src/log.ts', 'src/alphabet', 'src/find', 'src/sheet'],
  'src/blobs': ['src/errors.ts', 'src/log.ts', 'src/folder.ts'],
  'src/store': ['src/errors.ts', 'src/log.ts', 'src/folder.ts', 'src/records', 'src/alphabet'],
  'src/model': ['src/errors.ts', 'src/log.ts', 'src/random.ts', 'src/alphabet', 'src/glyph'],
  'src/dataset': [
    'src/errors.ts',
    'src/log.ts',
    'src/random.ts',
    'src/alphabet',
    'src/glyph',
    'src/store',
    'src/model',
  ],
  // Pure: what somebody's own samples add to an answer.
  'src/memory': ['src/alphabet', 'src/model'],
  'src/fairness': ['src/newest.ts'],
  'src/recognition': [
    'src/errors.ts',
    'src/backbone',
    'src/log.ts',
    'src/folder.ts',
    'src/health.ts',
    'src/alphabet',
    'src/glyph',
    'src/records',
    'src/store',
    'src/model',
    'src/blobs',
    'src/dataset',
    'src/fairness',
    'src/memory',
    'src/newest.ts',
    'src/random.ts',
  ],
  // Pure: no store, no queue.
  'src/learning': [
    'src/errors.ts',
    'src/records',
    'src/random.ts',
    'src/version.ts',
    'src/alphabet',
    'src/glyph',
    'src/model',
    'src/blobs',
    'src/dataset',
  ],
  'src/runs': [
    'src/errors.ts',
    'src/backbone',
    'src/log.ts',
    'src/records',
    'src/version.ts',
    'src/alphabet',
    'src/store',
    'src/model',
    'src/blobs',
    'src/dataset',
    'src/learning',
  ],
  'src/chat': [
    'src/errors.ts',
    'src/glyph',
    'src/newest.ts',
    'src/log.ts',
    'src/health.ts',
    'src/alphabet',
    'src/records',
    'src/words',
    'src/store',
    'src/model',
    'src/blobs',
    'src/recognition',
    'src/runs',
    'src/report',
    'src/sheet',
  ],
  'src/report': ['src/errors.ts', 'src/log.ts', 'src/alphabet', 'src/sheet', 'src/glyph', 'src/model', 'src/dataset'],
  'src/version.ts': [],
  'src/loader.mjs': [],
  'src/folder.ts': ['src/errors.ts'],
  'src/misspelt.ts': [],
  'src/process.ts': ['src/errors.ts', 'src/config.ts'],
  'src/app': ['src'],
  'src/simulation': ['src'],
  'src/cli.ts': ['src'],
  // The list of platforms is settings alone: a platform's library is loaded when it has a token. The mains are started, not used.
  'src/cli': ['src', 'bots/list.ts', 'bots/kind.ts', 'bots/main.ts', 'worker/main.ts'],
  bots: ['src'],
  // What platforms share knows none of them.
  'bots/shared': ['src'],
  worker: ['src', 'bots/list.ts'],
  models: ['src'],
  // What npm runs: the door for all of it, and what makes the package.
  bin: ['src', 'dist'],
};

/** A vendor, and its one home. */
const homes: Record<string, readonly string[]> = {
  grammy: ['bots/telegram'],
  '@grammyjs': ['bots/telegram'],
  'discord.js': ['bots/discord'],
  hono: ['bots/web'],
  '@hono': ['bots/web'],
  bullmq: ['src/runs/queue', 'worker'],
  ioredis: ['src/runs/queue', 'worker'],
  'better-sqlite3': ['src/store'],
  'onnxruntime-node': ['src/model/onnx/runtime.ts'],
  '@tensorflow': ['src/model'],
  protobufjs: ['src/model'],
  sharp: ['src/glyph', 'models/recipe'],
  unpdf: ['src/glyph'],
  '@resvg': ['src/report'],
  pdfkit: ['src/report'],
  qr: ['src/glyph/sheet', 'src/report'],
  '@fluent': ['src/words'],
  '@aws-sdk': ['src/blobs'],
  pino: ['src/log.ts'],
  commander: ['src/cli.ts', 'src/cli'],
  'cli-progress': ['src/cli.ts', 'src/cli'],
  yaml: ['src/cli'],
};

function sources(): readonly { readonly file: string; readonly imports: readonly string[] }[] {
  return ['src', 'bots', 'worker', 'models', 'bin']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.(ts|mjs)$/.test(file) && !file.includes('node_modules') && !file.startsWith('web/page'))
        .map((file) => join(folder, file)),
    )
    .map((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      const found = [...text.matchAll(/(?:from|import|import\()\s*'([^']+)'/g)].map((match) => match[1] ?? '');
      return { file, imports: found };
    });
}

function roomOf(file: string): string {
  const rooms = Object.keys(mayImport).filter((room) => file === room || file.startsWith(`${room}/`));
  return rooms.sort((a, b) => b.length - a.length)[0] ?? '(no room)';
}

const inside = (file: string, folder: string): boolean => file === folder || file.startsWith(`${folder}/`);

test('imports point one way', () => {
  const wrong: string[] = [];
  for (const { file, imports } of sources()) {
    const room = roomOf(file);
    const allowed = mayImport[room];
    expect(allowed, `${file} stands in no room`).toBeDefined();
    for (const name of imports.filter((each) => each.startsWith('.'))) {
      const target = normalize(join(dirname(file), name));
      if (!inside(target, room) && !(allowed ?? []).some((each) => inside(target, each)))
        wrong.push(`${file} → ${target}`);
      if (
        inside(target, 'src/app') &&
        room.startsWith('src/') &&
        !['src/app', 'src/cli.ts', 'src/cli', 'src/simulation'].includes(room)
      ) {
        wrong.push(`${file} → ${target}: only the edges start the app`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

test('no file imports itself by way of others, types included', () => {
  const imports = new Map(
    sources().map(({ file, imports: names }) => [
      file,
      names.filter((name) => name.startsWith('.')).map((name) => normalize(join(dirname(file), name))),
    ]),
  );
  const done = new Set<string>();
  const circles: string[] = [];
  const follow = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
    if (done.has(file) || path.includes(file)) return;
    for (const next of imports.get(file) ?? []) follow(next, [...path, file]);
    done.add(file);
  };
  for (const file of imports.keys()) follow(file, []);
  expect(circles).toEqual([]);
});

test('platforms know nothing of one another, but what they share', () => {
  const wrong = sources().flatMap(({ file, imports }) => {
    const mine = /^bots\/(\w+)\//.exec(file)?.[1];
    return imports
      .map((name) => normalize(join(dirname(file), name)))
      .filter((target) => {
        const theirs = /^bots\/(\w+)\//.exec(target)?.[1];
        return mine !== undefined && theirs !== undefined && theirs !== mine && theirs !== 'shared';
      })
      .map((target) => `${file} → ${target}`);
  });
  expect(wrong).toEqual([]);
});

test('each vendor has one home', () => {
  const wrong: string[] = [];
  for (const { file, imports } of sources()) {
    for (const name of imports.filter((each) => !each.startsWith('.'))) {
      const vendor = Object.keys(homes).find((each) => name === each || name.startsWith(`${each}/`));
      if (vendor !== undefined && !(homes[vendor] ?? []).some((home) => inside(file, home)))
        wrong.push(`${file}: ${name}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('only the mains see process.env', () => {
  const mains = ['bots/main.ts', 'worker/main.ts', 'worker/health.ts', 'src/cli.ts'];
  // Processes of our own need PATH and HOME to start, and get nothing else.
  const hands = ['src/runs/queue/trainer.ts', 'src/glyph/reader-handle.ts'];
  // These tell a dependency to keep quiet or to write nothing, and read none of our settings.
  const quiet = ['src/model/onnx/quiet.ts', 'src/loader.mjs'];
  const seeing = sources()
    .filter(({ file }) => readFileSync(join(root, file), 'utf8').includes('process.env'))
    .map(({ file }) => file);
  expect(seeing.filter((file) => !mains.includes(file) && !hands.includes(file) && !quiet.includes(file))).toEqual([]);
});

test('every dependency of the product runs on Node 20, 22 and 24', () => {
  interface Locked {
    readonly packages: Readonly<
      Record<string, { readonly engines?: Readonly<Record<string, string>>; readonly optional?: boolean }>
    >;
  }
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Locked;
  const wrong = Object.entries(lock.packages).flatMap(([name, { engines, optional }]) => {
    const range = engines?.['node'];
    // Optional ones are another platform's binaries: npm leaves them out by itself.
    const runs =
      range === undefined ||
      optional === true ||
      ['20.19.0', '22.99.0', '24.99.0'].every((node) => semver.satisfies(node, range));
    return runs ? [] : [`${name}: ${range}`];
  });
  expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
  expect(wrong).toEqual([]);
});
