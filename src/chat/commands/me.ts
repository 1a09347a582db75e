// /me: what somebody taught, alphabet by alphabet, how their own hand looks, and what it put right.
import type { Alphabet } from '../../alphabet/alphabet.ts';
import { handCard, SHOWN } from '../../report/hand-card.ts';
import { legibleLabel } from '../../report/legible.ts';
import { shareChart } from '../../report/line-charts.ts';
import type { HandAnswer } from '../../store/hands.ts';
import type { Store } from '../../store/store.ts';
import { sayOf, type Say } from '../../words/words.ts';
import { axesOfShares } from '../axes.ts';
import { reply, type Command } from '../command.ts';
import type { Picture } from '../event.ts';
import { photosIn } from '../photos-in.ts';

interface Deps {
  readonly store: Pick<Store, 'contributors' | 'hands'>;
  readonly alphabet: (id: string) => Alphabet | undefined;
}

/** Answers that are looked back on, and how many make a point of the chart. */
const LOOKED_AT = 400;
const A_POINT = 20;
/** Samples that are shown, the newest first. */
const NEWEST = 400;

export const meCommand = (deps: Deps): Command => ({
  name: 'me',
  operatorsOnly: false,
  personal: true,
  run({ speaker, say }) {
    const { id } = speaker.contributor;
    const taught = deps.store.contributors
      .stats(id)
      .filter((each) => each.samples + each.confirmed + each.corrected + each.rejected > 0);
    if (taught.length === 0) return reply(say('me-nothing'));
    const lines = taught.map((each) => {
      const answered = each.confirmed + each.corrected + each.rejected;
      const told = say('me-alphabet', {
        alphabet: deps.alphabet(each.alphabet)?.title ?? each.alphabet,
        samples: each.samples,
        answered,
        right: each.confirmed,
      });
      const answers = deps.store.hands.answers(id, each.alphabet, LOOKED_AT);
      const right = answers.filter(({ alone, said }) => said && !alone).length;
      const wrong = answers.filter(({ alone, said }) => alone && !said).length;
      return right + wrong === 0 ? told : `${told} ${say('me-hand', { right, wrong })}`;
    });
    const most = taught.toSorted((a, b) => b.samples - a.samples)[0];
    const alphabet = most && deps.alphabet(most.alphabet);
    const pictures = alphabet === undefined ? [] : picturesOf(deps, id, alphabet, say);
    return reply(lines.join('\n'), { pictures });
  },
});

/** Their glyphs, and both curves where there are enough answers for a line. */
function picturesOf({ store }: Deps, contributor: number, alphabet: Alphabet, say: Say): readonly Picture[] {
  const samples = store.hands
    .after(contributor, alphabet.id, 0, NEWEST)
    .filter(({ isOthers }) => !isOthers)
    .toReversed();
  const rows = alphabet.labels.flatMap((label) => {
    const glyphs = samples.filter(({ labelId }) => labelId === label.id).map(({ glyph }) => glyph);
    return glyphs.length === 0 ? [] : [{ label: legibleLabel(label), glyphs: glyphs.slice(0, SHOWN) }];
  });
  const told = sayOf(say, alphabet.kind)('me-picture');
  const sheet: readonly Picture[] =
    rows.length === 0
      ? []
      : [
          {
            role: 'chart',
            alt: told,
            png: () => handCard({ title: told, rows, fromRight: alphabet.direction === 'rtl' }),
            ...photosIn(rows.flatMap(({ glyphs }) => glyphs)),
          },
        ];
  const answers = store.hands.answers(contributor, alphabet.id, LOOKED_AT);
  const points = Math.floor(answers.length / A_POINT);
  if (points < 2) return sheet;
  const share = (point: number, who: keyof HandAnswer): number =>
    answers.slice(point * A_POINT, (point + 1) * A_POINT).filter((each) => each[who]).length / A_POINT;
  const steps = Array.from({ length: points }, (_, point) => point);
  const title = say('me-curves', { alphabet: alphabet.title });
  return [
    ...sheet,
    {
      role: 'chart',
      alt: title,
      png: () =>
        shareChart({
          title,
          axes: axesOfShares(say('axis-answers'), say),
          steps: steps.map((point) => String((point + 1) * A_POINT)),
          lines: [
            { name: say('me-with'), values: steps.map((point) => share(point, 'said')) },
            { name: say('me-without'), values: steps.map((point) => share(point, 'alone')) },
          ],
        }),
    },
  ];
}
