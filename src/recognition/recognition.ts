// What the conversation and the REST door both stand on, as one: reading, answering, and the alphabet of a chat.
import { makeAnswers } from './answers.ts';
import type { Recognition } from './outcomes.ts';
import { makeRecognise } from './photos.ts';
import { makeRecogniseStack } from './stacks.ts';

type RecogniseDeps = Parameters<typeof makeRecognise>[0];
type StackDeps = Pick<Parameters<typeof makeRecogniseStack>[0], 'unstack'>;
type AnswerDeps = Parameters<typeof makeAnswers>[0];

export function makeRecognition(
  deps: Omit<RecogniseDeps, 'alphabetOf' | 'onlyOf' | 'store' | 'people'> &
    AnswerDeps &
    StackDeps &
    Pick<RecogniseDeps, 'people'> & {
      /** The alphabet of chats that chose none. */
      readonly defaultAlphabet: string;
    },
): Recognition {
  const alphabetOf: Recognition['alphabetOf'] = (platform, chat) => {
    const chosen = deps.store.chats.get(platform, chat.id).alphabet;
    return chosen !== null && deps.alphabet(chosen) !== undefined ? chosen : deps.defaultAlphabet;
  };
  const onlyOf: Parameters<typeof makeRecognise>[0]['onlyOf'] = (platform, chat) =>
    deps.store.chats.get(platform, chat.id).only;
  const recognise = makeRecognise({ ...deps, alphabetOf, onlyOf });
  const recogniseStack = makeRecogniseStack({ unstack: deps.unstack, recognise });
  return { recognise, recogniseStack, ...makeAnswers(deps), alphabetOf };
}
