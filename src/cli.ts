// The owner's command line: `npm run -s inkloop -- VERB …`. Each verb is a file in src/cli/; nothing is loaded but the one that is
// asked for, so that help is there at once.
import { Command, CommanderError } from 'commander';
import { addNames, verbFileOf, verbFiles } from './cli/verbs.ts';
import { version } from './version.ts';

/** Wrong use, as the design's exit codes have it. */
const WRONG_USE = 2;

const program = new Command('inkloop')
  .description('A handwriting recogniser that learns from every answer. Settings come from the environment and .env.')
  .version(version)
  .configureHelp({ showGlobalOptions: true })
  .showHelpAfterError('(--help says more)')
  .exitOverride();

const asked = verbFileOf(process.argv.slice(2));
try {
  if (asked === undefined) {
    for (const each of verbFiles) addNames(program, each);
    await program.parseAsync();
  } else {
    const [{ readEnvFile }, { makeContext }, add] = await Promise.all([
      import('./process.ts'),
      import('./cli/context.ts'),
      asked.load(),
    ]);
    readEnvFile();
    const context = makeContext(process.env);
    for (const each of verbFiles) if (each !== asked) addNames(program, each);
    add(program, context);
    await program.parseAsync();
    process.exit(context.exitCode());
  }
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : WRONG_USE);
  const { endWith } = await import('./process.ts');
  endWith(error);
}
