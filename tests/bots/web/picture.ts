// npx tsx tests/bots/web/picture.ts: the README's picture of the page, made from the running product so that it stays true.
import { writeFile } from 'node:fs/promises';
import { newDataDir, removeDataDir, startProduct } from '../../support/product.ts';
import { draw, launch, visit } from './browser.ts';

const seven = [
  [0.25, 0.2],
  [0.75, 0.2],
  [0.45, 0.85],
] as const;

const dataDir = newDataDir();
const [product, browser] = await Promise.all([startProduct({ DATA_DIR: dataDir }), launch()]);
try {
  const page = await visit(browser, product.url);
  await page.locator('#examples').waitFor();
  await page.setViewportSize({ width: 420, height: 860 });
  await draw(page, seven);
  await page.getByRole('button', { name: 'Read this' }).click();
  await page.locator('.message.bot').last().getByRole('button').first().waitFor();
  await page.locator('.message.bot').last().scrollIntoViewIfNeeded();
  await writeFile(new URL('../../../docs/pictures/page.png', import.meta.url), await page.screenshot());
} finally {
  await browser.close();
  await product.kill();
  removeDataDir(dataDir);
}
