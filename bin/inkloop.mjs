#!/usr/bin/env node
// `inkloop`: the product, or one of the owner's verbs. A checkout runs its TypeScript; a package brings it translated (build.mjs), since
// Node translates nothing under node_modules and tsx takes longer for it than the product takes to start.
import { existsSync } from 'node:fs';

if (existsSync(new URL('../src/cli.ts', import.meta.url))) {
  await import('../src/loader.mjs');
  await import('../src/cli.ts');
} else {
  await import('../dist/src/loader.mjs');
  await import('../dist/src/cli.js');
}
