// The pictures operators get: the store's figures and a run's evaluation, with the words of whoever looks.
import type { Alphabet } from '../alphabet/alphabet.ts';
import type { Blobs } from '../blobs/blobs.ts';
import type { LoadedModel } from '../model/champion.ts';
import { legibleLabel } from '../report/legible.ts';
import { proofCard } from '../report/proof-card.ts';
import { statsCard, type StatsCard } from '../report/stats-card.ts';
import type { Run } from '../store/runs.ts';
import type { AlphabetStats, LiveCounts } from '../store/stats.ts';
import type { Store } from '../store/store.ts';
import { evaluation, type Evaluation } from '../records/job.ts';
import { versionAccuracy } from '../records/metrics.ts';
import type { Say } from '../words/words.ts';
import type { Picture } from './event.ts';
import { shown } from '../runs/duels.ts';
import { decisionText } from '../words/run-text.ts';
import { axesOfShares } from './axes.ts';
import { photosIn } from './photos-in.ts';
import { conditionRows, duelRow, labelText, wantingBox } from './proof-rows.ts';

/** The confusion matrix is of people's newest test samples, at most so many. */
const CONFUSION_SAMPLES = 2000;
const DAYS_SHOWN = 60;
const DAY_MS = 86_400_000;
const VERSIONS_SHOWN = 12;
const CONFUSED_SHOWN = 12;
/** A share of fewer answers says nothing. */
const FEWEST_ANSWERS = 20;

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
  const picture = (alt: string, png: Uint8Array, glyphs: readonly Uint8Array[] = []): Picture => ({
    alt,
    png: () => png,
    role: 'chart',
    ...photosIn(glyphs),
  });

  async function confusion(alphabet: Alphabet, say: Say): Promise<StatsCard['confusion']> {
    const version = store.versions.get(store.champions.current(alphabet.id) ?? '');
    const tested = store.samples
      .newest({ alphabet: alphabet.id, split: 'test' }, CONFUSION_SAMPLES)
      .filter(({ labelId }) => labelId !== null);
    if (version === undefined || tested.length === 0) return null;
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
      return {
        title: say('chart-confusion', { version: version.id, tested: tested.length }),
        axes: { up: say('axis-truth'), across: say('axis-read') },
        labels: alphabet.labels.map(legibleLabel),
        counts,
        most: CONFUSED_SHOWN,
      };
    } finally {
      await model.close();
    }
  }

  return {
    async stats(alphabet, say) {
      const stats = store.stats.ofAlphabet(alphabet.id);
      const versions = store.versions.list(alphabet.id).slice(0, VERSIONS_SHOWN).toReversed();
      const byLabel = new Map(stats.labels.map(({ labelId, train, test }) => [labelId, train + test]));
      const title = say('stats-picture', { alphabet: alphabet.title });
      const png = statsCard({
        title,
        shares: {
          title: say('chart-accuracy'),
          axes: axesOfShares(say('axis-version'), say),
          steps: versions.map(({ id }) => id),
          lines: [
            { name: say('line-tested'), values: versions.map(({ metrics }) => versionAccuracy(metrics)) },
            {
              name: say('line-people'),
              values: versions.map(({ id }) => rightShare(stats.live.find(({ versionId }) => versionId === id))),
            },
          ],
        },
        labels: {
          title: say('chart-labels'),
          axes: { up: say('axis-samples'), across: say('axis-character') },
          bars: alphabet.labels.map((label) => ({ name: legibleLabel(label), value: byLabel.get(label.id) ?? 0 })),
        },
        days: {
          title: say('chart-days'),
          axes: { up: say('axis-samples'), across: say('axis-day') },
          bars: everyDay(stats.days).map(({ day, samples }) => ({ name: day.slice(5), value: samples })),
        },
        confusion: await confusion(alphabet, say),
      });
      return png === null ? [] : [picture(title, png)];
    },

    async proofCard(run, alphabet, say) {
      const { decision } = run;
      if (decision === null || run.versionId === null) return null;
      const judged = await evaluationOf(blobs, run);
      const title = say('chart-proof', { version: run.versionId });
      // A shipped model has no parent; it stood against the champion all the same.
      const parent = run.job?.parent ?? null;
      const duel = store.duels.of(run.versionId);
      const right = (count: number): string | null =>
        decision.tested === 0 ? null : say('card-right', { right: count, tested: decision.tested });
      const changed = judged === null ? { wins: [], losses: [] } : changedGlyphs(judged, alphabet);
      return picture(
        title,
        proofCard({
          title: say('card-title', { alphabet: alphabet.title, run: String(run.id) }),
          verdict: say(
            decision.outcome === 'promote'
              ? 'card-promoted'
              : run.job?.champion === null
                ? 'card-kept-none'
                : 'card-kept',
          ),
          because: decisionText(decision, alphabet, say),
          promoted: decision.outcome === 'promote',
          champion: { role: say('card-champion'), version: parent ?? '–', right: right(decision.championRight) },
          challenger: {
            role: say('card-challenger'),
            version: run.versionId,
            right: right(decision.challengerRight),
          },
          conditions: [
            ...conditionRows(decision, alphabet, say),
            ...(duel === undefined ? [] : [duelRow(shown(store, duel, alphabet.confusable), say)]),
          ],
          wanting: wantingBox(decision, alphabet, say),
          wins: { name: say('card-wins', { count: decision.wins }), glyphs: changed.wins },
          losses: { name: say('card-losses', { count: decision.losses }), glyphs: changed.losses },
        }),
        [...changed.wins, ...changed.losses].map(({ glyph }) => glyph),
      );
    },
  };

  /** Glyphs that only the challenger, and only the champion, read right. */
  function changedGlyphs(judged: Evaluation, alphabet: Alphabet) {
    const glyphs = (those: Evaluation['people']) =>
      those.flatMap(({ sample, champion, challenger }) => {
        const found = store.samples.get(sample);
        // Withdrawn or forgotten meanwhile: not to be shown any more.
        if (found === undefined || found.withdrawnAt !== null) return [];
        const read = { champion: labelText(alphabet, champion), challenger: labelText(alphabet, challenger) };
        return [{ glyph: found.glyph, ...read }];
      });
    return {
      wins: glyphs(judged.people.filter((each) => each.challenger === each.label && each.champion !== each.label)),
      losses: glyphs(judged.people.filter((each) => each.champion === each.label && each.challenger !== each.label)),
    };
  }
}

async function evaluationOf(blobs: Blobs, run: Run): Promise<Evaluation | null> {
  const hash = run.result?.evaluation;
  if (hash === undefined || !(await blobs.has(hash))) return null;
  return evaluation.parse(JSON.parse(Buffer.from(await blobs.get(hash)).toString('utf8')));
}

/** The share that people called right; null of too few answers to be one. */
function rightShare(live: LiveCounts | undefined): number | null {
  if (live === undefined) return null;
  const answered = live.confirmed + live.corrected + live.rejected;
  return answered < FEWEST_ANSWERS ? null : live.confirmed / answered;
}

/** Days on which nothing came are days, too; the newest, so many at most. */
function everyDay(days: AlphabetStats['days']): AlphabetStats['days'] {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const known = new Map(days.map(({ day, samples }) => [day, samples]));
  const [from, to] = [Date.parse(first.day) / DAY_MS, Date.parse(last.day) / DAY_MS];
  const length = Math.min(DAYS_SHOWN, to - from + 1);
  return Array.from({ length }, (_, at) => {
    const day = new Date((to - length + 1 + at) * DAY_MS).toISOString().slice(0, 10);
    return { day, samples: known.get(day) ?? 0 };
  });
}
