// The page's own files, read once at start: a name is looked up, never turned into a path.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { isMessage, type Language, type Say } from '../../src/words/words.ts';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

export interface Assets {
  /** Changes whenever a file does, so that browsers may keep everything below it for ever. */
  readonly base: string;
  readonly files: ReadonlyMap<string, { readonly bytes: Uint8Array<ArrayBuffer>; readonly type: string }>;
  /** The page in one language; `words` are those its scripts say. */
  page(language: Language, say: Say): string;
}

export function readAssets(folder: URL): Assets {
  const hash = createHash('sha256');
  const files = new Map<string, { bytes: Uint8Array<ArrayBuffer>; type: string }>();
  let template = '';
  for (const name of readdirSync(folder).sort()) {
    const bytes = Uint8Array.from(readFileSync(new URL(name, folder)));
    hash.update(name).update(bytes);
    const type = types[extname(name)];
    if (type !== undefined) files.set(name, { bytes, type });
    else if (name === 'index.html') template = new TextDecoder().decode(bytes);
  }
  const base = `/page/${hash.digest('hex').slice(0, 16)}`;
  return {
    base,
    files,
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
] as const;

/** The scripts fill these in themselves. */
const blanks = { name: '{ $name }', picture: '{ $picture }' };

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
