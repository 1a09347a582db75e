// Of which kind a label is: somebody who writes only small letters, or never a small kana, does so with the next one, too.

type Kind = 'digit' | 'upper' | 'lower' | 'small kana' | 'dakuten' | 'handakuten' | 'plain';

const SMALL_KANA = new Set('ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ');
const [DAKUTEN, HANDAKUTEN] = ['\u3099', '\u309a'];

/** The kind of a label's text, by its first character. */
export function kindOf(text: string): Kind {
  const [first = ''] = text;
  if (SMALL_KANA.has(first)) return 'small kana';
  const parts = first.normalize('NFD');
  if (parts.includes(DAKUTEN)) return 'dakuten';
  if (parts.includes(HANDAKUTEN)) return 'handakuten';
  if (/^\p{N}/u.test(text)) return 'digit';
  if (/^\p{Lu}/u.test(text)) return 'upper';
  return /^\p{Ll}/u.test(text) ? 'lower' : 'plain';
}
