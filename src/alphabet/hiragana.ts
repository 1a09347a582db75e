// Hiragana as it is written today: the 46 basic signs, voiced and half-voiced ones, and the small ones.
import { alphabetOf } from './alphabet.ts';
import { kanaNames } from './kana.ts';

const rows = [
  'あ い う え お',
  'か き く け こ',
  'さ し す せ そ',
  'た ち つ て と',
  'な に ぬ ね の',
  'は ひ ふ へ ほ',
  'ま み む め も',
  'や ゆ よ',
  'ら り る れ ろ',
  'わ を ん',
  'が ぎ ぐ げ ご',
  'ざ じ ず ぜ ぞ',
  'だ ぢ づ で ど',
  'ば び ぶ べ ぼ',
  'ぱ ぴ ぷ ぺ ぽ',
  'ゔ',
  'ぁ ぃ ぅ ぇ ぉ',
  'っ ゃ ゅ ょ ゎ',
].map((row) => row.split(' '));

export const hiragana = alphabetOf({
  id: 'hiragana',
  title: 'ひらがな',
  rows,
  names: kanaNames(rows),
  confusable: [
    ['ぁ', 'あ'],
    ['ぃ', 'い'],
    ['ぅ', 'う'],
    ['ぇ', 'え'],
    ['ぉ', 'お'],
    ['っ', 'つ'],
    ['ゃ', 'や'],
    ['ゅ', 'ゆ'],
    ['ょ', 'よ'],
    ['ゎ', 'わ'],
  ],
});
