// Texts within a platform's lengths, in UTF-16 units as JavaScript counts; never half a character.

const characters = new Intl.Segmenter();

/** The text, or as much of it as fits, with an ellipsis. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, wholeCharacters(text, most - 1))}…`;
}

/** The text in pieces that fit, parted at the last line's end or space where there is one in the piece's second half. */
export function split(text: string, most: number): readonly [string, ...string[]] {
  if (text.length <= most) return [text];
  const head = text.slice(0, most + 1);
  const ends = [head.lastIndexOf('\n'), head.lastIndexOf(' ')];
  const at = ends.find((end) => end > most / 2) ?? wholeCharacters(text, most);
  const rest = text.slice(at).trimStart();
  return rest === '' ? [text.slice(0, at)] : [text.slice(0, at), ...split(rest, most)];
}

/**
 * The end of the last character that is whole within `most`: what people see as one, and a backslash with what it escapes.
 * One that is longer than that is parted, but no surrogate pair.
 */
function wholeCharacters(text: string, most: number): number {
  const start = characters.segment(text).containing(most)?.index ?? text.length;
  const [escape = ''] = /\\*$/.exec(text.slice(0, start)) ?? [];
  const whole = start - (escape.length % 2);
  return whole > 0 ? whole : /^[\uD800-\uDBFF]$/.test(text.charAt(most - 1)) ? most - 1 : most;
}
