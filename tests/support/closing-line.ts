// Ends every test run with one plain line of counts, and where CI forbids it, fails a run that skipped anything.
import type { Reporter, TestModule } from 'vitest/node';

export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const module of modules) {
      // A file that could not even be loaded has no test to count.
      if (module.errors().length > 0) count.failed += 1;
      for (const test of module.children.allTests()) count[test.result().state] += 1;
    }
    const skipped = count.skipped + count.pending;
    if (process.env['CI'] === 'true' && skipped > 0) {
      console.error(`${skipped} tests were skipped, and CI allows none.`);
      process.exitCode = 1;
    }
    console.log(`\n${count.passed} passed, ${count.failed} failed, ${skipped} skipped`);
  }
}
