// The product's TypeScript as JavaScript, file by file, each beside what it finds beside itself.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Our own modules by name, wherever code names one: `import`, `require`, `new URL`. */
const naming = /(['"])([\w./-]+)\.ts\1/g;
/** JavaScript that starts TypeScript: it has nothing to translate here, and before Node 22.12 `require` takes no modules. */
const starting = (text) =>
  text
    .replaceAll(/^(?:import \{ register \} from 'tsx\/esm\/api'|register\(\)|await import\('tsx'\));\n/gm, '')
    .replaceAll("require('tsx/cjs')", 'null')
    .replaceAll("require('./", "import('./");

/** All files of the product's code, by their path from the root. */
export function sourcesOf(root) {
  return ['src', 'bots', 'worker'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name))),
  );
}

/** Writes the code that is in `root` into the folder `into`. */
export function translate(root, into) {
  const { transformSync } = createRequire(createRequire(import.meta.url).resolve('tsx'))('esbuild');
  for (const file of sourcesOf(root)) {
    const [from, to] = [path.join(root, file), path.join(into, file)];
    mkdirSync(path.dirname(to), { recursive: true });
    if (!/\.(?:ts|mjs|cjs)$/.test(file)) {
      cpSync(from, to);
      continue;
    }
    const text = readFileSync(from, 'utf8').replaceAll(naming, '$1$2.js$1');
    if (file.endsWith('.ts')) {
      const { code } = transformSync(text, { loader: 'ts', format: 'esm', tsconfigRaw: '{}' });
      writeFileSync(to.replace(/\.ts$/, '.js'), code);
    } else {
      writeFileSync(to, starting(text));
    }
  }
  const { name, version, type } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  writeFileSync(path.join(into, 'package.json'), JSON.stringify({ name, version, type }));
}
