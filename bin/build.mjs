// `npm pack` runs this before it packs: dist/ becomes the product translated to JavaScript, with its models. `build.mjs clean` takes it away
// again, so that a checkout never runs what is old.
import { cpSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { translate } from './translate.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = path.join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
if (process.argv[2] !== 'clean') {
  translate(root, dist);
  for (const name of readdirSync(path.join(root, 'models'))) {
    if (name !== 'recipe')
      cpSync(path.join(root, 'models', name), path.join(dist, 'models', name), { recursive: true });
  }
  cpSync(path.join(root, 'migrations'), path.join(dist, 'migrations'), { recursive: true });
}
