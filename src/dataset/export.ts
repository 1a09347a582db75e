// Samples to take away: as a folder's files one after another, or all in one archive for a chat.
import { zipSync } from 'fflate';
import { labelById, type Alphabet } from '../alphabet/alphabet.ts';
import type { Sample, Samples } from '../store/samples.ts';

/** File names by sample; a table tells what each shows, so that no label ever has to be a file name. */
export const TABLE = 'labels.tsv';
/** An archive in a chat holds no more than this; the command line exports all. */
const MOST_IN_ARCHIVE = 20_000;

/** The line of the table, `file<TAB>label<TAB>split<TAB>writer<TAB>source<TAB>time`. Writers are numbered, not named. */
export function tableLine(sample: Sample, alphabet: Alphabet): string {
  const label = sample.labelId === null ? '' : (labelById(alphabet, sample.labelId)?.text ?? '');
  const time = new Date(sample.createdAt).toISOString();
  return [fileOf(sample), label, sample.split, `writer-${sample.contributorId}`, sample.source, time].join('\t');
}

export const TABLE_HEAD = ['file', 'label', 'split', 'writer', 'source', 'time'].join('\t');

/** Where a sample's picture goes, relative to the table. */
export function fileOf(sample: Sample): string {
  return `glyphs/${String(sample.id).padStart(8, '0')}.png`;
}

/** Rejected glyphs have no label and are left out: a labelled set holds characters. */
export function* exported(samples: Samples, alphabet: Alphabet): Generator<Sample> {
  for (const sample of samples.iterate({ alphabet: alphabet.id })) if (sample.labelId !== null) yield sample;
}

export function makeExportArchive(deps: {
  readonly samples: Samples;
  readonly png: (glyph: Uint8Array) => Uint8Array;
}) {
  return async (alphabet: Alphabet) => {
    const files: Record<string, Uint8Array> = {};
    const lines = [TABLE_HEAD];
    for (const sample of exported(deps.samples, alphabet)) {
      if (lines.length > MOST_IN_ARCHIVE) break;
      files[fileOf(sample)] = deps.png(sample.glyph);
      lines.push(tableLine(sample, alphabet));
    }
    const samples = lines.length - 1;
    if (samples === 0) return null;
    files[TABLE] = new TextEncoder().encode(`${lines.join('\n')}\n`);
    // Pictures are compressed already.
    return { name: `${alphabet.id}-samples.zip`, bytes: zipSync(files, { level: 0 }), samples };
  };
}
