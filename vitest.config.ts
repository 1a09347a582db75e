import { defineConfig } from 'vitest/config';
import { slow } from './tests/slow.ts';

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'fast', include: ['tests/**/*.test.ts'], exclude: [...slow] } },
      { extends: true, test: { name: 'slow', include: [...slow] } },
    ],
    // A real model, a real Redis and a real browser take longer than a unit test does.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Nothing is tried again: a test that fails now and then is wrong, or what it tests is.
    // Files run in processes of their own: the native addons (SQLite, ONNX Runtime, sharp) are not made for threads.
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default', './tests/support/closing-line.ts'],
  },
});
