// The networks: one line each. A new network is a file beside this one and a line here.
import type { Architecture } from './architecture.ts';
import { benchmarkA, benchmarkB } from './benchmark.ts';
import { brisk } from './brisk.ts';
import { compact } from './compact.ts';

export const architectures: readonly Architecture[] = [brisk, compact, benchmarkA, benchmarkB];
