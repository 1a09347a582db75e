// A model's lineage names the code that trained it, not only a release: what can change weights, and nothing else.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { codeHash, codeVersion, version } from '../src/version.ts';
import { scratchFolder } from './support/scratch.ts';

it('is the release and a hash of the code that shapes weights', () => {
  expect(codeVersion()).toMatch(/^\d+\.\d+\.\d+\+[\da-f]{8}$/);
  expect(codeVersion().startsWith(version)).toBe(true);
});

it('does not change with comments, layout and other rooms, but with any constant that training uses', () => {
  const folder = scratchFolder();
  cpSync(new URL('../src', import.meta.url), path.join(folder, 'src'), { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), '{"type":"module","version":"0.0.0"}');
  const changed = (file: string, from: string, to: string): string => {
    const at = path.join(folder, 'src', file);
    const before = readFileSync(at, 'utf8');
    expect(before).toContain(from);
    writeFileSync(at, before.replace(from, to));
    const hash = codeHash(pathToFileURL(`${folder}/src/`));
    writeFileSync(at, before);
    return hash;
  };
  const now = codeHash(pathToFileURL(`${folder}/src/`));
  expect(now).toBe(codeVersion().split('+')[1]);
  expect(changed('model/adamw.ts', 'const BETA_1 = 0.9;', '// Momentum.\nconst BETA_1 =\n  0.9;')).toBe(now);
  expect(changed('runs/gate.ts', 'const LEVEL = 0.05;', 'const LEVEL = 0.06;')).toBe(now);
  expect(changed('model/adamw.ts', 'const BETA_1 = 0.9;', 'const BETA_1 = 0.91;')).not.toBe(now);
  expect(changed('dataset/augment.ts', 'rotate: 14,', 'rotate: 15,')).not.toBe(now);
  expect(changed('glyph/normalise.ts', 'INK_SHARE = 0.8;', 'INK_SHARE = 0.7;')).not.toBe(now);
});
