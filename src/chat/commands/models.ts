// /models: an alphabet's versions, the newest first, and the duels that some of them fight.
import { NO_BACKBONE } from '../../alphabet/alphabet.ts';
import { versionAccuracy, type VersionMetrics } from '../../records/metrics.ts';
import { shownDuels } from '../../runs/duels.ts';
import type { Store } from '../../store/store.ts';
import { shownText } from '../../words/duel-text.ts';
import { reply, type Command } from '../command.ts';
import { aboutAlphabet, type AboutAlphabet } from './about-alphabet.ts';

const MODELS_SHOWN = 12;

interface Deps extends AboutAlphabet {
  readonly store: Pick<Store, 'versions' | 'champions' | 'alphabets' | 'duels'>;
}

export const modelsCommand = (deps: Deps): Command =>
  aboutAlphabet(deps, 'models', ({ say }, alphabet) => {
    const { store } = deps;
    const versions = store.versions.list(alphabet.id).slice(0, MODELS_SHOWN);
    const sees = alphabet.backbone === NO_BACKBONE ? [say('models-no-backbone', { id: alphabet.id })] : [];
    if (versions.length === 0) return reply([say('models-none'), ...sees].join('\n'));
    const champion = store.champions.current(alphabet.id);
    const isOwn = store.alphabets.get(alphabet.id) !== undefined;
    const lines = versions.map((version) =>
      say('models-line', {
        champion: version.id === champion ? 'yes' : 'no',
        version: version.id,
        accuracy: accuracyText(version.metrics),
        origin: version.origin === 'seed' && isOwn ? 'fonts' : version.origin,
        run: String(version.runId ?? ''),
      }),
    );
    const duels = shownDuels(store, alphabet.id, alphabet.confusable).map((each) => shownText(each, say));
    return reply([...lines, ...duels, ...sees].join('\n'));
  });

function accuracyText(metrics: VersionMetrics): string {
  const accuracy = versionAccuracy(metrics);
  return accuracy === null ? '–' : `${(100 * accuracy).toFixed(2)} %`;
}
