// Talking to the server: what is sent is sent until it is answered, and under one key, so that it never counts twice.
import { freshId, say } from './words.js';

/** The server refused; `message` is a sentence in the reader's language. */
export class Problem extends Error {
  constructor(status, body) {
    super(body?.detail ?? say('problem'));
    this.status = status;
    this.code = body?.code;
  }
}

const PATIENCE_MS = 90_000;
const PAUSES_MS = [500, 1000, 2000, 4000, 8000, 15_000];
const BUSY_TRIES = 5;

/** Who we are to the server and what we may do; makes us a visitor where we are new. */
export async function session() {
  return await once('GET', '/chat/session');
}

/** What the server has at this path; makes us a visitor where it no longer knows us. */
export async function ask(path) {
  try {
    return await once('GET', path);
  } catch (error) {
    if (error.code !== 'no-visitor') throw error;
    await session();
    return await once('GET', path);
  }
}

/** `shown` is { token } or { link }, the secret in the link that the start printed. */
export async function logIn(shown) {
  return await once('POST', '/chat/log-in', JSON.stringify(shown), { 'content-type': 'application/json' });
}

/** Who opened the page inside a messenger, by its word. */
export async function beVouchedFor(word) {
  return await once('POST', '/chat/vouched', JSON.stringify(word), { 'content-type': 'application/json' });
}

export async function logOut() {
  return await once('POST', '/chat/log-out');
}

/** Posts JSON or a Blob and returns the replies. `onWaiting(true)` while there is no connection. Throws Problem. */
export async function deliver(path, content, onWaiting = () => {}) {
  const blob = content instanceof Blob;
  const type = blob ? pictureType(content) : 'application/json';
  const headers = { 'content-type': type, 'idempotency-key': freshId() };
  const body = blob ? content : JSON.stringify(content);
  let introduced = false;
  for (let tries = 0; ; tries += 1) {
    let pause = PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)];
    try {
      const { replies } = await once('POST', path, body, headers);
      onWaiting(false);
      return replies;
    } catch (error) {
      if (error instanceof Problem) {
        if (error.code === 'no-visitor' && !introduced) {
          introduced = true;
          await session();
          continue;
        }
        const passing = [502, 503, 504].includes(error.status) && tries < BUSY_TRIES;
        if (!passing) throw error;
        pause = Math.max(pause, (error.retryAfter ?? 0) * 1000);
      }
    }
    onWaiting(true);
    await rest(pause);
  }
}

/** Only pictures are taken; what has no type may still be one, and the server looks inside anyway. */
function pictureType({ type }) {
  return type.startsWith('image/') ? type : 'application/octet-stream';
}

async function once(method, path, body, headers) {
  const response = await fetch(path, { method, body, headers, signal: AbortSignal.timeout(PATIENCE_MS) });
  const content = await response.json().catch(() => undefined);
  if (response.ok && content !== undefined) return content;
  const problem = new Problem(response.ok ? 502 : response.status, content);
  problem.retryAfter = Number(response.headers.get('retry-after')) || undefined;
  throw problem;
}

/** Ends early when the browser finds its network again. */
function rest(ms) {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      removeEventListener('online', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    addEventListener('online', end);
  });
}
