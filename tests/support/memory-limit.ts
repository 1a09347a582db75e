// A container's memory limit without a container: a control group of the kernel's, which counts and bounds a tree of processes.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tokenBytes } from './token.ts';

export interface MemoryLimit {
  /** Put before a command, they start it inside. */
  readonly inside: readonly string[];
  /** The most it ever held, bytes, files it read included. */
  peak(): number;
  /** How many processes were ended because the limit was reached. */
  killed(): number;
  /** Only when all processes are gone. */
  remove(): Promise<void>;
}

/** The two versions of the kernel's interface. */
const kinds = [
  {
    folder: '/sys/fs/cgroup/memory',
    limit: 'memory.limit_in_bytes',
    peak: 'memory.max_usage_in_bytes',
    events: 'memory.oom_control',
  },
  { folder: '/sys/fs/cgroup', limit: 'memory.max', peak: 'memory.peak', events: 'memory.events' },
] as const;

/** Undefined where this user may not make one. */
export function makeMemoryLimit(bytes: number): MemoryLimit | undefined {
  for (const kind of kinds) {
    const folder = join(kind.folder, `inkloop-${process.pid}-${tokenBytes(6).toString('hex')}`);
    try {
      mkdirSync(folder);
    } catch {
      continue;
    }
    if (!existsSync(join(folder, kind.limit))) {
      rmdirSync(folder);
      continue;
    }
    writeFileSync(join(folder, kind.limit), String(bytes));
    const procs = join(folder, 'cgroup.procs');
    return {
      inside: ['sh', '-c', `echo $$ > ${procs} && exec "$@"`, 'sh'],
      peak: () => Number(readFileSync(join(folder, kind.peak), 'utf8')),
      killed: () => Number(/^oom_kill (\d+)$/m.exec(readFileSync(join(folder, kind.events), 'utf8'))?.[1] ?? 0),
      async remove() {
        while (readFileSync(procs, 'utf8') !== '') await sleep(50);
        rmdirSync(folder);
      },
    };
  }
  return undefined;
}

/** A process and all that it started, and what they hold together, bytes: what several of them share is counted once. */
export function memoryOf(root: number): { readonly pids: readonly number[]; readonly bytes: number } {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    const stat = readOr(`/proc/${name}/stat`);
    parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
  }
  const pids = [root];
  for (const pid of pids) for (const [child, parent] of parents) if (parent === pid) pids.push(child);
  const held = (pid: number): number => Number(/^Pss:\s+(\d+)/m.exec(readOr(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);
  return { pids, bytes: pids.reduce((sum, pid) => sum + 1024 * held(pid), 0) };
}

/** A process may end while it is looked at. */
function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** What a process was started with; empty when it is gone. */
export function commandOf(pid: number): string {
  return readOr(`/proc/${pid}/cmdline`);
}
