// What the page shows beside the conversation: the alphabet it reads, what the visitor taught, examples to tap, and the way to it
// from a phone.
import { networkInterfaces } from 'node:os';
import { Hono } from 'hono';
import { encodeButton } from '../../src/chat/buttons.ts';
import { linkCode } from '../../src/report/link-code.ts';
import { imageType } from '../shared/image.ts';
import { type Call, type Env, Refusal } from './context.ts';
import type { WebDeps } from './deps.ts';
import { phoneAddress } from './phone.ts';
import { identityOf, type Who } from './who.ts';

type BesideDeps = Pick<WebDeps, 'recognition' | 'alphabets' | 'gallery' | 'examples' | 'meet' | 'host'>;

const KEEP = { 'cache-control': 'private, max-age=3600' };
const dataUrl = (image: Uint8Array): string =>
  `data:${imageType(image).mime};base64,${Buffer.from(image).toString('base64')}`;

export interface Beside {
  /** What of it belongs into a session. */
  session(c: Call, visitor: string): Readonly<Record<string, unknown>>;
  readonly routes: Hono<Env>;
  /** The alphabet that this visitor reads in. */
  alphabetOf(visitor: string): string;
}

export function makeBeside(deps: BesideDeps, who: Who): Beside {
  const alphabetOf = (visitor: string): string =>
    deps.recognition.alphabetOf(identityOf(visitor).platform, who.chatOf(visitor));
  const addressFor = (c: Call): string | undefined => phoneAddress(c.get('facts'), deps.host, networkInterfaces());
  const routes = new Hono<Env>();

  routes.get('/samples', (c) => {
    const visitor = who.visitorOf(c);
    const before = Number(c.req.query('before') ?? Number.MAX_SAFE_INTEGER);
    if (!Number.isSafeInteger(before)) throw new Refusal('malformed');
    const { samples, next } = deps.gallery(deps.meet(who.said(c, visitor).person), before);
    const shown = samples.map(({ png, ...sample }) => ({ ...sample, src: dataUrl(png) }));
    return c.json({ samples: shown, next }, 200, { 'cache-control': 'no-store' });
  });

  routes.get('/examples', async (c) => {
    const pictures = await deps.examples.pictures(alphabetOf(who.visitorOf(c)));
    return c.json({ examples: pictures.map(dataUrl) }, 200, { 'cache-control': 'no-store' });
  });

  routes.get('/phone', (c) => {
    const address = addressFor(c);
    if (address === undefined) throw new Refusal('not-found');
    return c.body(linkCode(address), 200, { ...KEEP, 'content-type': 'image/svg+xml' });
  });

  return {
    routes,
    alphabetOf,
    session(c, visitor) {
      const now = alphabetOf(visitor);
      return {
        alphabets: deps.alphabets().map(({ id, title, direction }) => ({
          title,
          direction,
          chosen: id === now,
          payload: encodeButton({ do: 'choose', what: 'alphabet', value: id }),
        })),
        phone: addressFor(c) ?? null,
      };
    },
  };
}
