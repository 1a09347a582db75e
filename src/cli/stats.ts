// `stats`: the figures of /stats, for people and for scripts.
import type { Command } from 'commander';
import { labelById, type Alphabet } from '../alphabet/alphabet.ts';
import type { App } from '../app/open.ts';
import { alphabetNamed, type Context, counted, percent, print } from './context.ts';

export function addStats(program: Command, context: Context): void {
  program
    .command('stats')
    .description('samples, contributors, who answers, and how often people said it was right')
    .option('--alphabet <id>', 'which alphabet (default: ALPHABET)')
    .option('--json', 'all of it as JSON')
    .action((options: { alphabet?: string; json?: boolean }) =>
      context.withApp(async (app) => {
        const figures = statsOf(app, alphabetNamed(app, options.alphabet ?? app.config.alphabet));
        print(options.json, figures, () => [
          `${figures.alphabet}: ${counted(figures.samples, 'sample')} (${figures.train} train, ${figures.test} test) of ${counted(figures.contributors, 'contributor')}`,
          `champion: ${figures.champion ?? 'none'}`,
          `confirm rate: ${figures.confirmRate === null ? 'no answers yet' : percent(figures.confirmRate)}`,
          figures.labels.map(({ label, samples }) => `${label} ${samples}`).join('  '),
        ]);
      }),
    );
}

function statsOf(app: App, alphabet: Alphabet) {
  const stats = app.store.stats.ofAlphabet(alphabet.id);
  const champion = app.store.champions.current(alphabet.id) ?? null;
  const live = stats.live.find((each) => each.versionId === champion);
  const answered = live === undefined ? 0 : live.confirmed + live.corrected + live.rejected;
  return {
    alphabet: alphabet.id,
    samples: stats.samples,
    train: stats.train,
    test: stats.test,
    rejected: stats.rejected,
    contributors: stats.contributors,
    champion,
    confirmRate: live === undefined || answered === 0 ? null : live.confirmed / answered,
    labels: stats.labels.map(({ labelId, train, test }) => ({
      label: labelById(alphabet, labelId)?.text ?? String(labelId),
      samples: train + test,
      train,
      test,
    })),
    days: stats.days,
    live: stats.live,
    versions: app.store.versions.list(alphabet.id).map(({ id, metrics, createdAt }) => ({ id, metrics, createdAt })),
  };
}
