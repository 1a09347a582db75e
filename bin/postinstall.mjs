// npm runs this when everything is installed: in a checkout it translates the code, so that starts need not (installed.mjs). A package brings
// its code translated, and while an image is made there may be no code yet.
import { existsSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { folder, root, stamp, stateOf } from './installed.mjs';
import { sourcesOf, translate } from './translate.mjs';

if (existsSync(path.join(root, 'src/cli.ts'))) translateCheckout();

function translateCheckout() {
  try {
    rmSync(folder, { recursive: true, force: true });
    const files = [...sourcesOf(root), 'package.json'];
    const states = Object.fromEntries(files.map((file) => [file, stateOf(file)]));
    translate(root, folder);
    for (const name of ['models', 'migrations'])
      symlinkSync(path.join(root, name), path.join(folder, name), 'junction');
    writeFileSync(stamp, JSON.stringify(states));
  } catch (thrown) {
    // A folder that is not ours to write, a full disk: then every start translates.
    console.error(`Not translated beforehand, so starts take longer: ${String(thrown)}`);
  }
}
