#!/usr/bin/env node
// `inkloop`: the product, or one of the owner's verbs. A package brings its code as JavaScript (build.mjs), a checkout has it since npm
// installed it (installed.mjs), or runs its TypeScript.
import { existsSync } from 'node:fs';
import { translated } from './installed.mjs';

const checkout = existsSync(new URL('../src/cli.ts', import.meta.url));
const code = checkout ? translated() : new URL('../dist/', import.meta.url);
if (code === null) {
  await import('../src/loader.mjs');
  await import('../src/cli.ts');
} else {
  await import(new URL('src/loader.mjs', code).href);
  await import(new URL('src/cli.js', code).href);
}
