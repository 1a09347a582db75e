// How sure a challenger may be, and from which doubt on it says "not a character". Its parent was calibrated on far more
// than one run holds, so what is measured here is how the challenger's scale moved against it.
import type { ArtifactMetadata } from '../model/artifact.ts';
import { fitTemperature } from '../model/calibration.ts';
import type { Network } from '../model/engine.ts';
import { softmax } from '../model/metrics.ts';
import type { RunContext } from './challenger.ts';
import { asValidation, pick, type Glyphs } from './corpus.ts';
import { logitsOf } from './judge.ts';

export interface Calibration {
  readonly temperature: number;
  /** Carried from model to model: shapes that differ in size alone cannot be told apart better by learning. */
  readonly twins?: ArtifactMetadata['twins'];
  readonly askBelow: number;
  readonly rejectAbove: number;
}

/** So many held-out glyphs of people's are enough to fit a temperature by themselves. */
const ENOUGH_TO_FIT = 200;
/** Of doubt; below it too many characters would be rejected, whatever the strangers. */
const LOWEST_LIMIT = 0.1;
/** Of a first model; later ones start from their parent's. */
const FIRST: Calibration = { temperature: 1, askBelow: 0.8, rejectAbove: 0.5 };

export async function calibrate(run: RunContext, network: Network, validation: Glyphs): Promise<Calibration> {
  const { champion, known, learning } = run;
  const { memory } = known;
  const old: Calibration = champion === null ? FIRST : calibrationOf(champion.metadata);
  const fitted = async (of: Network, glyphs: Glyphs): Promise<number> =>
    fitTemperature({
      logits: await logitsOf(learning.engine, of, glyphs, learning.threads),
      targets: asValidation(glyphs, of.outputs).targets,
      outputs: of.outputs,
    });
  // The champion as it began this run: with the same outputs as the challenger.
  const { weights } = run.start;
  const before = champion === null || weights === undefined ? null : { ...run.start, weights };
  let { temperature } = old;
  if (validation.count >= ENOUGH_TO_FIT) temperature = await fitted(network, validation);
  else if (before !== null && memory.count > 0)
    temperature *= (await fitted(network, memory)) / (await fitted(before, memory));
  if (before === null || champion === null || memory.count === 0) return { ...old, temperature };

  // What is no character must be rejected as often as before. The limit of the parent nearly always does that; a limit by
  // how few fonts' characters it rejects would be far too strict with people's, which no challenger has replayed.
  const rejected = (await doubtsOf(run, before, memory, old.temperature)).filter((doubt) => doubt > old.rejectAbove);
  const doubts = (await doubtsOf(run, network, memory, temperature)).toSorted((x, y) => y - x);
  const faintest = doubts[rejected.length - 1] ?? 1;
  return { ...old, temperature, rejectAbove: Math.min(old.rejectAbove, Math.max(LOWEST_LIMIT, faintest - 1e-6)) };
}

const calibrationOf = ({ temperature, twins, askBelow, rejectAbove }: ArtifactMetadata): Calibration => ({
  temperature,
  twins,
  askBelow,
  rejectAbove,
});

/** Probability of "not a character", the last output, that glyphs get which are none. */
async function doubtsOf(run: RunContext, network: Network, glyphs: Glyphs, temperature: number): Promise<number[]> {
  const { engine, threads } = run.learning;
  const { outputs } = network;
  const strangers = pick(
    glyphs,
    Array.from(glyphs.outputs.keys()).filter((at) => glyphs.outputs[at] === outputs - 1),
  );
  const logits = await logitsOf(engine, network, strangers, threads);
  return Array.from(
    { length: strangers.count },
    (_, i) => softmax(logits.subarray(i * outputs, (i + 1) * outputs), temperature)[outputs - 1] ?? 0,
  );
}
