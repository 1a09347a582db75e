// A checkout is translated when npm installs it (postinstall.mjs), for tsx takes longer to translate it at a start than the product takes
// to start. What was translated runs as long as each file of the code is as it was then; whoever changed one runs TypeScript.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const folder = path.join(root, 'node_modules', '.cache', 'inkloop');
/** Each file's state when it was translated. Written last of all: what lacks it is not whole. */
export const stamp = path.join(folder, 'translated.json');
/** When it was changed last, and its size. */
export const stateOf = (file) => {
  const { mtimeMs, size } = statSync(path.join(root, file));
  return `${mtimeMs} ${size}`;
};

/** The folder of what was translated, as an address with a slash; null where nothing was, or a file is another now. */
export function translated() {
  try {
    const states = Object.entries(JSON.parse(readFileSync(stamp, 'utf8')));
    return states.every(([file, state]) => stateOf(file) === state)
      ? new URL('../node_modules/.cache/inkloop/', import.meta.url)
      : null;
  } catch {
    return null;
  }
}
