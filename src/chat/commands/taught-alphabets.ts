// The same command about another alphabet: offered where people taught others, too.
import type { Alphabet } from '../../alphabet/alphabet.ts';
import type { Store } from '../../store/store.ts';
import { encodeButton, type ChooseWhat } from '../buttons.ts';
import type { Keyboard } from '../event.ts';
import { rowsOf } from '../rows.ts';

const MOST_OFFERED = 6;
const A_ROW = 2;

interface Taught {
  readonly store: { readonly stats: Pick<Store['stats'], 'counts'> };
  readonly alphabets: () => readonly Alphabet[];
}

/** Alphabets but this one that have samples, in the order in which alphabets are listed. */
export function othersTaught({ store, alphabets }: Taught, but: Alphabet): readonly Alphabet[] {
  return alphabets()
    .filter(({ id }) => {
      if (id === but.id) return false;
      const { train, test } = store.stats.counts(id);
      return train + test > 0;
    })
    .slice(0, MOST_OFFERED);
}

export function alphabetButtons(what: ChooseWhat, alphabets: readonly Alphabet[]): Keyboard {
  const buttons = alphabets.map(({ id, title }) => ({
    text: title,
    payload: encodeButton({ do: 'choose', what, value: id }),
  }));
  return rowsOf(buttons, A_ROW);
}
