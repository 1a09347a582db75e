// /stats: an alphabet's figures in a few lines, and as one picture.
import type { Alphabet } from '../../alphabet/alphabet.ts';
import type { AlphabetStats } from '../../store/stats.ts';
import type { Store } from '../../store/store.ts';
import { inSentence, type Say } from '../../words/words.ts';
import { notice, reply, type Command, type Heard } from '../command.ts';
import type { Reply } from '../event.ts';
import type { Pictures } from '../pictures.ts';
import { aboutAlphabet, type AboutAlphabet } from './about-alphabet.ts';
import { alphabetButtons, othersTaught } from './taught-alphabets.ts';

const FEWEST_SHOWN = 5;
const FEWEST_FOR_SHARE = 50;

interface Deps extends AboutAlphabet {
  readonly store: Pick<Store, 'stats' | 'champions'>;
  readonly pictures: Pick<Pictures, 'stats'>;
}

export const statsCommand = (deps: Deps): Command => ({
  ...aboutAlphabet(deps, 'stats', (heard, alphabet) => stats(deps, heard, alphabet)),
  buttons: {
    async stats(heard, id) {
      const alphabet = deps.alphabet(id);
      return alphabet === undefined ? notice(heard.say('unknown-button')) : stats(deps, heard, alphabet);
    },
  },
});

async function stats(deps: Deps, { say }: Heard, alphabet: Alphabet): Promise<readonly Reply[]> {
  const others = othersTaught(deps, alphabet);
  const { text, rows } = statsText(deps.store, alphabet, say);
  return reply(others.length === 0 ? text : `${text}\n${say('stats-elsewhere')}`, {
    pictures: await deps.pictures.stats(alphabet, say),
    table: {
      title: say('stats-picture', { alphabet: alphabet.title }),
      rows,
      ...(others.length > 0 && { beneath: say('stats-elsewhere') }),
    },
    ...(others.length === 0 ? {} : { keyboard: alphabetButtons('stats', others) }),
  });
}

/** The figures as sentences, and the same as rows. */
function statsText(
  store: Deps['store'],
  alphabet: Alphabet,
  say: Say,
): { readonly text: string; readonly rows: readonly (readonly [string, string])[] } {
  const stats = store.stats.ofAlphabet(alphabet.id);
  const champion = store.champions.current(alphabet.id);
  const { samples, train, test, contributors } = stats;
  const lines = [
    say('stats-line', { alphabet: alphabet.title, samples, train, test, contributors }),
    champion === undefined ? say('stats-no-champion') : say('stats-champion', { version: champion }),
  ];
  const rows: [string, string][] = [
    [say('stats-row-samples'), String(samples)],
    [say('stats-row-split'), `${train} / ${test}`],
    [say('stats-row-people'), String(contributors)],
    [say('stats-row-answering'), champion ?? '–'],
  ];
  const live = stats.live.find((each) => each.versionId === champion);
  const answered = live === undefined ? 0 : live.confirmed + live.corrected + live.rejected;
  if (live !== undefined && answered > 0) {
    // A share of a few answers says less than their count.
    const percent = answered < FEWEST_FOR_SHARE ? -1 : Math.round((100 * live.confirmed) / answered);
    lines.push(say('stats-confirm', { right: live.confirmed, answered, percent }));
    const share = percent < 0 ? '' : ` (${percent} %)`;
    rows.push([say('stats-row-right'), `${live.confirmed} / ${answered}${share}`]);
  }
  if (samples > 0) {
    const labels = fewest(stats, alphabet).join(', ');
    lines.push(say('stats-fewest', { labels }));
    rows.push([say('stats-row-fewest'), labels]);
  }
  if (stats.rejected > 0) {
    lines.push(say('stats-rejected', { rejected: stats.rejected }));
    rows.push([say('stats-row-rejected'), String(stats.rejected)]);
  }
  return { text: lines.join('\n'), rows };
}

/** The labels that people taught least, with how much: where the next answers are worth most. */
function fewest(stats: AlphabetStats, alphabet: Alphabet): readonly string[] {
  const counts = new Map(stats.labels.map(({ labelId, train, test }) => [labelId, train + test]));
  return alphabet.labels
    .map(({ id, text }) => ({ text, count: counts.get(id) ?? 0 }))
    .toSorted((a, b) => a.count - b.count)
    .slice(0, FEWEST_SHOWN)
    .map(({ text, count }) => `${inSentence(text)} (${count})`);
}
