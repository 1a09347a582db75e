// `models`, `promote`, `rollback`, `repeat`: the registry of versions, which of them answers, and whether they are what they say.
import type { Command } from 'commander';
import { UsageError } from '../errors.ts';
import { versionAccuracy, type VersionMetrics } from '../records/metrics.ts';
import type { App } from '../app/open.ts';
import { shown } from '../runs/duels.ts';
import { repeat, type Repeated } from '../runs/repeat.ts';
import { promoteVersion, rollback, type Moved } from '../runs/rollback.ts';
import type { ModelVersion } from '../store/versions.ts';
import { shownText } from '../words/duel-text.ts';
import { sayIn } from '../words/words.ts';
import { alphabetNamed, print, percent, type Context } from './context.ts';

export function addModels(program: Command, context: Context): void {
  program
    .command('models')
    .description('versions with their lineage, newest first')
    .option('--alphabet <id>', 'only of this alphabet')
    .option('--json', 'all of it as JSON')
    .action((options: { alphabet?: string; json?: boolean }) =>
      context.withApp(async (app) => {
        const id = options.alphabet === undefined ? undefined : alphabetNamed(app, options.alphabet).id;
        const versions = app.store.versions.list(id).map((version) => ({
          ...version,
          champion: app.store.champions.current(version.alphabet) === version.id,
          duel: duelOf(app, version),
        }));
        print(options.json, versions, () =>
          versions.length === 0
            ? 'no models yet'
            : versions.flatMap((each) => [
                `${each.champion ? '▶' : ' '} ${each.id}  ${each.origin}  ${accuracyText(each.metrics)}  parent ${each.parent ?? '–'}  ${each.artifact.slice(0, 12)}`,
                ...(each.duel === null ? [] : [`    ${each.duel.text}`]),
              ]),
        );
      }),
    );

  program
    .command('promote')
    .description('makes a version answer, whatever the gate said of it')
    .argument('<version>', 'like digits-3')
    .option('--json', 'what happened as JSON')
    .action((version: string, options: { json?: boolean }) =>
      context.withApp(async (app) =>
        told(context, await promoteVersion(app.tools, version, 'command line'), options.json),
      ),
    );

  program
    .command('rollback')
    .description('makes the version before the champion answer again')
    .requiredOption('--alphabet <id>', 'which alphabet')
    .option('--json', 'what happened as JSON')
    .action((options: { alphabet: string; json?: boolean }) =>
      context.withApp(async (app) => {
        const alphabet = alphabetNamed(app, options.alphabet);
        told(context, await rollback(app.tools, alphabet.id, 'command line'), options.json);
      }),
    );

  program
    .command('repeat')
    .description('trains a version again from its snapshot, seed and parent: are the weights the same?')
    .argument('<version>', 'like digits-3')
    .option('--json', 'the outcome as JSON')
    .action((version: string, options: { json?: boolean }) =>
      context.withApp(async (app) => {
        const repeated = await repeat(app.tools, version, {
          onProgress: () => undefined,
          signal: new AbortController().signal,
          now: () => performance.now(),
        });
        if (repeated.outcome === 'unknown-version')
          throw new UsageError(`There is no version ${version}. "models" lists them.`);
        if (repeated.outcome !== 'same') context.failed();
        print(options.json, repeated, () => repeatedText(repeated));
      }),
    );
}

/** The newest duel in which this version stood against a champion; null where there was none. */
function duelOf(app: App, version: ModelVersion) {
  const duel = app.store.duels.list(version.alphabet, 100).find((each) => each.challenger === version.id);
  if (duel === undefined) return null;
  const { kind, advises, champion, state, because } = duel;
  const seen = shown(app.store, duel, app.alphabets.get(version.alphabet)?.confusable ?? []);
  const { wins, losses, people, winners, way, wayBack } = seen.now;
  const figures = { kind, advises, champion, state, because, wins, losses, people, winners, way, wayBack };
  return { ...figures, takenBack: seen.takenBack, text: shownText(seen, sayIn('en')) };
}

function repeatedText(repeated: Repeated): string {
  const { version } = repeated;
  switch (repeated.outcome) {
    case 'same':
      return `${version} trained again: every weight is the same`;
    case 'different': {
      const { codeThen, codeNow } = repeated;
      const code = codeThen === codeNow ? 'the same code' : `code ${codeThen} then, ${codeNow} now`;
      return `${version} trained again: the weights differ (${code}; another processor may round otherwise)`;
    }
    case 'forgotten':
      return `${version} cannot be repeated: somebody whose samples it was trained on was forgotten since`;
    case 'shipped':
      return `${version} came with the code, not from a run here: models/recipe makes it`;
    case 'unknown-version':
      return `there is no version ${version}`;
  }
}

function told(context: Context, moved: Moved, json: boolean | undefined): void {
  if (moved.outcome === 'unknown-version')
    throw new UsageError(`There is no version ${moved.version}. "models" lists them.`);
  if (moved.outcome !== 'moved') context.failed();
  print(json, moved, () => {
    switch (moved.outcome) {
      case 'moved':
        return `${moved.to} answers now (before: ${moved.from ?? 'nobody'})`;
      case 'nothing-before':
        return 'there is no version before this one; nothing was changed';
      case 'already':
        return `${moved.champion} answers already; nothing was changed`;
      case 'unusable':
        return `${moved.version} cannot be used, nothing was changed: ${moved.because}`;
      case 'overtaken':
        return 'another version took over meanwhile; nothing was changed';
    }
  });
}

function accuracyText(metrics: VersionMetrics): string {
  const accuracy = versionAccuracy(metrics);
  return accuracy === null ? '–' : percent(accuracy);
}
