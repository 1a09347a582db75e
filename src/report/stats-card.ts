// An alphabet's figures as one picture: those of its charts that have something to say, below one another.
import { barPanel } from './bar-chart.ts';
import { confusionPanel } from './confusion-chart.ts';
import { sharePanel } from './line-charts.ts';
import { panelsPng, type Panel } from './plot.ts';

export interface StatsCard {
  readonly title: string;
  readonly shares: Parameters<typeof sharePanel>[0];
  readonly labels: Parameters<typeof barPanel>[0];
  readonly days: Parameters<typeof barPanel>[0];
  /** Null when there is nothing to test with. */
  readonly confusion: Parameters<typeof confusionPanel>[0] | null;
}

/** A PNG; null when no chart says anything. */
export function statsCard(card: StatsCard): Uint8Array | null {
  const panels = [
    ...shares(card.shares),
    ...bars({ ...card.labels, everyName: true }),
    ...bars(card.days),
    ...confusions(card.confusion),
  ];
  return panels.length === 0 ? null : panelsPng(card.title, panels);
}

/** A single point is no line. */
function shares(chart: StatsCard['shares']): readonly Panel[] {
  const lines = chart.lines.filter(({ values }) => values.filter((value) => value !== null).length > 1);
  const [first] = lines;
  if (first === undefined) return [];
  const told = chart.steps.flatMap((_, at) => (lines.some(({ values }) => (values[at] ?? null) !== null) ? [at] : []));
  return [
    sharePanel({
      ...chart,
      // What a lone line is has no legend.
      title: lines.length === 1 ? `${chart.title} (${first.name})` : chart.title,
      steps: told.map((at) => chart.steps[at] ?? ''),
      lines: lines.map(({ name, values }) => ({ name, values: told.map((at) => values[at] ?? null) })),
    }),
  ];
}

/** A single bar compares nothing. */
const bars = (chart: StatsCard['labels']): readonly Panel[] =>
  chart.bars.filter(({ value }) => value > 0).length > 1 ? [barPanel(chart)] : [];

/** Without a mistake there is nothing to see. */
const confusions = (chart: StatsCard['confusion']): readonly Panel[] =>
  chart?.counts.some((row, truth) => row.some((count, read) => count > 0 && read !== truth)) === true
    ? [confusionPanel(chart)]
    : [];
