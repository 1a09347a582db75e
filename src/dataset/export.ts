// Samples to take away: as a folder's files one after another, or all in one archive for a chat.
import { setImmediate as othersTurn } from 'node:timers/promises';
import { zipSync } from 'fflate';
import { labelById, type Alphabet } from '../alphabet/alphabet.ts';
import { kindOfGlyph } from '../glyph/kind.ts';
import type { Sample, Samples } from '../store/samples.ts';

/** `file<TAB>label<TAB>writer` a line: a labelled set that `import` reads again. A label never has to be a file name. */
export const LABELS = 'labels.tsv';
/** The same with all that is known of each sample. */
export const TABLE = 'samples.csv';
export const TABLE_HEAD = 'file,label,split,writer,source,time';
/** An archive in a chat holds no more than this; the command line exports all. */
const MOST_IN_ARCHIVE = 20_000;
/** Drawn in one go: a hundredth of a second. */
const AT_A_TIME = 25;

/** Writers are numbered, not named. */
export function labelsLine(sample: Sample, alphabet: Alphabet): string {
  return [fileOf(sample), labelOf(sample, alphabet), writerOf(sample)].join('\t');
}

export function tableLine(sample: Sample, alphabet: Alphabet): string {
  const label = labelOf(sample, alphabet);
  // A label may be a comma or a quotation mark.
  const quoted = `"${label.replaceAll('"', '""')}"`;
  const time = new Date(sample.createdAt).toISOString();
  return [fileOf(sample), quoted, sample.split, writerOf(sample), sample.source, time].join(',');
}

const labelOf = (sample: Sample, alphabet: Alphabet): string => labelById(alphabet, sample.labelId ?? -1)?.text ?? '';
const writerOf = (sample: Sample): string => `writer-${sample.contributorId}`;

/** Where a sample's picture goes, relative to the table. */
export function fileOf(sample: Sample): string {
  return `glyphs/${String(sample.id).padStart(8, '0')}.${kindOfGlyph(sample.glyph).extension}`;
}

/** Rejected glyphs have no label and are left out: a labelled set holds characters. */
export function* exported(samples: Samples, alphabet: Alphabet): Generator<Sample> {
  for (const sample of samples.iterate({ alphabet: alphabet.id })) if (sample.labelId !== null) yield sample;
}

export function makeExportArchive(deps: {
  readonly samples: Samples;
  readonly image: (glyph: Uint8Array) => Uint8Array;
}) {
  return async (alphabet: Alphabet) => {
    const files: Record<string, Uint8Array> = {};
    const labels: string[] = [];
    const table = [TABLE_HEAD];
    for (const sample of exported(deps.samples, alphabet)) {
      if (labels.length >= MOST_IN_ARCHIVE) break;
      if (labels.length % AT_A_TIME === 0) await othersTurn();
      files[fileOf(sample)] = deps.image(sample.glyph);
      labels.push(labelsLine(sample, alphabet));
      table.push(tableLine(sample, alphabet));
    }
    const samples = labels.length;
    if (samples === 0) return null;
    files[LABELS] = textFile(labels);
    files[TABLE] = textFile(table);
    // Pictures are compressed already.
    return { name: `${alphabet.id}-samples.zip`, bytes: zipSync(files, { level: 0 }), samples };
  };
}

const textFile = (lines: readonly string[]): Uint8Array => new TextEncoder().encode(`${lines.join('\n')}\n`);
