// The gate's decision as a picture: the verdict first, then who stood against whom, each condition with its figures, what would
// decide what is open, and the glyphs that only one of the two read.
import { glyphHref } from './glyph.ts';
import { legible } from './legible.ts';
import { FAINT, INK, MUTED, WIDTH } from './plot.ts';
import { FONT_FAMILY, renderSvg } from './render.ts';
import { fitText, textWidth, wrapped, write } from './svg.ts';

interface ProofCard {
  /** What is decided on, small above the verdict. */
  readonly title: string;
  /** The verdict in a few words, and why; both are wrapped here. */
  readonly verdict: string;
  readonly because: string;
  readonly promoted: boolean;
  readonly champion: Side;
  readonly challenger: Side;
  readonly conditions: readonly ConditionRow[];
  /** What would decide it; null where nothing is open. */
  readonly wanting: { readonly title: string; readonly text: string } | null;
  /** Glyphs that only the challenger, and only the champion, read right, and what each read; the first few are drawn. */
  readonly wins: GlyphRow;
  readonly losses: GlyphRow;
}

export interface ConditionRow {
  /** 'open': still under way. */
  readonly state: 'holds' | 'fails' | 'open';
  readonly name: string;
  readonly figures: string;
}

interface Side {
  readonly role: string;
  readonly version: string;
  /** "12 of 15"; null when nothing was tested. */
  readonly right: string | null;
}

interface GlyphRow {
  readonly name: string;
  readonly glyphs: readonly { readonly glyph: Uint8Array; readonly champion: string; readonly challenger: string }[];
}

const GLYPHS_A_ROW = 6;
const GLYPHS_SHOWN = GLYPHS_A_ROW;
const LEFT = 20;
const ROOM = WIDTH - 2 * LEFT;
/** Blue and orange, not green and red: one man in twelve cannot tell those apart. */
const GOOD = '#0072b2';
const BAD = '#c44500';
const PALE = '#f6f8fc';

export function proofCard(card: ProofCard): Uint8Array {
  const parts: string[] = [];
  // Nothing is blue about a challenger that was refused.
  const colour = card.promoted ? GOOD : INK;
  let y = 30;
  const lines = (text: string, size: number, more = '', from = LEFT): void => {
    for (const row of wrapped(legible(text), size, WIDTH - LEFT - from)) {
      parts.push(write(row, { x: from, y, size }, more));
      y += Math.round(1.4 * size);
    }
  };
  lines(card.title, 12, `fill="${MUTED}"`);
  y += 10;
  lines(card.verdict, 21, `font-weight="bold" fill="${colour}"`);
  lines(card.because, 14);
  y += 2;
  parts.push(
    side(card.champion, LEFT, y, card.promoted ? FAINT : INK),
    side(card.challenger, LEFT + 230, y, card.promoted ? GOOD : FAINT),
  );
  y += 104;
  for (const { state, name, figures } of card.conditions) {
    parts.push(mark(state, LEFT + 7, y - 5, card.promoted ? GOOD : INK));
    lines(name, 14, 'font-weight="bold"', LEFT + 26);
    if (figures !== '') lines(figures, 13, `fill="${MUTED}"`, LEFT + 26);
    y += 7;
  }
  if (card.wanting !== null) {
    const top = y - 12;
    const before = parts.length;
    y += 8;
    lines(card.wanting.title, 13, 'font-weight="bold"', LEFT + 14);
    lines(card.wanting.text, 14, '', LEFT + 14);
    parts.splice(
      before,
      0,
      `<rect x="${LEFT}" y="${top}" width="${ROOM}" height="${y - top - 6}" rx="8" fill="${PALE}"/>`,
    );
    y += 20;
  }
  for (const [row, frame] of [
    [card.wins, GOOD],
    [card.losses, BAD],
  ] as const) {
    if (row.glyphs.length === 0) continue;
    y += 4;
    lines(row.name, 13, `font-weight="bold" fill="${frame}"`);
    parts.push(...glyphs(row, y - 8, frame));
    y += 96;
  }
  return renderSvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y}" font-family="${FONT_FAMILY}" fill="${INK}">${parts.join('')}</svg>`,
  );
}

function side({ role, version, right }: Side, x: number, y: number, stroke: string): string {
  const told = right ?? '–';
  const size = Math.min(26, 186 / textWidth(told, 1));
  const who = legible(`${role} · ${version}`);
  const small = Math.max(10, Math.min(13, 186 / textWidth(who, 1)));
  return (
    `<rect x="${x}" y="${y}" width="210" height="76" rx="8" fill="${PALE}" stroke="${stroke}" stroke-width="${stroke === FAINT ? 1 : 2}"/>` +
    write(fitText(who, small, 190), { x: x + 14, y: y + 24, size: small }) +
    write(told, { x: x + 14, y: y + 58, size }, 'font-weight="bold"')
  );
}

/** ✓, ✗ or …, drawn: not every font has them. */
function mark(state: ConditionRow['state'], x: number, y: number, good: string): string {
  const drawn = (path: string, colour: string): string =>
    `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round"/>`;
  switch (state) {
    case 'holds':
      return drawn(`M${x - 6} ${y + 1}l4 5l8 -11`, good);
    case 'fails':
      return drawn(`M${x - 5} ${y - 5}l10 10M${x + 5} ${y - 5}l-10 10`, BAD);
    case 'open':
      return [-6, 0, 6].map((at) => `<circle cx="${x + at}" cy="${y}" r="1.8" fill="${MUTED}"/>`).join('');
  }
}

function glyphs({ glyphs: all }: GlyphRow, y: number, colour: string): readonly string[] {
  return all.slice(0, GLYPHS_SHOWN).map(({ glyph, champion, challenger }, index) => {
    const x = LEFT + index * 74;
    return (
      `<rect x="${x}" y="${y}" width="66" height="66" fill="#fff" stroke="${colour}" stroke-width="2" rx="4"/>` +
      `<image x="${x + 3}" y="${y + 3}" width="60" height="60" preserveAspectRatio="xMidYMid" href="${glyphHref(glyph)}"/>` +
      change(legible(champion), legible(challenger), x + 33, y + 82, colour)
    );
  });
}

/**
 * What was read before, an arrow, what is read now. The arrow is drawn: written, the renderer would take the letters beside it from the
 * arrow's font, in which an O is a 0, and turn the line round where letters run from the right.
 */
function change(from: string, to: string, x: number, y: number, colour: string): string {
  const [gap, room] = [10, 26];
  const size = Math.min(13, room / Math.max(textWidth(from, 1), textWidth(to, 1)));
  return (
    write(from, { x: x - gap, y, size }, `text-anchor="end" fill="${colour}"`) +
    `<path d="M${x - 6} ${y - 4}h12l-4 -3.5m4 3.5l-4 3.5" fill="none" stroke="${colour}" stroke-width="1.4" stroke-linecap="round" stroke-linejoin="round"/>` +
    write(to, { x: x + gap, y, size }, `fill="${colour}"`)
  );
}
