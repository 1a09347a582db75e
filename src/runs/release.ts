// A later release brings a better model of an alphabet: it comes as a challenger. Where people taught a champion of their
// own, the gate decides on their glyphs; a refusal is final. Where nobody ever taught anything, it simply takes over.
import { messageOf } from '../errors.ts';
import type { Log } from '../log.ts';
import type { ModelVersion } from '../store/versions.ts';
import type { FinaliseTools } from './finalise.ts';
import { FEWEST_GLYPHS } from '../records/decision.ts';
import type { Runs } from './runs.ts';

/**
 * Offers the newest shipped model of each alphabet that was never offered. With a champion made here it waits until there
 * are glyphs to compare on.
 */
export async function offerShipped(
  tools: Pick<FinaliseTools, 'store' | 'verify' | 'announce' | 'now'> & { readonly runs: Runs; readonly log: Log },
  alphabets: readonly string[],
): Promise<void> {
  for (const alphabet of alphabets) {
    const shipped = unoffered(tools.store, alphabet);
    if (shipped === null) continue;
    const { version, champion, ownModels } = shipped;
    if (tools.store.stats.counts(alphabet).test >= FEWEST_GLYPHS) {
      const { outcome } = tools.runs.start({
        alphabet,
        requestedBy: 'release',
        reason: 'release',
        judges: version.id,
      });
      if (outcome === 'started') tools.log.info({ alphabet, version: version.id }, 'a shipped model challenges');
    } else if (!ownModels) {
      await takeOver(tools, version, champion);
    }
  }
}

function unoffered(
  store: FinaliseTools['store'],
  alphabet: string,
): { readonly version: ModelVersion; readonly champion: string; readonly ownModels: boolean } | null {
  const versions = store.versions.list(alphabet);
  const version = versions.find(({ origin }) => origin === 'seed');
  const champion = store.champions.current(alphabet);
  if (version === undefined || champion === undefined || version.id === champion) return null;
  if (store.champions.history(alphabet, 10_000).some(({ to }) => to === version.id)) return null;
  const asked = store.runs
    .list({ alphabet, limit: 10_000 })
    .some((run) => run.judges === version.id && run.state !== 'failed');
  return asked ? null : { version, champion, ownModels: versions.some(({ origin }) => origin === 'run') };
}

async function takeOver(
  { store, verify, announce, now, log }: Parameters<typeof offerShipped>[0],
  version: ModelVersion,
  from: string,
): Promise<void> {
  const { alphabet, id: to } = version;
  try {
    await verify(version.artifact);
  } catch (err) {
    log.error({ err, alphabet, version: to }, `a shipped model cannot be used: ${messageOf(err)}`);
    return;
  }
  store.atomically(() => {
    const change = { alphabet, expected: from, version: to, reason: 'shipped', by: 'release', at: now() };
    if (store.champions.promote(change)) announce({ kind: 'promoted', alphabet, from, to });
  });
}
