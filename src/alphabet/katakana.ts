// Katakana as it is written today: the 46 basic signs, voiced and half-voiced ones, the small ones and the long-vowel mark.
import { alphabetOf } from './alphabet.ts';
import { kanaNames } from './kana.ts';

const rows = [
  'ア イ ウ エ オ',
  'カ キ ク ケ コ',
  'サ シ ス セ ソ',
  'タ チ ツ テ ト',
  'ナ ニ ヌ ネ ノ',
  'ハ ヒ フ ヘ ホ',
  'マ ミ ム メ モ',
  'ヤ ユ ヨ',
  'ラ リ ル レ ロ',
  'ワ ヲ ン',
  'ガ ギ グ ゲ ゴ',
  'ザ ジ ズ ゼ ゾ',
  'ダ ヂ ヅ デ ド',
  'バ ビ ブ ベ ボ',
  'パ ピ プ ペ ポ',
  'ヴ',
  'ァ ィ ゥ ェ ォ',
  'ッ ャ ュ ョ ヮ',
  'ヵ ヶ ー',
].map((row) => row.split(' '));

export const katakana = alphabetOf({
  id: 'katakana',
  title: 'カタカナ',
  rows,
  names: { ...kanaNames(rows), ヵ: 'small ka', ヶ: 'small ke', ー: 'long vowel mark' },
  confusable: [
    ['ァ', 'ア'],
    ['ィ', 'イ'],
    ['ゥ', 'ウ'],
    ['ェ', 'エ'],
    ['ォ', 'オ'],
    ['ッ', 'ツ'],
    ['ャ', 'ヤ'],
    ['ュ', 'ユ'],
    ['ョ', 'ヨ'],
    ['ヮ', 'ワ'],
    ['ヵ', 'カ'],
    ['ヶ', 'ケ'],
  ],
});
