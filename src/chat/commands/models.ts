// /models: an alphabet's versions, the newest first, and the duels that some of them fight.
import { NO_BACKBONE } from '../../alphabet/alphabet.ts';
import { versionAccuracy, type VersionMetrics } from '../../records/metrics.ts';
import { shownDuels } from '../../runs/duels.ts';
import type { AlphabetStats } from '../../store/stats.ts';
import type { Store } from '../../store/store.ts';
import { shownText } from '../../words/duel-text.ts';
import { reply, type Command } from '../command.ts';
import { aboutAlphabet, type AboutAlphabet } from './about-alphabet.ts';

const MODELS_SHOWN = 12;

interface Deps extends AboutAlphabet {
  readonly store: Pick<Store, 'versions' | 'champions' | 'alphabets' | 'duels' | 'stats'>;
}

export const modelsCommand = (deps: Deps): Command =>
  aboutAlphabet(deps, 'models', ({ say }, alphabet) => {
    const { store } = deps;
    const versions = store.versions.list(alphabet.id).slice(0, MODELS_SHOWN);
    const sees = alphabet.backbone === NO_BACKBONE ? [say('models-no-backbone', { id: alphabet.id })] : [];
    if (versions.length === 0) return reply([say('models-none'), ...sees].join('\n'));
    const champion = store.champions.current(alphabet.id);
    const isOwn = store.alphabets.get(alphabet.id) !== undefined;
    const shown = versions.map((version) => ({
      champion: version.id === champion ? 'yes' : 'no',
      version: version.id,
      accuracy: accuracyText(version.metrics),
      origin: version.origin === 'seed' && isOwn ? 'fonts' : version.origin,
      run: String(version.runId ?? ''),
    }));
    const duels = shownDuels(store, alphabet.id, alphabet.confusable).map((each) => shownText(each, say));
    const beneath = [...duels, ...sees];
    const { live } = store.stats.ofAlphabet(alphabet.id);
    return reply([...shown.map((each) => say('models-line', each)), ...beneath].join('\n'), {
      table: {
        title: say('models-title', { alphabet: alphabet.title }),
        head: [say('axis-version'), say('line-tested'), say('line-people'), say('models-origin')],
        rows: shown.map((each) => [
          `${each.champion === 'yes' ? '▶ ' : ''}${each.version}`,
          each.accuracy,
          rightText(live.find(({ versionId }) => versionId === each.version)),
          say('models-from', { origin: each.origin, run: each.run }),
        ]),
        ...(beneath.length > 0 && { beneath: beneath.join('\n') }),
      },
    });
  });

/** Of the answers that people gave it. */
function rightText(live: AlphabetStats['live'][number] | undefined): string {
  const answered = live === undefined ? 0 : live.confirmed + live.corrected + live.rejected;
  return live === undefined || answered === 0 ? '–' : `${live.confirmed} / ${answered}`;
}

function accuracyText(metrics: VersionMetrics): string {
  const accuracy = versionAccuracy(metrics);
  return accuracy === null ? '–' : `${(100 * accuracy).toFixed(2)} %`;
}
