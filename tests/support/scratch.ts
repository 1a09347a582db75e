// A real store in a folder of its own, removed when the test is over.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { splitter } from '../../src/dataset/split.ts';
import { openStore, type Store } from '../../src/store/store.ts';

export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'inkloop-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function scratchStore(file = join(scratchFolder(), 'inkloop.db')): Store {
  const store = openStore(file, { splitter });
  onTestFinished(() => store.close());
  return store;
}

export function person(store: Store, keyHash: string, more: { platform?: string; operator?: boolean } = {}): number {
  return store.contributors.getOrCreate({ keyHash, platform: 'web', at: 0, ...more }).id;
}
