// The owner's command line: `npm run -s inkloop -- VERB …`. Each verb is a file in src/cli/; here they are only listed.
import { Command, CommanderError } from 'commander';
import { addAlphabet } from './cli/alphabet.ts';
import { addBackup } from './cli/backup.ts';
import { makeContext } from './cli/context.ts';
import { addContributors } from './cli/contributors.ts';
import { addDoctor } from './cli/doctor.ts';
import { addEvaluate } from './cli/evaluate.ts';
import { addExport } from './cli/export.ts';
import { addImport } from './cli/import.ts';
import { addModels } from './cli/models.ts';
import { addNewKey } from './cli/new-key.ts';
import { addRead } from './cli/read.ts';
import { addRuns } from './cli/runs.ts';
import { addSheet } from './cli/sheet.ts';
import { addSimulate } from './cli/simulate.ts';
import { addSnapshot } from './cli/snapshot.ts';
import { addStats } from './cli/stats.ts';
import { addTidy } from './cli/tidy.ts';
import { endWith, readEnvFile } from './process.ts';
import { version } from './version.ts';

/** Wrong use, as the design's exit codes have it. */
const WRONG_USE = 2;

const program = new Command('inkloop')
  .description('A handwriting recogniser that learns from every answer. Settings come from the environment and .env.')
  .version(version)
  .configureHelp({ showGlobalOptions: true })
  .showHelpAfterError('(--help says more)')
  .exitOverride();

readEnvFile();
const context = makeContext(process.env);
for (const add of [
  addRead,
  addEvaluate,
  addImport,
  addExport,
  addRuns,
  addModels,
  addSheet,
  addSimulate,
  addSnapshot,
  addAlphabet,
  addStats,
  addContributors,
  addBackup,
  addNewKey,
  addTidy,
  addDoctor,
]) {
  add(program, context);
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : WRONG_USE);
  endWith(error);
}
process.exit(context.exitCode());
