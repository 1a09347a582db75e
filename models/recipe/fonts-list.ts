// Writes FONTS.md: every font's licence and copyright line, taken from the licence file in its package or, where an older package
// has none, from the font file itself.
import { readFile, writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import { loadFont, recipeFonts } from './fonts.ts';

async function licenceText(name: string, weight: string): Promise<string> {
  const file = new URL(`node_modules/@expo-google-fonts/${name}/LICENSE_FONT`, import.meta.url);
  return readFile(file, 'utf8').catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    const { names } = await loadFont(name, weight);
    const { copyright, license, licenseURL } = names.windows ?? names.macintosh ?? {};
    return [copyright, license, licenseURL].map((entry) => entry?.en ?? '').join('\n\n');
  });
}

const rows: string[] = [];
for (const name of [...new Set(recipeFonts.map((font) => font.name))].sort()) {
  const uses = recipeFonts.filter((font) => font.name === name);
  const text = await licenceText(name, uses[0]?.weights[0] ?? '');
  const stated = /apache license/iu.test(text)
    ? 'Apache-2.0'
    : /open font license|scripts\.sil\.org\/OFL/iu.test(text)
      ? 'OFL-1.1'
      : null;
  if (uses.some((font) => font.licence !== stated))
    throw new Error(`${name}: fonts.ts says ${uses[0]?.licence}, its file ${stated}`);
  const author =
    /^copyright[^\n]*(?:\n(?!\s*\n)[^\n]*by[^\n]*)?/imu.exec(text)?.[0].replaceAll('|', '/').trim() ??
    'no copyright line';
  const weights = uses.flatMap((font) => font.weights).join(', ');
  rows.push(
    `| @expo-google-fonts/${name} | ${weights} | ${[...new Set(uses.map((font) => font.style))].join(', ')} | ${uses[0]?.part} | ${stated} | ${author} |`,
  );
}
const head = `# The fonts the seed models are made from

All come from npm and are installed by \`npm run seed\` only; the product ships renderings of them (\`models/*/bank.bin\`), never the fonts. This
list is made from each package's licence file (LICENSE_FONT) or, where an older package has none, from what the font file says of itself:
\`npx tsx models/recipe/fonts-list.ts\`. A font that tests is never trained on.

| package | weights | style | role | licence | copyright |
|---|---|---|---|---|---|
`;
await writeFile(
  new URL('FONTS.md', import.meta.url),
  await format(`${head}${rows.join('\n')}\n`, { parser: 'markdown', printWidth: 120 }),
);
