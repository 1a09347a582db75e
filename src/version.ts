// Which version this is, and which code.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

export const version = manifest.version;

/** Where weights come from: all that these import can change them, and nothing else. */
const ENTRIES = ['learning/perform', 'learning/first-model'];

/** The names of our files, in what is hashed: a package has them translated, and is the same code. */
const translatedNames = /\b(__\w+\(\{"[\w./-]+)\.js"/g;

/** What is needed of esbuild, which comes with tsx. */
interface Bundler {
  buildSync(options: Readonly<Record<string, unknown>>): {
    readonly outputFiles: readonly { readonly text: string }[];
    readonly metafile: { readonly outputs: Record<string, { readonly imports: readonly { readonly path: string }[] }> };
  };
}

let known: string | undefined;

/** What a model's lineage says it was made by: the version and, because code changes between releases, a hash of that code. */
export function codeVersion(): string {
  return (known ??= `${version}+${codeHash(new URL('.', import.meta.url))}`);
}

/** Hash of the code in this folder that can change weights, without comments, layout and types, and of the packages that it uses. */
export function codeHash(folder: URL): string {
  const require = createRequire(import.meta.url);
  const { buildSync } = createRequire(require.resolve('tsx'))('esbuild') as Bundler;
  const { outputFiles, metafile } = buildSync({
    entryPoints: ENTRIES.map((entry) => fileURLToPath(new URL(entry, folder))),
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    minifyWhitespace: true,
    metafile: true,
    write: false,
    outdir: 'nowhere',
    absWorkingDir: fileURLToPath(folder),
    tsconfigRaw: '{}',
    logLevel: 'silent',
  });
  const hash = createHash('sha256');
  for (const { text } of outputFiles) hash.update(text.replaceAll(translatedNames, '$1.ts"'));
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  for (const name of [...new Set(imported)].filter((each) => !each.startsWith('node:')).toSorted()) {
    const { version } = require(`${name}/package.json`) as { readonly version: string };
    hash.update(`\n${name} ${version}`);
  }
  return hash.digest('hex').slice(0, 8);
}
