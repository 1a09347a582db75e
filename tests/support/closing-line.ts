// Ends every test run with one plain line of counts, names what passed only when tried again, and where CI forbids it, fails a run
// that skipped anything.
import type { Reporter, TestModule } from 'vitest/node';

export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const module of modules) {
      // A file that could not even be loaded has no test to count.
      if (module.errors().length > 0) count.failed += 1;
      for (const test of module.children.allTests()) count[test.result().state] += 1;
    }
    const flaky = modules.flatMap((module) =>
      [...module.children.allTests()].filter((test) => test.diagnostic()?.flaky === true).map((test) => test.fullName),
    );
    for (const name of flaky) console.error(`FLAKY, passed only when tried again: ${name}`);
    const skipped = count.skipped + count.pending;
    if (process.env['CI'] === 'true' && skipped > 0) {
      console.error(`${skipped} tests were skipped, and CI allows none.`);
      process.exitCode = 1;
    }
    console.log(
      `\n${count.passed} passed, ${count.failed} failed, ${skipped} skipped${flaky.length === 0 ? '' : `, ${flaky.length} FLAKY`}`,
    );
  }
}
