// `contributors` and `log`: who teaches, stopping somebody, taking back what somebody taught, and what operators did.
import { InvalidArgumentError, type Command } from 'commander';
import type { App } from '../app/open.ts';
import { UsageError } from '../errors.ts';
import type { ContributorShown } from '../recognition/moderate.ts';
import { sayIn } from '../words/words.ts';
import { type Context, counted, print } from './context.ts';

interface Json {
  readonly json?: boolean;
}
interface Page extends Json {
  readonly page: number;
}

const WHO = 'command line';

export function addContributors(program: Command, context: Context): void {
  const contributors = program.command('contributors').description('who teaches, and what to do about somebody');
  contributors
    .command('list')
    .description('by samples of the last seven days: how much, how often right, whether blocked; never a name')
    .option('--page <number>', 'which page', pageNumber, 1)
    .option('--json', 'all of it as JSON')
    .action((options: Page) =>
      context.withApp(async (app) => {
        const shown = await app.moderate.list(options.page);
        print(options.json, shown, () => (shown.length === 0 ? 'nobody has taught anything yet' : shown.map(line)));
      }),
    );

  for (const [verb, blocked, says] of [
    ['block', true, 'no longer teaches: their photos are read, and their answers are not kept'],
    ['unblock', false, 'may teach again'],
  ] as const) {
    contributors
      .command(verb)
      .description(blocked ? 'stops somebody from teaching' : 'lets somebody teach again')
      .argument('<key>', 'like c12')
      .option('--json', 'as JSON')
      .action((key: string, options: Json) =>
        context.withApp(async (app) => {
          const changed = app.moderate.setBlocked(named(app, key).id, blocked, WHO);
          print(options.json, { key, blocked, changed }, () =>
            changed ? `${key} ${says}` : `${key} is ${blocked ? 'blocked already' : 'not blocked'}`,
          );
        }),
      );
  }

  contributors
    .command('withdraw')
    .description('takes back all that somebody taught, for good')
    .argument('<key>', 'like c12')
    .option('--dry-run', 'only count what would be taken back')
    .option('--json', 'as JSON')
    .action((key: string, options: Json & { dryRun?: boolean }) =>
      context.withApp(async (app) => {
        const { id } = named(app, key);
        if (options.dryRun === true) {
          const samples = app.moderate.count(id);
          print(
            options.json,
            { key, samples, dryRun: true },
            () => `would take back ${counted(samples, 'sample')} of ${key}`,
          );
          return;
        }
        const done = await app.moderate.withdraw(id, WHO);
        const { samples, learnt } = done.outcome === 'nothing' ? { samples: 0, learnt: [] } : done;
        print(options.json, { key, samples, learnt }, () => [
          samples === 0
            ? `there is nothing of ${key} to take back`
            : `took back ${counted(samples, 'sample')} of ${key}`,
          ...learnt.map((version) => `${version} answers now and has learnt from them: "rollback", or "retrain"`),
        ]);
      }),
    );

  program
    .command('log')
    .description('what operators did, newest first')
    .option('--page <number>', 'which page', pageNumber, 1)
    .option('--json', 'all of it as JSON')
    .action((options: Page) =>
      context.withApp(async (app) => {
        const acts = app.moderate.log(options.page);
        const say = sayIn('en');
        print(options.json, acts, () =>
          acts.length === 0
            ? 'no operator has done anything yet'
            : acts.map((act) => say('log-line', { ...act, at: new Date(act.at).toISOString() })),
        );
      }),
    );
}

function named(app: App, key: string): { readonly id: number } {
  const found = app.moderate.find(key);
  if (found === undefined)
    throw new UsageError(`There is no contributor ${key}. "contributors list" shows who there is.`);
  return found;
}

function line(each: ContributorShown): string {
  const answered = each.confirmed + each.corrected + each.rejected;
  const state = each.blockedAt === null ? (each.trusted ? '  trusted' : '') : '  blocked';
  const since = new Date(each.firstSeen).toISOString().slice(0, 10);
  return `${each.key}  ${each.platform}  since ${since}${state}  ${counted(each.samples, 'sample')} (${each.recent} in 7 days)  called right ${each.confirmed} of ${answered}  models agree with ${each.agreed} of ${each.looked}`;
}

function pageNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('a whole number from 1');
  return Number(text);
}
