// Which version this is, and which code.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

export const version = manifest.version;

/** The rooms that a model's weights depend on. */
const SHAPING = ['dataset', 'glyph', 'model', 'learning'];

/** What a model's lineage says it was made by: the version and, because code changes between releases, a hash of that code. */
export const codeVersion = `${version}+${hashOf(SHAPING)}`;

function hashOf(rooms: readonly string[]): string {
  const hash = createHash('sha256');
  for (const room of rooms) {
    const folder = new URL(`./${room}/`, import.meta.url);
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()) {
      if (!/\.(?:ts|mjs)$/u.test(file)) continue;
      hash.update(`${room}/${file.replaceAll('\\', '/')}\n`).update(readFileSync(new URL(file, folder)));
    }
  }
  return hash.digest('hex').slice(0, 8);
}
