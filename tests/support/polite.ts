// One polite visitor beside many who are not: how long each of their photos takes, and how many are answered in time.
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { askFrom, dripFrom } from './from.ts';

export interface Politeness {
  /** How long each photo took, ms; Infinity where it was not answered. */
  readonly took: readonly number[];
  /** What the others were told, by status. */
  readonly others: Readonly<Record<number, number>>;
}

/** So that what one flood left behind is forgotten before the next. */
const CALM_MS = 6000;
const png = { 'content-type': 'image/png' };
const POLITE = '127.9.9.9';

/** A photo, a look at the answer, the next photo: for so many seconds. What is told "busy" counts as not answered. */
async function politely(url: string, photo: Uint8Array, seconds: number): Promise<readonly number[]> {
  const took: number[] = [];
  for (const until = performance.now() + seconds * 1000; performance.now() < until;) {
    const asked = { method: 'POST', headers: png, body: photo };
    const { status, ms, headers } = await askFrom(POLITE, `${url}/api/v1/predict`, asked);
    took.push(status === 200 ? ms : Infinity);
    await sleep(Math.max(700, 1000 * Number(headers['retry-after'] ?? 0)));
  }
  return took;
}

export async function alone(url: string, photo: Uint8Array, seconds: number): Promise<Politeness> {
  return { took: await politely(url, photo, seconds), others: {} };
}

/** Beside sixty who send two photos at a time without a pause, from so many neighbourhoods. */
export async function besideSixty(
  url: string,
  photo: Uint8Array,
  { neighbourhoods, seconds }: { readonly neighbourhoods: number; readonly seconds: number },
): Promise<Politeness> {
  const others: Record<number, number> = {};
  const over = new AbortController();
  setMaxListeners(0, over.signal);
  const greedy = Array.from({ length: 120 }, async (_, index) => {
    const who = index % 60;
    const address = `127.1.${who % neighbourhoods}.${1 + Math.floor(who / neighbourhoods)}`;
    while (!over.signal.aborted) {
      const asked = { method: 'POST', headers: png, body: photo, signal: over.signal };
      const status = await askFrom(address, `${url}/api/v1/predict`, asked).then(
        (answer) => answer.status,
        () => 0,
      );
      others[status] = (others[status] ?? 0) + 1;
    }
  });
  await sleep(1500);
  const took = await politely(url, photo, seconds);
  over.abort();
  await Promise.all(greedy);
  await sleep(CALM_MS);
  return { took, others };
}

/** Beside sixteen uploads of a byte each five seconds from two addresses, begun anew as often as they are ended. */
export async function besideSlow(url: string, photo: Uint8Array, seconds: number): Promise<Politeness> {
  const others: Record<number, number> = {};
  const over = new AbortController();
  setMaxListeners(0, over.signal);
  const slow = Array.from({ length: 16 }, async (_, index) => {
    while (!over.signal.aborted) {
      const dripping = dripFrom(`127.2.${index % 2}.1`, `${url}/api/v1/predict`, png, 5000);
      over.signal.addEventListener('abort', dripping.stop, { once: true });
      const { status } = await dripping.ended;
      others[status] = (others[status] ?? 0) + 1;
      dripping.stop();
      await sleep(100);
    }
  });
  await sleep(500);
  const took = await politely(url, photo, seconds);
  over.abort();
  await Promise.all(slow);
  return { took, others };
}

export const medianOf = (took: readonly number[]): number =>
  [...took].sort((a, b) => a - b)[Math.floor(took.length / 2)] ?? NaN;

/** Of 1: how many were answered within so many milliseconds. */
export const within = (took: readonly number[], ms: number): number =>
  took.filter((each) => each <= ms).length / took.length;
