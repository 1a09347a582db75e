// start and worker: the two mains that go on until they are stopped.
import type { Command } from 'commander';

export function addStart(program: Command): void {
  program
    .command('start')
    .description('the page, and the bots that have a token; also without any verb')
    .action(async () => {
      await import('../../bots/main.ts');
      await untilStopped();
    });
  program
    .command('worker')
    .description('takes training runs off Redis, on this machine or another')
    .action(async () => {
      await import('../../worker/main.ts');
      await untilStopped();
    });
}

/** A main ends the process itself, when it was asked to stop. */
const untilStopped = (): Promise<never> => new Promise(() => undefined);
