// The polite visitor: alone, beside sixty who flood from few neighbourhoods and from sixty, and beside slow uploads.
import { drawnPng } from '../support/digit-set.ts';
import { alone, besideSixty, besideSlow, medianOf, within, type Politeness } from '../support/polite.ts';
import { removeDataDir, startProduct } from '../support/product.ts';
import type { Figure } from './main.ts';

const SECONDS = 20;

export async function benchCrowd(): Promise<readonly Figure[]> {
  const product = await startProduct({ RETRAIN_AFTER: '0', LOG_LEVEL: 'error' });
  try {
    const { url } = product;
    const photo = await drawnPng('7', { seed: 1, side: 400 });
    return [
      ...figures('alone', await alone(url, photo, SECONDS)),
      ...figures('beside slow uploads', await besideSlow(url, photo, SECONDS)),
      ...figures(
        'beside 60 of 3 neighbourhoods',
        await besideSixty(url, photo, { neighbourhoods: 3, seconds: SECONDS }),
      ),
      ...figures(
        'beside 60 of 60 neighbourhoods',
        await besideSixty(url, photo, { neighbourhoods: 60, seconds: SECONDS }),
      ),
    ];
  } finally {
    await product.kill();
    removeDataDir(product.dataDir);
  }
}

function figures(name: string, { took, others }: Politeness): readonly Figure[] {
  const told = Object.entries(others).map(([status, count]) => `${status}: ${count}`);
  const beside = told.length === 0 ? '' : ` (others ${told.join(', ')})`;
  return [
    {
      name: `polite ${name}: answered within 2 s`,
      value: 100 * within(took, 2000),
      unit: `% of ${took.length}${beside}`,
    },
    { name: `polite ${name}: median`, value: medianOf(took), unit: 'ms' },
    { name: `polite ${name}: slowest`, value: Math.max(...took), unit: 'ms' },
  ];
}
