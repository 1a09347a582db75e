// The pictures operators get: the store's figures and a run's evaluation, with the words of whoever looks.
import { labelById, type Alphabet } from '../alphabet/alphabet.ts';
import type { Blobs } from '../blobs/blobs.ts';
import type { LoadedModel } from '../model/champion.ts';
import { barChart } from '../report/bar-chart.ts';
import { confusionChart } from '../report/confusion-chart.ts';
import { legibleLabel } from '../report/legible.ts';
import { shareChart } from '../report/line-charts.ts';
import { proofCard } from '../report/proof-card.ts';
import type { Run } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import { evaluation, type Evaluation } from '../records/job.ts';
import { versionAccuracy } from '../records/metrics.ts';
import type { Say } from '../words/words.ts';
import type { Picture } from './event.ts';
import { oddsText } from '../words/duel-text.ts';
import { shown } from '../runs/duels.ts';
import { decisionText } from '../words/run-text.ts';

/** The confusion matrix is of people's newest test samples, at most so many. */
const CONFUSION_SAMPLES = 2000;
const DAYS_SHOWN = 60;
const VERSIONS_SHOWN = 12;

/** The pictures operators get; each is drawn from figures and words. */
export interface Pictures {
  stats(alphabet: Alphabet, say: Say): Promise<readonly Picture[]>;
  proofCard(run: Run, alphabet: Alphabet, say: Say): Promise<Picture | null>;
}

export function makePictures(deps: {
  readonly store: Pick<Store, 'stats' | 'versions' | 'champions' | 'samples' | 'duels'>;
  readonly blobs: Blobs;
  readonly loadModel: (alphabet: Alphabet, artifact: string) => Promise<LoadedModel>;
}): Pictures {
  const { store, blobs } = deps;
  const picture = (alt: string, png: Uint8Array): Picture => ({ alt, png: () => png, role: 'chart' });

  async function confusion(alphabet: Alphabet, say: Say): Promise<readonly Picture[]> {
    const version = store.versions.get(store.champions.current(alphabet.id) ?? '');
    const tested = store.samples
      .newest({ alphabet: alphabet.id, split: 'test' }, CONFUSION_SAMPLES)
      .filter(({ labelId }) => labelId !== null);
    if (version === undefined || tested.length === 0) return [];
    const model = await deps.loadModel(alphabet, version.artifact);
    try {
      const place = new Map(alphabet.labels.map(({ id }, index) => [id, index]));
      const counts = alphabet.labels.map(() => alphabet.labels.map(() => 0));
      const answers = await model.classify(tested.map(({ glyph }) => glyph));
      for (const [index, answer] of answers.entries()) {
        const row = counts[place.get(tested[index]?.labelId ?? -1) ?? -1];
        const read = place.get(answer.candidates[0]?.labelId ?? -1);
        if (row !== undefined && read !== undefined) row[read] = (row[read] ?? 0) + 1;
      }
      const title = say('chart-confusion', { version: version.id });
      return [picture(title, confusionChart({ title, labels: alphabet.labels.map(legibleLabel), counts }))];
    } finally {
      await model.close();
    }
  }

  return {
    async stats(alphabet, say) {
      const stats = store.stats.ofAlphabet(alphabet.id);
      const pictures: Picture[] = [];
      const versions = store.versions
        .list(alphabet.id)
        .filter(({ metrics }) => versionAccuracy(metrics) !== null)
        .slice(0, VERSIONS_SHOWN)
        .toReversed();
      if (versions.length > 0) {
        const title = say('chart-accuracy');
        const values = versions.map(({ metrics }) => versionAccuracy(metrics));
        const steps = versions.map(({ id }) => id);
        pictures.push(picture(title, shareChart({ title, steps, lines: [{ name: title, values }] })));
      }
      if (stats.live.length > 0) {
        const title = say('chart-confirm');
        const live = stats.live.slice(-VERSIONS_SHOWN);
        const values = live.map((each) => share(each.confirmed, each.confirmed + each.corrected + each.rejected));
        const steps = live.map(({ versionId }) => versionId);
        pictures.push(picture(title, shareChart({ title, steps, lines: [{ name: title, values }] })));
      }
      if (stats.samples > 0) {
        const byLabel = new Map(stats.labels.map(({ labelId, train, test }) => [labelId, train + test]));
        const labels = alphabet.labels.map((label) => ({
          name: legibleLabel(label),
          value: byLabel.get(label.id) ?? 0,
        }));
        const days = stats.days.slice(-DAYS_SHOWN).map(({ day, samples }) => ({ name: day.slice(5), value: samples }));
        const title = say('chart-labels');
        pictures.push(picture(title, barChart({ title, bars: labels, everyName: true })));
        pictures.push(picture(say('chart-days'), barChart({ title: say('chart-days'), bars: days })));
      }
      return [...pictures, ...(await confusion(alphabet, say))];
    },

    async proofCard(run, alphabet, say) {
      const { decision } = run;
      if (decision === null || run.versionId === null) return null;
      const judged = await evaluationOf(blobs, run);
      const title = say('chart-proof', { version: run.versionId });
      // A shipped model has no parent; it stood against the champion all the same.
      const parent = run.job?.parent ?? null;
      const duel = store.duels.of(run.versionId);
      const base = decision.base;
      return picture(
        title,
        proofCard({
          title,
          because: decisionText(decision, alphabet, say),
          promoted: decision.outcome === 'promote',
          champion: {
            role: say('card-champion'),
            version: parent ?? '–',
            accuracy: share(decision.championRight, decision.tested),
          },
          challenger: {
            role: say('card-challenger'),
            version: run.versionId,
            accuracy: share(decision.challengerRight, decision.tested),
          },
          wins: { name: say('card-wins'), count: decision.wins },
          losses: { name: say('card-losses'), count: decision.losses },
          figures: [
            say('card-tested', { tested: decision.tested, p: decision.p.toPrecision(2) }),
            say('card-base', {
              tested: base.tested,
              before: points(base.championRight, base.tested),
              after: points(base.challengerRight, base.tested),
            }),
            ...(duel === undefined ? [] : [oddsText(shown(store, duel, alphabet.confusable), say)]),
          ],
          changed: judged === null ? [] : changedGlyphs(judged, alphabet),
        }),
      );
    },
  };

  /** Glyphs that only one of the two read right, the challenger's first. */
  function changedGlyphs(judged: Evaluation, alphabet: Alphabet) {
    const name = (id: number | null): string => {
      if (id === null) return '∅';
      const label = labelById(alphabet, id);
      return label === undefined ? '?' : legibleLabel(label);
    };
    return judged.people
      .filter(({ label, champion, challenger }) => (champion === label) !== (challenger === label))
      .map((each) => ({ ...each, won: each.challenger === each.label }))
      .sort((a, b) => Number(b.won) - Number(a.won))
      .flatMap(({ sample, champion, challenger, won }) => {
        const found = store.samples.get(sample);
        // Withdrawn or forgotten meanwhile: not to be shown any more.
        if (found === undefined || found.withdrawnAt !== null) return [];
        return [{ glyph: found.glyph, caption: `${name(champion)} → ${name(challenger)}`, won }];
      });
  }
}

async function evaluationOf(blobs: Blobs, run: Run): Promise<Evaluation | null> {
  const hash = run.result?.evaluation;
  if (hash === undefined || !(await blobs.has(hash))) return null;
  return evaluation.parse(JSON.parse(Buffer.from(await blobs.get(hash)).toString('utf8')));
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function points(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(2)} %`;
}
