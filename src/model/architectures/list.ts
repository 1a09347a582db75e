// The networks: one line each. A new network is a file beside this one and a line here.
import type { Architecture } from './architecture.ts';
import { benchmarkA, benchmarkB } from './benchmark.ts';
import { brisk } from './brisk.ts';
import { keen } from './keen.ts';
import { vivid } from './vivid.ts';

export const architectures: readonly Architecture[] = [brisk, keen, vivid, benchmarkA, benchmarkB];
