// The owner's command line: `npx inkloop VERB …`, in a checkout `npm run -s inkloop -- VERB …`. Each verb is a file in src/cli/; nothing is loaded but the one that is
// asked for, so that help is there at once.
import { Command, CommanderError } from 'commander';
import { addNames, verbFileOf, verbFiles } from './cli/verbs.ts';
import { version } from './version.ts';

/** Wrong use, as the design's exit codes have it. */
const WRONG_USE = 2;

const program = new Command('inkloop')
  .description(
    'A handwriting recogniser that learns from every answer. Without a verb it starts. Settings come from the environment and from .env in this folder; everything is kept in ./data, or where DATA_DIR says.',
  )
  .version(version)
  .configureHelp({ showGlobalOptions: true })
  .showHelpAfterError('(--help says more)')
  .exitOverride();

const given = process.argv.slice(2);
const args = given.length === 0 ? ['start'] : given;
const asked = verbFileOf(args);
try {
  if (asked === undefined) {
    for (const each of verbFiles) addNames(program, each);
    await program.parseAsync(args, { from: 'user' });
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
    await program.parseAsync(args, { from: 'user' });
    process.exit(context.exitCode());
  }
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : WRONG_USE);
  const { endWith } = await import('./process.ts');
  endWith(error);
}
