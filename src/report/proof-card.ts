// The gate's decision as a picture: who stood against whom, what only one of them read, and why it ended so.
import { glyphPng } from './glyph.ts';
import { legible } from './legible.ts';
import { FAINT, INK, WIDTH } from './plot.ts';
import { FONT_FAMILY, renderSvg } from './render.ts';
import { textWidth, write } from './svg.ts';

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

const GLYPHS_SHOWN = 12;
const GLYPHS_A_ROW = 6;
/** Blue and orange, not green and red: one man in twelve cannot tell those apart. */
const GOOD = '#0072b2';
const BAD = '#c44500';

export function proofCard(card: ProofCard): Uint8Array {
  const parts: string[] = [];
  let y = 34;
  const line = (text: string, size: number, more = ''): void => {
    parts.push(write(text, { x: 20, y, size }, more));
  };
  line(card.title, 18, 'font-weight="bold"');
  for (const row of wrapped(legible(card.because), 14, WIDTH - 40)) {
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
    const told = legible(caption);
    const size = Math.min(13, 72 / textWidth(told, 1));
    parts.push(
      `<rect x="${x}" y="${top}" width="66" height="66" fill="#fff" stroke="${colour}" stroke-width="2" rx="4"/>`,
      `<image x="${x + 3}" y="${top + 3}" width="60" height="60" href="data:image/png;base64,${Buffer.from(glyphPng(glyph, 3)).toString('base64')}"/>`,
      write(told, { x: x + 33, y: top + 82, size }, `text-anchor="middle" fill="${colour}"`),
    );
  });
  y += Math.ceil(shown.length / GLYPHS_A_ROW) * 92 + 8;
  return renderSvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y}" font-family="${FONT_FAMILY}" fill="${INK}">${parts.join('')}</svg>`,
  );
}

function side({ role, version, accuracy }: Side, x: number, y: number, answers: boolean): string {
  const share = accuracy === null ? '–' : `${(100 * accuracy).toFixed(2)} %`;
  const stroke = answers ? GOOD : FAINT;
  return (
    `<rect x="${x}" y="${y}" width="210" height="84" rx="8" fill="#f6f8fc" stroke="${stroke}" stroke-width="${answers ? 2.5 : 1}"/>` +
    write(`${role} · ${version}`, { x: x + 14, y: y + 24, size: 13 }) +
    write(share, { x: x + 14, y: y + 62, size: 28 }, 'font-weight="bold"')
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
    write(`${wins.name}: ${wins.count}`, { x: 20, y: y + 32, size: 13 }, `fill="${GOOD}"`) +
    write(`${losses.name}: ${losses.count}`, { x: WIDTH - 20, y: y + 32, size: 13 }, `text-anchor="end" fill="${BAD}"`)
  );
}

function wrapped(text: string, size: number, width: number): readonly string[] {
  const rows: string[] = [];
  let row = '';
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)) {
    // A full stop never begins a line.
    if (textWidth(row + segment, size) > width && row !== '' && !/^\p{P}/u.test(segment)) {
      rows.push(row.trim());
      row = '';
    }
    row += segment;
  }
  if (row.trim() !== '') rows.push(row.trim());
  return rows;
}
