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
    // Many tests start whole processes and wait for them. In CI one that failed is tried once more, and the closing line names it
    // as flaky: that is a fault to mend, and not a red run.
    retry: process.env['CI'] === 'true' ? 1 : 0,
    // Files run in processes of their own: the native addons (SQLite, ONNX Runtime, sharp) are not made for threads.
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default', './tests/support/closing-line.ts'],
  },
});
