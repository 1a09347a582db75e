// The fonts the seeds are made from: what each is like, under which licence, and whether it teaches or tests. All come
// from npm, @expo-google-fonts/*; FONTS.md lists their authors.
import { readFile, readdir } from 'node:fs/promises';
import { parse, type Font } from 'opentype.js/dist/opentype.mjs';
import { OperationalError } from '../../src/errors.ts';

/** hand: written letter by letter; script: joined or slanted writing; type: printed, near to what is written. */
export type FontStyle = 'hand' | 'script' | 'type';

export interface RecipeFont {
  readonly name: string;
  readonly style: FontStyle;
  readonly licence: 'OFL-1.1' | 'Apache-2.0';
  /** A test font is never trained on, for any alphabet. */
  readonly part: 'train' | 'test';
  /** The folders of the package that are used. */
  readonly weights: readonly string[];
  /** Its other characters are printed ones. */
  readonly only?: 'kana';
  /** Its small letters are small capitals. */
  readonly capitals: boolean;
}

const regular = ['400Regular'];
const italics = ['400Regular_Italic'];
const apache = new Set(
  (
    'homemade-apple coming-soon schoolbell just-another-hand rock-salt permanent-marker satisfy kosugi-maru ' +
    'calligraffitti rancho redressed sunshiney yellowtail'
  ).split(' '),
);
const unicase = new Set(['amatic-sc', 'permanent-marker', 'rock-salt']);
const tests = new Set(
  (
    'zen-kurenaido slackside-one yuji-mai kiwi-maru kosugi-maru ' +
    'lobster balsamiq-sans lora comic-relief ' +
    'indie-flower gochi-hand architects-daughter la-belle-aurore short-stack sedgwick-ave'
  ).split(' '),
);

const of = (style: FontStyle, weights: readonly string[], names: string, only?: 'kana'): RecipeFont[] =>
  names.split(' ').map((name) => ({
    name,
    style,
    licence: apache.has(name) ? 'Apache-2.0' : 'OFL-1.1',
    part: tests.has(name) ? 'test' : 'train',
    weights,
    capitals: unicase.has(name),
    ...(only === undefined ? {} : { only }),
  }));

export const recipeFonts: readonly RecipeFont[] = [
  // Latin hands
  ...of('hand', regular, 'annie-use-your-telescope architects-daughter caveat-brush comic-neue coming-soon delius'),
  ...of('hand', regular, 'covered-by-your-grace edu-nsw-act-foundation gloria-hallelujah gochi-hand grape-nuts'),
  ...of('hand', regular, 'indie-flower itim just-another-hand kalam nothing-you-could-do patrick-hand'),
  ...of('hand', regular, 'permanent-marker reenie-beanie rock-salt schoolbell sedgwick-ave shadows-into-light'),
  ...of('hand', regular, 'short-stack sriracha sue-ellen-francisco the-girl-next-door dokdo'),
  ...of('hand', ['400Regular', '400Regular_Italic'], 'mali'),
  ...of('hand', regular, 'mynerve edu-qld-beginner edu-vic-wa-nt-beginner fuzzy-bubbles mansalva nerko-one chilanka'),
  ...of('hand', regular, 'dekko handlee shadows-into-light-two loved-by-the-king zeyada swanky-and-moo-moo'),
  ...of('hand', regular, 'waiting-for-the-sunrise sunshiney just-me-again-down-here rancho liu-jian-mao-cao'),
  ...of('hand', regular, 'east-sea-dokdo poor-story cute-font'),
  ...of('hand', regular, 'gaegu nanum-pen-script single-day ma-shan-zheng zhi-mang-xing'),
  ...of('script', regular, 'borel cedarville-cursive cookie dancing-script homemade-apple kaushan-script kolker-brush'),
  ...of('script', regular, 'la-belle-aurore playwrite-us-trad sacramento satisfy'),
  ...of('script', regular, 'dawning-of-a-new-day calligraffitti allison ms-madi damion yellowtail courgette merienda'),
  ...of('script', regular, 'redressed corinthia hurricane qwitcher-grypen fuggles vibur'),
  // Cyrillic and Latin
  ...of('hand', ['400Regular', '700Bold'], 'caveat amatic-sc'),
  ...of('hand', regular, 'neucha pangolin balsamiq-sans comic-relief'),
  ...of('hand', ['300Light', '400Regular_Italic', '700Bold'], 'shantell-sans'),
  ...of('hand', ['200ExtraLight', '500Medium'], 'playpen-sans'),
  ...of('script', regular, 'bad-script marck-script great-vibes comforter pacifico lobster'),
  // The italics of book faces are written forms: т like m, п like n, д like g.
  ...of('script', italics, 'alegreya cormorant cormorant-infant eb-garamond literata lora philosopher'),
  ...of('script', italics, 'playfair-display vollkorn'),
  ...of('type', regular, 'alegreya philosopher literata'),
  // Kana
  ...of('hand', regular, 'yomogi zen-kurenaido yusei-magic hachi-maru-pop slackside-one darumadrop-one', 'kana'),
  ...of('hand', ['400Regular', '600SemiBold'], 'klee-one', 'kana'),
  ...of('hand', regular, 'gamja-flower yuji-mai yuji-syuku potta-one stick', 'kana'),
  ...of('type', regular, 'kiwi-maru zen-maru-gothic zen-old-mincho kosugi-maru mochiy-pop-one shippori-mincho', 'kana'),
  ...of('type', regular, 'reggae-one rocknroll-one dela-gothic-one cherry-bomb-one hina-mincho', 'kana'),
  ...of('type', regular, 'zen-kaku-gothic-new sawarabi-mincho sawarabi-gothic kaisei-tokumin', 'kana'),
];

const home = new URL('node_modules/@expo-google-fonts/', import.meta.url);

/** One weight of a font, parsed. Throws OperationalError when the recipe's packages are not installed. */
export async function loadFont(name: string, weight: string): Promise<Font> {
  const folder = new URL(`${name}/`, home);
  try {
    // Newer packages have a folder a weight; older ones keep all files in one.
    const file = (await readdir(folder, { recursive: true })).find(
      (each) => each.endsWith(`_${weight}.ttf`) || (each.startsWith(`${weight}/`) && each.endsWith('.ttf')),
    );
    if (file === undefined) throw new RangeError(`no ${weight} in ${folder.pathname}`);
    const bytes = await readFile(new URL(file, folder));
    return parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  } catch (cause) {
    throw new OperationalError(`the font ${name} cannot be read: run npm ci in models/recipe`, { cause });
  }
}
