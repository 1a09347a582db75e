// The whole product under those who flood it and those who send slowly: a polite visitor does not notice. (`npm run bench -- crowd`
// is the long version.)
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawnPng } from '../support/digit-set.ts';
import { alone, besideSixty, besideSlow, medianOf, within } from '../support/polite.ts';
import { removeDataDir, startProduct, type Product } from '../support/product.ts';

const SECONDS = 15;
let product: Product;
let photo: Uint8Array;
/** Two seconds; on a machine that is busy with something else, as many times what a photo takes alone. */
let inTime: number;

beforeAll(async () => {
  product = await startProduct({ RETRAIN_AFTER: '0', LOG_LEVEL: 'error' });
  photo = await drawnPng('7', { seed: 1, side: 400 });
  inTime = Math.max(2000, 20 * medianOf((await alone(product.url, photo, 4)).took));
}, 60_000);

afterAll(async () => {
  await product.kill();
  removeDataDir(product.dataDir);
});

test('beside sixteen uploads of a byte each five seconds', async () => {
  const { took, others } = await besideSlow(product.url, photo, SECONDS);
  expect(within(took, inTime), String(took)).toBe(1);
  expect(others[408]).toBeGreaterThan(0);
}, 120_000);

test.each([3, 60])(
  'beside sixty who flood from %i neighbourhoods',
  async (neighbourhoods) => {
    const { took, others } = await besideSixty(product.url, photo, { neighbourhoods, seconds: SECONDS });
    expect(took.length).toBeGreaterThan(3);
    expect(within(took, inTime), String(took)).toBeGreaterThanOrEqual(took.length < 20 ? 1 - 1 / took.length : 0.95);
    // They are served, too, and told at once when it is too much.
    expect(others[200]).toBeGreaterThan(0);
    expect(others[503]).toBeGreaterThan(0);
  },
  120_000,
);
