// What champion and challenger read of the same glyphs, and the figures that the gate and the charts are made of.
import type { Artifact } from '../model/artifact.ts';
import { accuracy, expectedCalibrationError, macroF1, type Answer } from '../model/metrics.ts';
import type { Evaluation, GlyphReading, JobSpec } from '../records/job.ts';
import type { Glyphs } from './glyphs.ts';
import { readingsBy, rightOutput, type Readings } from './judge.ts';
import type { NetworkReader } from './reader.ts';
import type { SeenBy } from './seen-by.ts';

/** Glyphs of people's training split that count as evidence: what a challenger reads of them without having learnt from them. */
export interface Unseen {
  readonly glyphs: Glyphs;
  /** Left out: the challenger itself never saw them, and is asked. */
  readonly readings?: Readings;
}

export interface Sides {
  /** Null: the alphabet has no model yet; then nothing is read. */
  readonly champion: Artifact | null;
  /** What it sees of the same glyphs, and what the other sees. */
  readonly championSees: SeenBy;
  readonly challengerSees: SeenBy;
  readonly challenger: Artifact;
}

export async function evaluateContender(
  reader: NetworkReader,
  job: JobSpec,
  { champion, challenger, championSees, challengerSees }: Sides,
  { test, base, unseen }: { readonly test: Glyphs; readonly base: Glyphs; readonly unseen: Unseen | null },
): Promise<Omit<Evaluation, 'training'>> {
  const judge = async (glyphs: Glyphs, readings?: Readings): Promise<Judged> => ({
    glyphs,
    champion: champion === null ? nothingRead(glyphs) : await readingsBy(reader, job, champion, championSees(glyphs)),
    challenger: readings ?? (await readingsBy(reader, job, challenger, challengerSees(glyphs))),
  });
  const [onTest, onBase] = [await judge(test), await judge(base)];
  const onUnseen = unseen === null ? null : await judge(unseen.glyphs, unseen.readings);
  return {
    people: [
      ...peopleReadings(job, onTest, 'test'),
      ...(onUnseen === null ? [] : peopleReadings(job, onUnseen, 'cross-fit')),
    ],
    base: baseFigures(job, onBase),
    peopleScores: scoresOfBoth(onTest),
    baseScores: scoresOfBoth(onBase),
  };
}

/** Glyphs as both models read them. */
interface Judged {
  readonly glyphs: Glyphs;
  readonly champion: Readings;
  readonly challenger: Readings;
}

const nothingRead = ({ count }: Glyphs): Readings => ({
  outputs: new Int32Array(count).fill(-1),
  confidence: new Float32Array(count),
});

function peopleReadings(job: JobSpec, judged: Judged, source: GlyphReading['source']): GlyphReading[] {
  const labelOf = (output: number | undefined): number | null => job.labels[output ?? -1]?.id ?? null;
  return Array.from({ length: judged.glyphs.count }, (_, i) => {
    const read = judged.champion.outputs[i];
    return {
      sample: judged.glyphs.ids[i] ?? 0,
      label: labelOf(judged.glyphs.outputs[i]),
      champion: read === -1 ? -1 : labelOf(read),
      challenger: labelOf(judged.challenger.outputs[i]),
      source,
    };
  });
}

function scoresOfBoth({ glyphs, champion, challenger }: Judged): Evaluation['peopleScores'] {
  if (glyphs.count === 0) return null;
  const scoresOf = ({ outputs, confidence }: Readings) => {
    const answers: Answer[] = Array.from(glyphs.outputs, (truth, i) => ({
      truth,
      read: outputs[i] ?? -1,
      confidence: confidence[i] ?? 0,
    }));
    return { accuracy: accuracy(answers), macroF1: macroF1(answers), ece: expectedCalibrationError(answers) };
  };
  return { champion: scoresOf(champion), challenger: scoresOf(challenger) };
}

/** How many of each label both models read right, twins as one. */
function baseFigures(job: JobSpec, { glyphs, champion, challenger }: Judged): Evaluation['base'] {
  const right = rightOutput(job);
  const figures = Array.from({ length: job.labels.length + 1 }, (_, output) => ({
    label: job.labels[output]?.id ?? null,
    tested: 0,
    championRight: 0,
    challengerRight: 0,
  }));
  glyphs.outputs.forEach((truth, i) => {
    const figure = figures[truth];
    if (figure === undefined) return;
    figure.tested++;
    if (right(champion.outputs[i], truth)) figure.championRight++;
    if (right(challenger.outputs[i], truth)) figure.challengerRight++;
  });
  return figures.filter((figure) => figure.tested > 0);
}
