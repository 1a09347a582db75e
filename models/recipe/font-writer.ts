// One new hand, for `simulate`: a font that no seed was trained on writes every label many times, as photos of one person's
// writing would show it. Real sets have a picture or two a label from each writer, too few to see how one hand is learnt.
//   npx tsx models/recipe/font-writer.ts --alphabet latin --font la-belle-aurore --out DIR [--each 40]
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { shippedAlphabets } from '../../src/alphabet/list.ts';
import { readBank } from '../../src/dataset/bank.ts';
import { makeSynthesiser, synthesiseSamples } from '../../src/dataset/synthesiser.ts';
import { UsageError, messageOf } from '../../src/errors.ts';
import { GLYPH_SIZE } from '../../src/glyph/glyph.ts';
import { greyPng } from '../../src/report/png.ts';

/** One hand varies less than the hands of many. */
const WILDNESS = 0.5;
const MARGIN = 12;
const SIDE = GLYPH_SIZE + 2 * MARGIN;

const USAGE = 'usage: font-writer.ts --alphabet ID --font NAME --out DIR [--each 40]';

async function writeSet(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      alphabet: { type: 'string' },
      font: { type: 'string' },
      out: { type: 'string' },
      each: { type: 'string', default: '40' },
    },
  });
  const alphabet = shippedAlphabets.find(({ id }) => id === values.alphabet);
  if (alphabet === undefined || values.font === undefined || values.out === undefined) throw new UsageError(USAGE);
  const { font, out } = values;

  const bank = readBank(await readFile(new URL(`../${alphabet.id}/bank.bin`, import.meta.url)));
  const source = bank.sources.findIndex(({ name, part }) => part === 'test' && name.includes(font));
  if (source === -1) {
    const unseen = bank.sources.filter(({ part }) => part === 'test').map(({ name }) => name);
    throw new UsageError(`no unseen font of ${alphabet.id} is called ${font}: ${unseen.join(', ')}`);
  }
  const entries = bank.entries.filter((entry) => entry.source === source && entry.label !== null);
  const synthesiser = makeSynthesiser({ ...bank, entries }, 'test', { wildness: WILDNESS });
  await mkdir(out, { recursive: true });
  const lines: string[] = [];
  for (const { label, glyph } of synthesiseSamples(synthesiser, synthesiser.labels, Number(values.each), 0x0717e4)) {
    const paper = new Uint8Array(SIDE * SIDE).fill(235);
    for (let y = 0; y < GLYPH_SIZE; y++)
      for (let x = 0; x < GLYPH_SIZE; x++)
        paper[(y + MARGIN) * SIDE + x + MARGIN] = 235 - Math.round(0.75 * (glyph[y * GLYPH_SIZE + x] ?? 0));
    const file = `${lines.length}.png`;
    await writeFile(path.join(out, file), greyPng(paper, SIDE, SIDE));
    lines.push(`${file}\t${alphabet.labels[label ?? -1]?.text ?? ''}\t${font}`);
  }
  await writeFile(path.join(out, 'labels.tsv'), `${lines.join('\n')}\n`);
  console.log(`${lines.length} pictures by ${font} in ${out}`);
}

try {
  await writeSet(process.argv.slice(2));
} catch (error) {
  console.error(messageOf(error));
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
