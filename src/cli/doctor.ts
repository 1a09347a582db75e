// `doctor`: is everything in order, and if not, what to do.
import type { Command } from 'commander';
import { join } from 'node:path';
import { openApp, type App } from '../app/open.ts';
import { ConfigError } from '../config.ts';
import { messageOf } from '../errors.ts';
import { makeLog } from '../log.ts';
import { damagedSentence } from '../store/check.ts';
import { counted, print, type Context } from './context.ts';
import { examineMemory } from './doctor-memory.ts';
import { examinePlatforms } from './doctor-platforms.ts';

interface Finding {
  readonly what: string;
  readonly ok: boolean;
  /** How it is; what to do where it is not well. */
  readonly says: string;
}

export function addDoctor(program: Command, context: Context): void {
  program
    .command('doctor')
    .description('is everything in order, and if not, what to do')
    .option('--json', 'the findings as JSON')
    .action(async (options: { json?: boolean }) => {
      const findings = await examine(context);
      if (findings.some(({ ok }) => !ok)) context.failed();
      print(options.json, { ok: findings.every(({ ok }) => ok), findings }, () =>
        findings.map(({ what, ok, says }) => `${ok ? '✓' : '✗'} ${what}: ${says}`),
      );
    });
}

async function examine(context: Context): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  try {
    const config = context.config();
    findings.push({ what: 'configuration', ok: true, says: 'understood' });
    const app = await openApp(config, { log: makeLog('silent') });
    try {
      findings.push({ what: 'data folder', ok: true, says: config.dataDir }, await diskOf(app), ...databaseOf(app));
      findings.push(...alphabetOf(app));
      findings.push(...(await modelsOf(app)), ...(await queueOf(app)));
      findings.push(...(await examinePlatforms(config)), operatorsOf(app));
    } finally {
      await app.close();
    }
  } catch (error) {
    const what = error instanceof ConfigError ? 'configuration' : 'opening the data';
    findings.push({ what, ok: false, says: messageOf(error) });
  }
  return findings;
}

async function diskOf(app: App): Promise<Finding> {
  const health = await app.diskHealth();
  return { what: 'disk', ok: health.state === 'up', says: health.state === 'down' ? health.because : 'has room' };
}

function databaseOf(app: App): readonly Finding[] {
  const wrong = app.store.check();
  return wrong.length === 0
    ? [{ what: 'database', ok: true, says: 'whole' }]
    : [{ what: 'database', ok: false, says: damagedSentence(join(app.config.dataDir, 'inkloop.db'), wrong) }];
}

/** The app does not start with another one. */
function alphabetOf(app: App): readonly Finding[] {
  if (app.alphabets.get(app.config.alphabet) !== undefined) return [];
  const known = app.alphabets.list().map(({ id }) => id);
  return [{ what: 'ALPHABET', ok: false, says: `must be one of ${known.join(', ')}` }];
}

async function modelsOf(app: App): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const alphabet of app.alphabets.list()) {
    const what = `model of ${alphabet.id}`;
    const champion = app.store.champions.current(alphabet.id);
    const version = champion === undefined ? undefined : app.store.versions.get(champion);
    if (version === undefined) {
      findings.push({ what, ok: true, says: 'none yet: it learns from the first samples' });
      continue;
    }
    try {
      const model = await app.loadModel(alphabet, version.artifact);
      await model.close();
      findings.push(
        { what, ok: true, says: `${version.id} loads and answers` },
        ...(await examineMemory(app, alphabet)),
      );
    } catch (error) {
      const says = `${version.id} cannot be loaded: ${messageOf(error)} "rollback --alphabet ${alphabet.id}" goes back to the version before; or restore the blob ${version.artifact} from a backup.`;
      findings.push({ what, ok: false, says });
    }
  }
  return findings;
}

async function queueOf(app: App): Promise<readonly Finding[]> {
  const what = app.config.redisUrl === null ? 'training' : 'queue';
  const health = await app.queueHealth();
  if (!health.ok) return [{ what, ok: false, says: `${health.because} Runs wait in the database until it is back.` }];
  if (app.config.redisUrl === null) return [{ what, ok: true, says: 'a child process of the app' }];
  const { workers, evicts } = health;
  const found =
    workers === 0
      ? {
          what,
          ok: false,
          says: 'Redis answers, but no worker does: runs wait for one. Start it with "npx inkloop worker".',
        }
      : { what, ok: true, says: counted(workers, 'worker') };
  return evicts === undefined ? [found] : [found, { what: 'Redis', ok: false, says: evicting(evicts) }];
}

const evicting = (policy: string): string =>
  `When its memory is full it throws keys away (maxmemory-policy ${policy}), and jobs with them. Set it to noeviction: ` +
  `"redis-cli CONFIG SET maxmemory-policy noeviction", and "maxmemory-policy noeviction" in redis.conf so that it stays.`;

function operatorsOf(app: App): Finding {
  const by = app.config.adminToken === null ? 'the link that each start prints' : 'ADMIN_TOKEN';
  const says = `${app.people.operators().length} in ADMINS or added in a chat; in the page: by ${by}`;
  return { what: 'operators', ok: true, says };
}
