// `read`: what a photo shows, a line (or a JSON object) a glyph, in reading order. Nothing is saved.
import { Option, type Command } from 'commander';
import { casedOf, labelById, type Alphabet } from '../alphabet/alphabet.ts';
import { labelsOf, onlys, type Only } from '../alphabet/only.ts';
import type { App } from '../app/open.ts';
import type { ReadingApp } from '../app/reading.ts';
import { UsageError } from '../errors.ts';
import { ordered } from '../glyph/order.ts';
import type { Unreadable } from '../glyph/glyph.ts';
import { openerOf } from '../glyph/opener.ts';
import type { ChampionReader, GlyphAnswer } from '../model/champion.ts';
import { isHardlyRead } from '../recognition/hardly-read.ts';
import { inLine } from '../recognition/in-line.ts';
import { sayIn } from '../words/words.ts';
import { alphabetNamed, bytesOf, percent, print, type Context } from './context.ts';
import { importedHash } from './imported.ts';

const SHOWN = 5;

export function addRead(program: Command, context: Context): void {
  program
    .command('read')
    .description('what these photos show, a line a glyph in reading order')
    .argument('<photo...>', 'image files')
    .option('--alphabet <id>', 'what to read (default: ALPHABET)')
    .option('--as <contributor>', 'with this person’s own samples: a key like c12, or a name given to import')
    .addOption(new Option('--only <which>', 'read letters alone, or digits alone').choices(onlys))
    .option('--json', 'a JSON object a glyph')
    .action(async (files: readonly string[], { as, ...options }: Options) => {
      if (as === undefined) return context.withReading((app) => read(app, files, options, null));
      // Somebody's own hand is known to the whole product alone.
      return context.withApp((app) => {
        const who = contributorNamed(app, as);
        return read(app, files, options, (reader, alphabet, alone) => app.ownHand.recall(reader, alphabet, who, alone));
      });
    });
}

interface Options {
  readonly alphabet?: string;
  readonly as?: string;
  readonly only?: Only;
  readonly json?: boolean;
}

/** What somebody's own samples make of the answers. */
type Recall = (
  reader: ChampionReader,
  alphabet: Alphabet,
  alone: readonly GlyphAnswer[],
) => Promise<readonly Omit<GlyphAnswer, 'seen'>[]>;

async function read(app: ReadingApp, files: readonly string[], options: Options, recall: Recall | null): Promise<void> {
  const alphabet = alphabetNamed(app, options.alphabet ?? app.config.alphabet);
  for (const file of files) await readOne(app, alphabet, file, options, recall);
}

/** A key as `contributors list` shows it, else somebody whose samples were imported. */
function contributorNamed(app: App, name: string): number {
  const imported = app.store.contributors.byKeyHash(importedHash(app.key, name));
  const found = app.moderate.find(name) ?? imported;
  if (found === undefined)
    throw new UsageError(
      `Nobody is called ${name}: "contributors list" shows keys like c12; a name is one that import was given.`,
    );
  return found.id;
}

async function readOne(
  app: ReadingApp,
  alphabet: Alphabet,
  file: string,
  { json, only }: Options,
  recall: Recall | null,
): Promise<void> {
  const reading = ordered(await openerOf(alphabet).read(await bytesOf(file)), alphabet.direction);
  const isUnread = (outcome: Unreadable | 'sheet'): void => {
    const nothing = { file, place: null, box: null, line: null, candidates: [], outcome, modelVersion: null };
    const because =
      outcome === 'sheet'
        ? 'a practice sheet; "sheet read" tells what stands in its cells'
        : sayIn('en')(`unreadable-${outcome}`);
    print(json, nothing, () => `${file}: ${because}`);
  };
  if (reading.outcome !== 'glyphs') {
    isUnread(reading.outcome);
    return;
  }
  const reader = await app.champions.reader(alphabet.id);
  const alone = await reader?.classify(reading.glyphs.map((glyph) => glyph.pixels));
  const own = reader && alone && recall !== null ? await recall(reader, alphabet, alone) : alone;
  const labels = labelsOf(alphabet, only ?? null);
  const answers = own && inLine(reading.glyphs, own, alphabet, { labels, askBelow: reader?.facts.askBelow ?? 1 });
  if (answers !== undefined && isHardlyRead(alphabet, answers)) {
    isUnread('hardly-read');
    return;
  }
  const several = reading.glyphs.length > 1;
  for (const [place, { box, line }] of reading.glyphs.entries()) {
    const answer = answers?.[place];
    const candidates = (answer?.candidates ?? []).map(({ labelId, probability }) => ({
      label: labelById(alphabet, labelId)?.text ?? '',
      probability,
    }));
    const outcome = answer?.outcome ?? 'no-model';
    const cased = casedOf(alphabet, answer?.candidates ?? []);
    const told = {
      file,
      place,
      box,
      line,
      candidates,
      ...(cased && { cased }),
      outcome,
      modelVersion: reader?.version ?? null,
    };
    print(json, told, () => {
      const shown = candidates.slice(0, SHOWN).map((each) => `${each.label} ${percent(each.probability)}`);
      const letter = cased?.case
        ? `; letter ${cased.identity} ${percent(cased.probability)}, ${cased.case.is} case ${percent(cased.case.probability)}`
        : '';
      return `${several ? `${file} ${place + 1}` : file}: ${shown.join('  ')}${letter} (${outcome}, ${reader?.version ?? 'no model'})`;
    });
  }
}
