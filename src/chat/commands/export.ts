// /export: all samples of an alphabet as one archive.
import type { Alphabet } from '../../alphabet/alphabet.ts';
import { reply, type Command } from '../command.ts';
import { aboutAlphabet, type AboutAlphabet } from './about-alphabet.ts';

interface Deps extends AboutAlphabet {
  /** null when there are none. */
  readonly exportSamples: (
    alphabet: Alphabet,
  ) => Promise<{ readonly name: string; readonly bytes: Uint8Array; readonly samples: number } | null>;
}

export const exportCommand = (deps: Deps): Command =>
  aboutAlphabet(deps, 'export', async ({ say }, alphabet) => {
    const archive = await deps.exportSamples(alphabet);
    if (archive === null) return reply(say('export-none', { alphabet: alphabet.title }));
    return reply(say('export-done', { samples: archive.samples, alphabet: alphabet.title }), { files: [archive] });
  });
