// The gate's decision as a picture: who stood against whom, what only one of them read, and why it ended so.
import { glyphPng } from './glyph.ts';
import { legible } from './legible.ts';
import { FONT_FAMILY, renderSvg } from './render.ts';

export interface ProofCard {
  readonly title: string;
  /** The decision in words; wrapped here. */
  readonly because: string;
  readonly promoted: boolean;
  readonly champion: Side;
  readonly challenger: Side;
  readonly wins: { readonly name: string; readonly count: number };
  readonly losses: { readonly name: string; readonly count: number };
  /** Further figures, a line each. */
  readonly figures: readonly string[];
  /** Glyphs that only one of them read right, with a caption like "4 → 9"; the first few are drawn. */
  readonly changed: readonly { readonly glyph: Uint8Array; readonly caption: string; readonly won: boolean }[];
}

interface Side {
  readonly role: string;
  readonly version: string;
  /** Share right, 0 … 1; null when nothing was tested. */
  readonly accuracy: number | null;
}

const WIDTH = 480;
const GLYPHS_SHOWN = 12;
const GLYPHS_A_ROW = 6;
const GOOD = '#2e7d4f';
const BAD = '#c8321e';
const INK = '#22315b';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export function proofCard(card: ProofCard): Uint8Array {
  const parts: string[] = [];
  let y = 34;
  const line = (text: string, size: number, more = ''): void => {
    parts.push(`<text x="20" y="${y}" font-size="${size}" ${more}>${escaped(text)}</text>`);
  };
  line(card.title, 18, 'font-weight="bold"');
  for (const row of wrapped(legible(card.because), 60)) {
    y += 21;
    line(row, 14, `fill="${card.promoted ? GOOD : INK}"`);
  }
  y += 20;
  parts.push(side(card.champion, 20, y, !card.promoted), side(card.challenger, 250, y, card.promoted));
  y += 104;
  parts.push(balance(card, y));
  y += 52;
  for (const figure of card.figures) {
    line(figure, 13);
    y += 19;
  }
  const shown = card.changed.slice(0, GLYPHS_SHOWN);
  shown.forEach(({ glyph, caption, won }, index) => {
    const x = 20 + (index % GLYPHS_A_ROW) * 74;
    const top = y + Math.floor(index / GLYPHS_A_ROW) * 92;
    const colour = won ? GOOD : BAD;
    parts.push(
      `<rect x="${x}" y="${top}" width="66" height="66" fill="#fff" stroke="${colour}" stroke-width="2" rx="4"/>`,
      `<image x="${x + 3}" y="${top + 3}" width="60" height="60" href="data:image/png;base64,${Buffer.from(glyphPng(glyph, 3)).toString('base64')}"/>`,
      `<text x="${x + 33}" y="${top + 82}" font-size="13" text-anchor="middle" fill="${colour}">${escaped(legible(caption))}</text>`,
    );
  });
  y += Math.ceil(shown.length / GLYPHS_A_ROW) * 92 + 8;
  return renderSvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y}" font-family="${FONT_FAMILY}" fill="${INK}">${parts.join('')}</svg>`,
  );
}

function side({ role, version, accuracy }: Side, x: number, y: number, answers: boolean): string {
  const share = accuracy === null ? '–' : `${(100 * accuracy).toFixed(2)} %`;
  const stroke = answers ? GOOD : '#d9dee8';
  return (
    `<rect x="${x}" y="${y}" width="210" height="84" rx="8" fill="#f6f8fc" stroke="${stroke}" stroke-width="${answers ? 2.5 : 1}"/>` +
    `<text x="${x + 14}" y="${y + 24}" font-size="13">${escaped(role)} · ${escaped(version)}</text>` +
    `<text x="${x + 14}" y="${y + 62}" font-size="28" font-weight="bold">${share}</text>`
  );
}

/** A bar of wins against losses; only the glyphs that one of them alone read say anything. */
function balance({ wins, losses }: ProofCard, y: number): string {
  const whole = WIDTH - 40;
  const total = wins.count + losses.count;
  const green = total === 0 ? 0 : (whole * wins.count) / total;
  const bars =
    total === 0
      ? `<rect x="20" y="${y}" width="${whole}" height="14" rx="7" fill="#e6eaf2"/>`
      : `<rect x="20" y="${y}" width="${green}" height="14" fill="${GOOD}"/><rect x="${20 + green}" y="${y}" width="${whole - green}" height="14" fill="${BAD}"/>`;
  return (
    bars +
    `<text x="20" y="${y + 32}" font-size="13" fill="${GOOD}">${escaped(wins.name)}: ${wins.count}</text>` +
    `<text x="${WIDTH - 20}" y="${y + 32}" font-size="13" text-anchor="end" fill="${BAD}">${escaped(losses.name)}: ${losses.count}</text>`
  );
}

/** Lines of about so many Latin letters; kana are twice as wide. */
function wrapped(text: string, width: number): readonly string[] {
  const rows: string[] = [];
  let row = '';
  let used = 0;
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)) {
    const wide = Array.from(segment).reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) > 0x2e80 ? 2 : 1), 0);
    // A full stop never begins a line.
    if (used + wide > width && row !== '' && !/^\p{P}/u.test(segment)) {
      rows.push(row.trim());
      row = '';
      used = 0;
    }
    row += segment;
    used += wide;
  }
  if (row.trim() !== '') rows.push(row.trim());
  return rows;
}
