// The 33 letters of Ukrainian in both cases, and the ten digits.
import { alphabetOf } from './alphabet.ts';

/** Letter names as they are spoken when spelling, in the order of the alphabet. */
const letters: Readonly<Record<string, string>> = {
  а: 'а',
  б: 'бе',
  в: 'ве',
  г: 'ге',
  ґ: 'ґе',
  д: 'де',
  е: 'е',
  є: 'є',
  ж: 'же',
  з: 'зе',
  и: 'и',
  і: 'і',
  ї: 'ї',
  й: 'йот',
  к: 'ка',
  л: 'ел',
  м: 'ем',
  н: 'ен',
  о: 'о',
  п: 'пе',
  р: 'ер',
  с: 'ес',
  т: 'те',
  у: 'у',
  ф: 'еф',
  х: 'ха',
  ц: 'це',
  ч: 'че',
  ш: 'ша',
  щ: 'ща',
  ь: 'м’який знак',
  ю: 'ю',
  я: 'я',
};

const digitNames = ['нуль', 'один', 'два', 'три', 'чотири', 'п’ять', 'шість', 'сім', 'вісім', 'дев’ять'];

const lower = ['а б в г ґ д е', 'є ж з и і ї й', 'к л м н о п р', 'с т у ф х ц ч', 'ш щ ь ю я'].map((row) =>
  row.split(' '),
);
const upper = lower.map((row) => row.map((letter) => letter.toUpperCase()));
const cases = lower.flat().map((letter) => [letter.toUpperCase(), letter] as const);

/**
 * Letters whose printed capital is the small letter scaled: laid over each other at one size, the two share at least 58 % of
 * their ink in some of seven hand-print fonts. The others share at most 53 % (а б е ф), or differ by a dot (і).
 */
const sameShape = 'в г ґ д є ж и ї й к л м н п р с т у х ц ч ш щ ь ю я'.split(' ');

export const ukrainian = alphabetOf({
  id: 'ukrainian',
  title: 'Українська абетка',
  rows: [...upper, ...lower, ['0', '1', '2', '3', '4'], ['5', '6', '7', '8', '9']],
  names: {
    ...Object.fromEntries(
      Object.entries(letters).flatMap(([letter, name]) => [
        [letter.toUpperCase(), `велика ${name}`] as const,
        [letter, `мала ${name}`] as const,
      ]),
    ),
    ...Object.fromEntries(digitNames.map((name, digit) => [String(digit), name] as const)),
  },
  cases,
  confusable: [['о', 'О', '0'], ['з', 'З', '3'], ...sameShape.map((letter) => [letter, letter.toUpperCase()])],
});
