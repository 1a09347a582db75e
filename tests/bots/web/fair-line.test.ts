import { expect, test } from 'vitest';
import { makeFairLine } from '../../../bots/web/fair-line.ts';

/** Work that goes on until it is ended, and the order in which it began. */
function workshop() {
  const began: string[] = [];
  const ends: (() => void)[] = [];
  const work = (name: string) => () =>
    new Promise<string>((resolve) => {
      began.push(name);
      ends.push(() => resolve(name));
    });
  return { began, work, end: (which: number) => ends[which]?.() };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('who holds their half waits, while others are served', async () => {
  const { began, work, end } = workshop();
  const line = makeFairLine(4, 8);
  for (const name of ['slow 1', 'slow 2', 'slow 3', 'slow 4']) void line.run('slow', work(name));
  const other = line.run('other', work('other'));
  await settled();
  expect(began).toEqual(['slow 1', 'slow 2', 'other']);
  end(2);
  expect(await other).toBe('other');
  expect(began).toHaveLength(3);
  end(0);
  await settled();
  expect(began).toEqual(['slow 1', 'slow 2', 'other', 'slow 3']);
});

test('who fills their half of the line is turned away, and nobody else', async () => {
  const { work } = workshop();
  const line = makeFairLine(2, 4);
  const slow = Array.from({ length: 4 }, (_, i) => line.run('slow', work(`${i}`)));
  expect(slow.map((each) => each === undefined)).toEqual([false, false, false, true]);
  expect(line.run('other', work('other'))).toBeDefined();
  await settled();
});

test('work that fails leaves its place to the next', async () => {
  const { began, work } = workshop();
  const line = makeFairLine(2, 4);
  const failing = line.run('one', () => Promise.reject(new Error('broken')));
  void line.run('one', work('next'));
  await expect(failing).rejects.toThrow('broken');
  await settled();
  expect(began).toEqual(['next']);
});
