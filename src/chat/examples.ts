// What is said of the examples that somebody may tap who has nothing at hand.
import { labelById, type Alphabet } from '../alphabet/alphabet.ts';
import type { Examples } from '../recognition/examples.ts';
import type { Say } from '../words/words.ts';
import { reply } from './command.ts';
import type { Reply } from './event.ts';
import { percentOf } from './question.ts';

export interface ExampleTalk {
  /** PNGs of single characters; none where the alphabet has no bank or no model. */
  pictures(alphabet: string): Promise<readonly Uint8Array[]>;
  /** What is answered to the one at that place. */
  answer(alphabet: string, place: number, say: Say): Promise<readonly Reply[]>;
}

export function makeExampleTalk(deps: {
  readonly examples: Examples;
  readonly alphabet: (id: string) => Alphabet | undefined;
}): ExampleTalk {
  return {
    pictures: (alphabet) => deps.examples.pictures(alphabet),
    async answer(id, place, say) {
      const read = await deps.examples.read(id, place);
      const alphabet = deps.alphabet(id);
      const label = read && alphabet && labelById(alphabet, read.labelId)?.text;
      if (read === null || label === undefined || label === null) return reply(say('error-unexpected'));
      return reply(say('example-read', { label, percent: percentOf(read.probability) }));
    },
  };
}
