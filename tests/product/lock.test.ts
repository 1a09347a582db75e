// The lock file must be whole: `npm ci` refuses one that was written on a single platform and leaves out the others' binaries.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), optionalDependencies: z.record(z.string(), z.string()).optional() }),
  ),
});

describe.each(['package-lock.json', 'models/recipe/package-lock.json'])('%s', (path) => {
  test('holds every optional package that another one names, for every platform', () => {
    const { packages } = lockFile.parse(JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')));
    const missing = Object.entries(packages).flatMap(([owner, { optionalDependencies }]) =>
      Object.keys(optionalDependencies ?? {}).filter(
        (name) =>
          packages[`node_modules/${name}`] === undefined && packages[`${owner}/node_modules/${name}`] === undefined,
      ),
    );
    expect(missing).toEqual([]);
  });
});
