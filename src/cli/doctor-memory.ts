// Whether people's own handwriting can be remembered with the model that answers. While it cannot, everybody is read by the model alone, and
// nobody would see why.
import type { Alphabet } from '../alphabet/alphabet.ts';
import type { App } from '../app/open.ts';

/** Nothing where all is well. */
export async function examineMemory(
  app: Pick<App, 'champions' | 'ownHand'>,
  alphabet: Alphabet,
): Promise<readonly { readonly what: string; readonly ok: boolean; readonly says: string }[]> {
  const reader = await app.champions.reader(alphabet.id);
  const wanting = reader && (await app.ownHand.waitsFor(reader, alphabet));
  if (wanting === null) return [];
  const waits = 'it waits, and everybody is read by the model alone:';
  const because =
    wanting === 'an embedding'
      ? `${reader?.version} does not tell what it knows of a character before it names it. The next model does: "retrain --alphabet ${alphabet.id}".`
      : `what ${reader?.version} knows of its labels could not be told. Is the alphabet's bank whole? The log says more; a bank comes back from a backup.`;
  return [{ what: `memory of hands in ${alphabet.id}`, ok: false, says: `${waits} ${because}` }];
}
