// The figures a model version keeps: those of its card when it was shipped, those of its evaluation when a run made it.
import { z } from 'zod';
import { evaluation } from './job.ts';

const ofRun = z.object({
  people: evaluation.shape.peopleScores,
  base: evaluation.shape.baseScores,
  training: evaluation.shape.training,
});
const ofCard = z.record(z.string(), z.number());

export const versionMetrics = z.union([ofRun, ofCard]);
export type VersionMetrics = Readonly<z.infer<typeof versionMetrics>>;

const isOfCard = (metrics: VersionMetrics): metrics is z.infer<typeof ofCard> => typeof metrics.training !== 'object';

/** The accuracy that is told first, 0 … 1: on people's glyphs, else on the base set; of a card, its first figure. Null: none is known. */
export function versionAccuracy(metrics: VersionMetrics): number | null {
  if (isOfCard(metrics)) return metrics['accuracy'] ?? Object.values(metrics)[0] ?? null;
  return (metrics.people ?? metrics.base)?.challenger.accuracy ?? null;
}
