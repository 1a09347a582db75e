// Whose colours may be turned on a dark page: what we drew, never a photo or a card around photos.
import { expect, test } from 'vitest';
import { photosIn } from '../../src/chat/photos-in.ts';
import { wireMessage } from '../../bots/web/wire.ts';
import { makeHeld } from '../../bots/web/held.ts';
import { handCard } from '../../src/report/hand-card.ts';
import { photograph } from '../support/photographs.ts';
import { strokes } from '../support/strokes.ts';

test('a card around photos says so, one of ink does not, and the page is told', async () => {
  const glyphs = [new Uint8Array(await photograph('Red Ball', 1))];
  const shown = (rows: readonly Uint8Array[]) => {
    const png = (): Uint8Array => handCard({ title: 'x', rows: [{ label: 'x', glyphs: rows }] });
    const pictures = [{ png, alt: 'a hand', role: 'chart', ...photosIn(rows) }] as const;
    return wireMessage({ text: '', pictures }, makeHeld()).pictures?.[0]?.photo;
  };
  expect(shown(glyphs)).toBe(true);
  expect(shown([strokes(1)])).toBeUndefined();
  expect(photosIn([])).toEqual({});
});
