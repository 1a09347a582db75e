// A model's lineage names the code that trained it, not only a release.
import { expect, it } from 'vitest';
import { codeVersion, version } from '../src/version.ts';

it('is the release and a hash of the code that shapes weights', () => {
  expect(codeVersion).toMatch(/^\d+\.\d+\.\d+\+[\da-f]{8}$/);
  expect(codeVersion.startsWith(version)).toBe(true);
});
