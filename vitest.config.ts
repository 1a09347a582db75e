import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // A real model, a real Redis and a real browser take longer than a unit test does.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Files run in processes of their own: the native addons (SQLite, ONNX Runtime, sharp) are not made for threads.
    // Many tests start whole processes and wait for them; on a machine that is busy for a moment one may come too late.
    retry: process.env['CI'] === 'true' ? 1 : 0,
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default', './tests/support/closing-line.ts'],
  },
});
