// `npm pack` runs this before it packs: dist/ becomes the product translated to JavaScript, file by file, with the data that it finds
// beside itself. `build.mjs clean` takes it away again, so that a checkout never runs what is old.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = path.join(root, 'dist');

/** Our own modules by name, wherever code names one: `import`, `require`, `new URL`. */
const naming = /(['"])([\w./-]+)\.ts\1/g;
/** JavaScript that starts TypeScript: it has nothing to translate here, and before Node 22.12 `require` takes no modules. */
const starting = (text) =>
  text
    .replaceAll(/^(?:import \{ register \} from 'tsx\/esm\/api'|register\(\)|await import\('tsx'\));\n/gm, '')
    .replaceAll("require('tsx/cjs')", 'null')
    .replaceAll("require('./", "import('./");

rmSync(dist, { recursive: true, force: true });
if (process.argv[2] !== 'clean') build();

function build() {
  const { transformSync } = createRequire(createRequire(import.meta.url).resolve('tsx'))('esbuild');
  for (const folder of ['src', 'bots', 'worker']) {
    for (const entry of readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const from = path.join(entry.parentPath, entry.name);
      const to = path.join(dist, path.relative(root, from));
      mkdirSync(path.dirname(to), { recursive: true });
      if (!/\.(?:ts|mjs|cjs)$/.test(entry.name)) {
        cpSync(from, to);
        continue;
      }
      const text = readFileSync(from, 'utf8').replaceAll(naming, '$1$2.js$1');
      if (entry.name.endsWith('.ts')) {
        const { code } = transformSync(text, { loader: 'ts', format: 'esm', tsconfigRaw: '{}' });
        writeFileSync(to.replace(/\.ts$/, '.js'), code);
      } else {
        writeFileSync(to, starting(text));
      }
    }
  }
  for (const name of readdirSync(path.join(root, 'models'))) {
    if (name !== 'recipe')
      cpSync(path.join(root, 'models', name), path.join(dist, 'models', name), { recursive: true });
  }
  cpSync(path.join(root, 'migrations'), path.join(dist, 'migrations'), { recursive: true });
  const { name, version, type } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  writeFileSync(path.join(dist, 'package.json'), JSON.stringify({ name, version, type }));
}
