// The model card: what a seed was made from, under which licences, and how well it reads, for people (card.md) and for programs
// (card.json).
import { writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import type { Alphabet } from '../../src/alphabet/alphabet.ts';
import type { ArtifactMetadata } from '../../src/model/artifact.ts';
import type { Interval } from '../../src/model/metrics.ts';
import { setCredits } from './credits.ts';
import { REJECTION_THRESHOLDS, type Figures, type Share } from './measure.ts';
import type { PrecisionFigures } from './precision.ts';
import type { SetUse } from './sets.ts';

export interface CardOptions {
  readonly alphabet: Alphabet;
  /** Where models/ID is. */
  readonly out: URL;
  readonly figures: readonly Figures[];
  readonly metadata: ArtifactMetadata;
  readonly parameters: number;
  readonly bytes: number;
  readonly sources: readonly { readonly name: string; readonly licence: string; readonly part: string }[];
  readonly uses: readonly SetUse[];
  readonly seed: number;
  readonly epochs: number;
  /** The model whose training was gone on with. */
  readonly from: string | null;
  /** Empty where only calibration and measures were made again. */
  readonly precisions: readonly PrecisionFigures[];
}

export async function writeCard(options: CardOptions): Promise<void> {
  const { alphabet, out, figures, metadata, seed, epochs, from, parameters, bytes, precisions } = options;
  const { temperature } = metadata;
  const record = { alphabet: alphabet.id, seed, epochs, from, parameters, bytes, temperature, precisions, figures };
  await writeFile(new URL('card.json', out), await format(JSON.stringify(record), { parser: 'json', printWidth: 120 }));
  await writeFile(new URL('card.md', out), await format(cardText(options), { parser: 'markdown', printWidth: 120 }));
}

function cardText({
  alphabet,
  figures,
  metadata,
  parameters,
  bytes,
  sources,
  uses,
  seed,
  epochs,
  from,
  precisions,
}: CardOptions): string {
  const taught = uses.filter((use) => use.testOnly !== true);
  const rows = figures.map(
    ({ set, note, strict, confusableAware, identity, rejected, ece, eceInterval, eceTwins, eceTwinsInterval }) =>
      `| ${[
        set,
        note,
        strict?.of ?? identity?.of ?? rejected.of,
        percent(strict),
        percent(confusableAware),
        percent(identity),
        percent(rejected),
        calibration(ece, eceInterval),
        calibration(eceTwins, eceTwinsInterval),
      ].join(' | ')} |`,
  );
  const worst = figures
    .filter((each) => each.confusions.length > 0)
    .map(
      ({ set, confusions }) =>
        `- ${set}: ${confusions
          .slice(0, 12)
          .map(({ label, read, count }) => `${label} as ${read} ${count}×`)
          .join(', ')}`,
    );
  return `# The seed model for ${alphabet.id}

Reads ${alphabet.labels.length} characters (${alphabet.title}) and says "not a character" of the rest. Made by
\`npm run seed -- --alphabet ${alphabet.id} --data DIR\` with seed ${seed}: ${epochs} epochs of 8,000 glyphs${from === null ? '' : ', continued from an earlier run (--from)'}. Network \`${metadata.architecture.id}\`, glyphs of
${metadata.glyphSize} × ${metadata.glyphSize}, ${parameters.toLocaleString('en')} parameters, ${(bytes / 1e6).toFixed(2)} MB (kernels in 16 bits). Temperature ${metadata.temperature.toFixed(2)}${metadata.twins === undefined ? '' : `, of twins ${metadata.twins.temperature.toFixed(2)}`}.

## How well it reads

Nothing below was trained on. Brackets hold 95 % intervals (Wilson); rejected is the share taken for no character; ECE is the
calibration error in 15 bins. A picture that cannot be read counts as wrong. ∅ is "not a character".

| set | | glyphs | right | right, twins counted as one | letter, case aside | rejected | ECE | ECE, twins as one |
|---|---|---|---|---|---|---|---|---|
${rows.join('\n')}

A glyph is rejected when "not a character" is more probable than ${metadata.rejectAbove}. What other limits would reject:

| above | ${REJECTION_THRESHOLDS.join(' | ')} |
|---|${REJECTION_THRESHOLDS.map(() => '---|').join('')}
${figures.map((each) => `| ${each.set} | ${each.rejectedAbove.map(({ share }) => `${(100 * share).toFixed(1)} %`).join(' | ')} |`).join('\n')}

![How sure it is and how often it is right](../../docs/pictures/reliability-${alphabet.id}.png)

${precisionText(precisions)}## What it confuses

![Confusion matrix](../../docs/pictures/confusion-${alphabet.id}.png)

${worst.join('\n')}

## What it learnt from

${taught.length > 0 ? taught.map((use) => `- ${setCredits[use.name] ?? use.name}`).join('\n') : 'No pictures of handwriting: fonts only.'}
- glyphs synthesised from the fonts and hands below (their renderings are in \`bank.bin\`)

Measured only:

${uses
  .filter((use) => use.testOnly === true)
  .map((use) => `- ${setCredits[use.name] ?? use.name}`)
  .concat('- the fonts marked "test": every second one calibrates, the others measure')
  .join('\n')}

Where a set names its writers, drawers 9 to 12 test and 8 calibrates; where it does not, every fifth picture tests and every tenth
calibrates. Fonts (from npm, @expo-google-fonts; authors in \`models/recipe/FONTS.md\`) and hands of our own
(\`models/recipe/hands.ts\`):

${['train', 'test']
  .map(
    (part) =>
      `- ${part}: ${sources
        .filter((source) => source.part === part)
        .map((source) => `${source.name} (${source.licence})`)
        .join(', ')}`,
  )
  .join('\n')}
`;
}

function calibration(ece: number | null, interval: Interval | null): string {
  if (ece === null || interval === null) return '–';
  const [value, low, high] = [ece, interval.low, interval.high].map((each) => (100 * each).toFixed(1));
  return `${value} % [${low}, ${high}]`;
}

/** What fewer bits would cost. */
function precisionText(precisions: readonly PrecisionFigures[]): string {
  if (precisions.length === 0) return '';
  const rows = precisions.map(
    ({ bits, bytes, right, of, milliseconds }) =>
      `| ${bits} | ${(bytes / 1e6).toFixed(2)} MB | ${((100 * right) / of).toFixed(2)} % of ${of} | ${milliseconds.toFixed(2)} ms |`,
  );
  return `Kernels in fewer bits (16 is shipped; 8 with a scale for each output channel), over all sets above:

| bits | file | right, twins counted as one | one glyph, one thread |
|---|---|---|---|
${rows.join('\n')}

`;
}

function percent(share: Share | null): string {
  if (share === null) return '–';
  const [value, low, high] = [share.value, share.low, share.high].map((each) => (100 * each).toFixed(1));
  return `${value} % [${low}, ${high}]`;
}
