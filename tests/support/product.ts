// The product started as a user starts it: a process of its own, a data folder of its own, any free port.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Product {
  readonly url: string;
  readonly dataDir: string;
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  output(): string;
  /** Resolves when the output holds this text. */
  says(text: string): Promise<void>;
  /** SIGTERM, and what it ended with. */
  stop(): Promise<Ended>;
  /** SIGKILL, as a power cut would. */
  kill(): Promise<Ended>;
}

export function newDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'inkloop-data-'));
}

export function removeDataDir(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

function run(
  main: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  inside: readonly string[] = [],
): ChildProcess {
  const [command = process.execPath, ...rest] = [
    ...inside,
    process.execPath,
    '--import',
    './src/loader.mjs',
    main,
    ...args,
  ];
  return spawn(command, rest, {
    cwd: root,
    // Nothing of this machine's own settings may leak in. Tests start many processes: tsx may keep what it translated.
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      TMPDIR: tmpdir(),
      TSX_DISABLE_CACHE: '',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function ending(child: ChildProcess): {
  readonly ended: Promise<Ended>;
  output(): string;
  onOutput(hear: () => void): void;
} {
  const text = { stdout: '', stderr: '' };
  const hearers: (() => void)[] = [];
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (piece: string) => {
      text[name] += piece;
      for (const hear of hearers) hear();
    });
  }
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => {
      resolve({ code, signal, ...text });
      for (const hear of hearers) hear();
    });
  });
  return { ended, output: () => text.stdout + text.stderr, onOutput: (hear) => void hearers.push(hear) };
}

/**
 * `npm start` with these settings; resolves when the page is up. Rejects with all it said when it ends before.
 * `inside` is a command that starts it, like a limit's.
 */
export async function startProduct(
  env: Readonly<Record<string, string>> = {},
  inside: readonly string[] = [],
): Promise<Product> {
  const dataDir = env['DATA_DIR'] ?? newDataDir();
  const child = run('bots/main.ts', [], { DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn', ...env }, inside);
  const { ended, output, onOutput } = ending(child);
  let over = false;
  void ended.then(() => {
    over = true;
  });
  const says = (wanted: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (output().includes(wanted)) resolve();
        else if (over || child.exitCode !== null)
          reject(new Error(`the product ended without saying "${wanted}":\n${output()}`));
      };
      onOutput(look);
      look();
    });
  await says('The page: ');
  const url = /The page: (\S+)/.exec(output())?.[1] ?? '';
  const end = (signal: NodeJS.Signals): Promise<Ended> => {
    child.kill(signal);
    return ended;
  };
  return {
    url,
    dataDir,
    process: child,
    ended,
    output,
    says,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

/** The link that this start printed for its operator. */
export async function logInLink(product: Product): Promise<string> {
  await product.says('open this link: ');
  return /open this link: (\S+)/.exec(product.output())?.[1] ?? '';
}

/** A new browser's cookies, once it has opened the operator's link. */
export async function operatorCookies(product: Product): Promise<string> {
  const arrived = await fetch(`${product.url}/chat/session`);
  const entered = await fetch(`${product.url}/chat/log-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ link: (await logInLink(product)).split('#log-in=')[1] }),
  });
  if (!entered.ok) throw new Error(`the operator's link does not let in: ${await entered.text()}`);
  const set = [...arrived.headers.getSetCookie(), ...entered.headers.getSetCookie()];
  return set.map((each) => each.split(';')[0]).join('; ');
}

/** `npm run -s inkloop -- …` to its end. */
export function inkloop(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return ending(run('src/cli.ts', args, env)).ended;
}

/** A main that is expected to end by itself, like one with a bad setting. */
export function runToEnd(main: string, env: Readonly<Record<string, string>>): Promise<Ended> {
  return ending(run(main, [], env)).ended;
}
