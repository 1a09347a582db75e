// Somebody's own hand at a glance: their newest glyphs, label by label.
import { greyPng } from './png.ts';
import { GLYPH_SIZE } from '../glyph/glyph.ts';
import { kindOfGlyph } from '../glyph/kind.ts';
import { legible } from './legible.ts';
import { INK } from './plot.ts';
import { FONT_FAMILY, renderSvg } from './render.ts';
import { textWidth, wrapped, write } from './svg.ts';

interface HandRow {
  /** As it can be written (`legibleLabel`). */
  readonly label: string;
  /** GLYPH_SIZE², 0 paper … 255 ink; the newest first. */
  readonly glyphs: readonly Uint8Array[];
}

/** Shown of each label. */
export const SHOWN = 4;
/** Labels side by side: few, so that a phone shows them large; more where it would become a ribbon. */
const acrossOf = (rows: number): number => Math.min(rows, rows > 24 ? 3 : 2);
const [CELL, NAME, GAP] = [44, 40, 18];

/** What it is, above it; so wide at least, so that this has room. */
const [TITLE, LEAST] = [15, 300];

/** A PNG; rows in the order given, where people read them from. Throws RangeError for none. */
export function handCard({
  title,
  rows,
  fromRight = false,
}: {
  readonly title: string;
  readonly rows: readonly HandRow[];
  readonly fromRight?: boolean;
}): Uint8Array {
  if (rows.length === 0) throw new RangeError('a hand of nothing');
  const across = acrossOf(rows.length);
  const wide = NAME + Math.min(SHOWN, Math.max(...rows.map(({ glyphs }) => glyphs.length))) * CELL + GAP;
  const width = Math.max(LEAST, across * wide + GAP);
  const titles = wrapped(legible(title), TITLE, width - 2 * GAP);
  const top = GAP / 2 + titles.length * 1.4 * TITLE + GAP / 2;
  const height = top + Math.ceil(rows.length / across) * (CELL + 6) + GAP;
  const parts = rows.map(({ label, glyphs }, at) => {
    const column = fromRight ? across - 1 - (at % across) : at % across;
    const [x, y] = [GAP + column * wide, top + Math.floor(at / across) * (CELL + 6)];
    const name = write(
      label,
      { x: x + NAME / 2, y: y + CELL * 0.68, size: Math.min(22, NAME / textWidth(label, 1)) },
      'text-anchor="middle" font-weight="bold"',
    );
    const images = glyphs
      .slice(0, SHOWN)
      .map(
        (glyph, i) =>
          `<image x="${x + NAME + i * CELL}" y="${y}" width="${CELL - 4}" height="${CELL - 4}" href="${asImage(glyph)}"/>`,
      );
    return name + images.join('');
  });
  const head = titles.map((line, at) => write(line, { x: GAP, y: GAP / 2 + (at + 1) * 1.4 * TITLE, size: TITLE }));
  return renderSvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="${FONT_FAMILY}" fill="${INK}">${head.join('')}${parts.join('')}</svg>`,
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
