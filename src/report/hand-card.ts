// Somebody's own hand at a glance: their newest glyphs, label by label.
import { greyPng } from './png.ts';
import { GLYPH_SIZE } from '../glyph/glyph.ts';
import { kindOfGlyph } from '../glyph/kind.ts';
import { FONT_FAMILY, renderSvg } from './render.ts';
import { escaped, textWidth } from './svg.ts';

interface HandRow {
  readonly label: string;
  /** GLYPH_SIZE², 0 paper … 255 ink; the newest first. */
  readonly glyphs: readonly Uint8Array[];
}

/** Shown of each label. */
export const SHOWN = 4;
/** Labels side by side: few, so that a phone shows them large; more where it would become a ribbon. */
const acrossOf = (rows: number): number => Math.min(rows, rows > 24 ? 3 : 2);
const [CELL, NAME, GAP] = [44, 40, 18];

/** A PNG; rows in the order given. Throws RangeError for none. */
export function handCard(rows: readonly HandRow[]): Uint8Array {
  if (rows.length === 0) throw new RangeError('a hand of nothing');
  const across = acrossOf(rows.length);
  const wide = NAME + Math.min(SHOWN, Math.max(...rows.map(({ glyphs }) => glyphs.length))) * CELL + GAP;
  const [width, height] = [across * wide + GAP, Math.ceil(rows.length / across) * (CELL + 6) + GAP];
  const parts = rows.map(({ label, glyphs }, at) => {
    const [x, y] = [GAP + (at % across) * wide, GAP / 2 + Math.floor(at / across) * (CELL + 6)];
    const name = `<text x="${x + NAME / 2}" y="${y + CELL * 0.68}" font-size="${Math.min(22, NAME / textWidth(label, 1))}" text-anchor="middle" fill="#22315b">${escaped(label)}</text>`;
    const images = glyphs
      .slice(0, SHOWN)
      .map(
        (glyph, i) =>
          `<image x="${x + NAME + i * CELL}" y="${y}" width="${CELL - 4}" height="${CELL - 4}" href="${asImage(glyph)}"/>`,
      );
    return name + images.join('');
  });
  return renderSvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="${FONT_FAMILY}"><rect width="100%" height="100%" fill="#fff"/>${parts.join('')}</svg>`,
  );
}

function asImage(glyph: Uint8Array): string {
  const picture = kindOfGlyph(glyph).image(glyph);
  if (picture !== null) return `data:image/jpeg;base64,${Buffer.from(picture).toString('base64')}`;
  const png = greyPng(
    glyph.map((ink) => 255 - ink),
    GLYPH_SIZE,
    GLYPH_SIZE,
  );
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
}
