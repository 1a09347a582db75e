// Writes FONTS.md: every font's licence and copyright line, taken from the licence file in its package.
import { readFile, writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import { recipeFonts } from './fonts.ts';

const rows: string[] = [];
for (const name of [...new Set(recipeFonts.map((font) => font.name))].sort()) {
  const uses = recipeFonts.filter((font) => font.name === name);
  const text = await readFile(new URL(`node_modules/@expo-google-fonts/${name}/LICENSE_FONT`, import.meta.url), 'utf8');
  const stated = /apache license/iu.test(text) ? 'Apache-2.0' : /open font license/iu.test(text) ? 'OFL-1.1' : null;
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

All come from npm and are installed by \`npm run seed\` only; the product ships renderings of them (\`models/*/bank.bin\`), never the fonts. Every
package carries its licence file (LICENSE_FONT), from which this list is made: \`npx tsx models/recipe/fonts-list.ts\`. A font that tests is
never trained on.

| package | weights | style | role | licence | copyright |
|---|---|---|---|---|---|
`;
await writeFile(
  new URL('FONTS.md', import.meta.url),
  await format(`${head}${rows.join('\n')}\n`, { parser: 'markdown', printWidth: 120 }),
);
