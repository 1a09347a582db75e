// /stats: an alphabet's figures, and pictures of them.
import type { Alphabet } from '../../alphabet/alphabet.ts';
import type { Store } from '../../store/store.ts';
import { inSentence, type Say } from '../../words/words.ts';
import { notice, reply, type Command, type Heard } from '../command.ts';
import type { Reply } from '../event.ts';
import type { Pictures } from '../pictures.ts';
import { aboutAlphabet, type AboutAlphabet } from './about-alphabet.ts';
import { alphabetButtons, othersTaught } from './taught-alphabets.ts';

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
  const text = statsText(deps.store, alphabet, say);
  return reply(others.length === 0 ? text : `${text}\n${say('stats-elsewhere')}`, {
    pictures: await deps.pictures.stats(alphabet, say),
    ...(others.length === 0 ? {} : { keyboard: alphabetButtons('stats', others) }),
  });
}

function statsText(store: Deps['store'], alphabet: Alphabet, say: Say): string {
  const stats = store.stats.ofAlphabet(alphabet.id);
  const champion = store.champions.current(alphabet.id);
  const { samples, train, test, contributors } = stats;
  const lines = [
    say('stats-line', { alphabet: alphabet.title, samples, train, test, contributors }),
    champion === undefined ? say('stats-no-champion') : say('stats-champion', { version: champion }),
  ];
  const live = stats.live.find((each) => each.versionId === champion);
  const answered = live === undefined ? 0 : live.confirmed + live.corrected + live.rejected;
  if (live !== undefined && answered > 0) {
    lines.push(say('stats-confirm', { percent: Math.round((100 * live.confirmed) / answered), answered }));
  }
  const labels = stats.labels.map((each) => {
    const text = alphabet.labels.find(({ id }) => id === each.labelId)?.text ?? String(each.labelId);
    return `${inSentence(text)} ${each.train + each.test}`;
  });
  if (labels.length > 0) lines.push(say('stats-labels', { labels: labels.join(', ') }));
  if (stats.rejected > 0) lines.push(say('stats-rejected', { rejected: stats.rejected }));
  return lines.join('\n');
}
