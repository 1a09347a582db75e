// How sure a challenger may be, and from which doubt on it says "not a character". Its parent was calibrated on far more
// than one run holds, so what is measured here is how the challenger's scale moved against it.
import type { ArtifactMetadata } from '../model/artifact.ts';
import { fitTemperature, rejectThreshold } from '../model/calibration.ts';
import type { Network } from '../model/engine.ts';
import { softmax } from '../model/metrics.ts';
import type { RunContext } from './run-context.ts';
import { asValidation, type Glyphs } from './glyphs.ts';

export interface Calibration {
  readonly temperature: number;
  /** Carried from model to model: shapes that differ in size alone cannot be told apart better by learning. */
  readonly twins?: ArtifactMetadata['twins'];
  readonly askBelow: number;
  readonly rejectAbove: number;
}

/** So many held-out glyphs of people's are enough to fit a temperature by themselves. */
const ENOUGH_TO_FIT = 200;
/** Share of true characters that any model may reject. */
const MAY_REJECT = 0.003;
/** Of a first model; later ones start from their parent's. */
const FIRST: Calibration = { temperature: 1, askBelow: 0.8, rejectAbove: 0.5 };

export async function calibrate(run: RunContext, network: Network, validation: Glyphs): Promise<Calibration> {
  const { champion, known, reader } = run;
  const { memory } = known;
  const old: Calibration = champion === null ? FIRST : calibrationOf(champion.metadata);
  const fitted = async (of: Network, glyphs: Glyphs): Promise<number> =>
    fitTemperature({
      logits: await reader.logits(of, glyphs),
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

  // What is no character should be rejected as often as before, but for no price in characters: the higher of the two limits.
  // The characters' alone is too strict with people's, which no challenger has replayed as it has fonts.
  const [earlier, now] = [
    await doubtsOf(run, before, memory, old.temperature),
    await doubtsOf(run, network, memory, temperature),
  ];
  const rejects = (doubts: readonly number[]): number => doubts.filter((doubt) => doubt > old.rejectAbove).length;
  const faintest = now.unknowns.toSorted((x, y) => y - x)[rejects(earlier.unknowns) - 1] ?? 1;
  const falseRejects = rejects(earlier.characters) / Math.max(1, earlier.characters.length);
  const limit = Math.max(faintest - 1e-6, rejectThreshold(now.characters, Math.max(falseRejects, MAY_REJECT)));
  return { ...old, temperature, rejectAbove: Math.min(old.rejectAbove, limit) };
}

const calibrationOf = ({ temperature, twins, askBelow, rejectAbove }: ArtifactMetadata): Calibration => ({
  temperature,
  twins,
  askBelow,
  rejectAbove,
});

/** Probability of "not a character", the last output, that characters and strangers get. */
async function doubtsOf(
  { reader }: RunContext,
  network: Network,
  glyphs: Glyphs,
  temperature: number,
): Promise<{ readonly characters: readonly number[]; readonly unknowns: readonly number[] }> {
  const { outputs } = network;
  const logits = await reader.logits(network, glyphs);
  const [characters, strangers]: [number[], number[]] = [[], []];
  glyphs.outputs.forEach((truth, i) => {
    const doubt = softmax(logits.subarray(i * outputs, (i + 1) * outputs), temperature)[outputs - 1] ?? 0;
    (truth === outputs - 1 ? strangers : characters).push(doubt);
  });
  return { characters, unknowns: strangers };
}
