// The finder's card: what it is, what it was taught with, and how it does on scenes it never saw.
import { format } from 'prettier';
import { COUNTED, percent, type FoundRow } from './scenes/found.ts';

export interface FinderCard {
  readonly parameters: number;
  readonly bytes: number;
  readonly seed: number;
  readonly epochs: number;
  readonly peak: number;
  readonly from: string | null;
  readonly scenes: number;
  readonly rows: readonly FoundRow[];
}

export function finderCard({ parameters, bytes, seed, epochs, peak, from, scenes, rows }: FinderCard): Promise<string> {
  const lines = rows.map(
    (row) =>
      `| ${row.kind} | ${row.scenes} | ${row.characters} | ${percent(row.half, row.characters)} | ${percent(row.six, row.characters)} | ${percent(row.half, row.boxes)} | ${row.false} | ${percent(row.counted, row.scenes)} |`,
  );
  return format(
    `# The finder

Says where characters are in a photo, how many there are, and that there is none. A fully convolutional network of ${parameters.toLocaleString('en')} parameters
(${Math.round(bytes / 1000)} kB, kernels in 16 bits); its layers are in \`src/model/architectures/finder.ts\`. It reads nothing: what a character is, the alphabets' models say.

Made by \`npm run seed -- --finder${from === null ? '' : ` --from ${from}`} --seed ${seed} --epochs ${epochs} --peak ${peak}\`${from === null ? '' : ', which went on from the finder before it,'} with ${scenes.toLocaleString('en')} made-up scenes (\`models/recipe/scenes/\`), each seen once: characters of the glyph
banks beside it on papers, boards and screens, in cells, words, lines, columns, grids and pages, photographed badly; and pictures without any. No photograph and
no writing of a person is in it. The fonts are listed in \`models/recipe/FONTS.md\`.

## Scenes of unseen fonts

640 × 480 pixels. Boxes count from a sureness of ${COUNTED} on. Found: a box overlaps with the character's by an IoU of 0.5 (0.6).

| scene | scenes | characters | found, % | at 0.6, % | boxes that are right, % | false boxes | number right, % |
|---|---|---|---|---|---|---|---|
${lines.join('\n')}
`,
    { parser: 'markdown', printWidth: 120 },
  );
}
