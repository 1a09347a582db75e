// What hiragana and katakana share: the order of the sounds (gojūon, the fifty sounds) and their names in Hepburn's romanisation.

/** Rows of sounds; both syllabaries write them in this order. An alphabet may add rows of its own after them. */
const sounds: readonly string[] = [
  'a i u e o',
  'ka ki ku ke ko',
  'sa shi su se so',
  'ta chi tsu te to',
  'na ni nu ne no',
  'ha hi fu he ho',
  'ma mi mu me mo',
  'ya yu yo',
  'ra ri ru re ro',
  'wa wo n',
  'ga gi gu ge go',
  'za ji zu ze zo',
  'da di du de do',
  'ba bi bu be bo',
  'pa pi pu pe po',
  'vu',
  'small_a small_i small_u small_e small_o',
  'small_tsu small_ya small_yu small_yo small_wa',
];

/** Names by kana for rows that follow the order above (di and du are the kana ぢ and づ, spoken ji and zu). */
export function kanaNames(rows: readonly (readonly string[])[]): Record<string, string> {
  const names: Record<string, string> = {};
  for (const [index, row] of rows.slice(0, sounds.length).entries()) {
    const spoken = sounds[index]?.split(' ') ?? [];
    if (spoken.length !== row.length) throw new RangeError(`${row.join(' ')} is not the row ${sounds[index]}`);
    for (const [column, kana] of row.entries()) names[kana] = (spoken[column] ?? kana).replace('_', ' ');
  }
  return names;
}
