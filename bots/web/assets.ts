// The page's own files, read once at start: a name is looked up, never turned into a path.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { renderSvgAside } from '../../src/report/render.ts';
import { isMessage, type Language, type Say } from '../../src/words/words.ts';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

interface Asset {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

export interface Assets {
  /** Changes whenever a file does, so that browsers may keep everything below it for ever. */
  readonly base: string;
  readonly files: ReadonlyMap<string, Asset>;
  /** The icon in one of the sizes that installed pages ask for, by its name (`icon-512.png`). */
  icon(name: string): Promise<Asset | undefined>;
  /** What keeps the page for when there is no network; it changes with the page. */
  readonly serviceWorker: string;
  /** The page in one language; `words` are those its scripts say. */
  page(language: Language, say: Say): string;
}

export function readAssets(folder: URL): Assets {
  const hash = createHash('sha256');
  const files = new Map<string, Asset>();
  let template = '';
  let serviceWorker = '';
  for (const name of readdirSync(folder).sort()) {
    const bytes = Uint8Array.from(readFileSync(new URL(name, folder)));
    hash.update(name).update(bytes);
    const type = types[extname(name)];
    if (name === 'service-worker.js') serviceWorker = new TextDecoder().decode(bytes);
    else if (type !== undefined) files.set(name, { bytes, type });
    else if (name === 'index.html') template = new TextDecoder().decode(bytes);
  }
  const base = `/page/${hash.digest('hex').slice(0, 16)}`;
  const kept = [...files.keys()].map((name) => `${base}/${name}`);
  return {
    base,
    files,
    serviceWorker: serviceWorker.replace('{{base}}', base).replace("['{{files}}']", JSON.stringify(kept)),
    async icon(name) {
      const size = Number(/^icon-(180|192|512)\.png$/.exec(name)?.[1]);
      const drawn = files.get('icon.svg');
      if (Number.isNaN(size) || drawn === undefined) return undefined;
      const png = await renderSvgAside(new TextDecoder().decode(drawn.bytes), size / ICON_UNITS);
      return { bytes: Uint8Array.from(png), type: 'image/png' };
    },
    page(language, say) {
      const words = Object.fromEntries(scriptWords.map((id) => [id, say(`page-${id}`, blanks)]));
      const values: Readonly<Record<string, string>> = {
        language,
        base,
        // `<` would end the element that the words stand in.
        words: JSON.stringify(words).replaceAll('<', String.raw`\u003c`),
      };
      return template.replaceAll(/\{\{([\w-]+)\}\}/g, (_, id: string) => {
        const value = values[id];
        if (value !== undefined) return value;
        if (!isMessage(id)) throw new Error(`index.html asks for ${id}, which is no message`);
        return escaped(say(id));
      });
    },
  };
}

/** Sides of icon.svg. */
const ICON_UNITS = 32;

/** What the page's scripts say themselves; everything else comes with the replies or stands in the template. */
const scriptWords = [
  'sending',
  'waiting',
  'not-sent',
  'retry',
  'offline',
  'online',
  'drawing',
  'photo',
  'enlarge',
  'too-large',
  'you',
  'reply',
  'log-in',
  'log-out',
  'logged-in',
  'logged-out',
  'token',
  'token-help',
  'link',
  'link-help',
  'gone',
  'problem',
  'alphabet',
  'rejected',
  'example',
  'anew-done',
] as const;

/** The scripts fill these in themselves. */
const blanks = { name: '{ $name }', picture: '{ $picture }', number: '{ $number }' };

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
