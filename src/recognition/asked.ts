// What somebody wants to answer: the prediction, whether they may, and whose writing it is.
import type { Alphabet } from '../alphabet/alphabet.ts';
import type { StoredPrediction } from '../store/predictions.ts';
import type { Store } from '../store/store.ts';
import type { Teaching } from './consent.ts';
import type { Prediction } from './outcomes.ts';
import type { People, Speaker } from './people.ts';
import type { Chat } from './person.ts';
import { predictionOf } from './prediction.ts';

export type Asked =
  | {
      readonly outcome: 'question';
      readonly alphabet: Alphabet;
      readonly prediction: Prediction;
      readonly teaching: Teaching;
    }
  | { readonly outcome: 'unknown-prediction' }
  | { readonly outcome: 'not-yours' };

type FindAsked = (prediction: string, speaker: Speaker, chat: Chat) => Promise<Asked>;

export function makeFindAsked(deps: {
  readonly store: Pick<Store, 'predictions' | 'chats' | 'contributors'>;
  readonly people: Pick<People, 'meet' | 'speaksFor' | 'keyHash'>;
  readonly alphabet: (id: string) => Alphabet | undefined;
}): FindAsked {
  const { store, people } = deps;

  /** Whose words theirs are: their own, and where an admin hid behind the group when it was sent or written, the group's. */
  async function speaksFor(found: StoredPrediction, speaker: Speaker, chat: Chat): Promise<ReadonlySet<number>> {
    const own = speaker.contributor.id;
    if (await people.speaksFor(speaker, chat, found.contributorId)) return new Set([own, found.contributorId]);
    const group = { platform: speaker.platform, id: chat.id };
    const isGroups = chat.kind === 'group' && found.author === people.keyHash(group);
    if (!isGroups || !(await chat.isChatAdmin())) return new Set([own]);
    return new Set([own, people.meet(group).contributor.id]);
  }

  function writerOf({ author, contributorId }: StoredPrediction): Teaching['writer'] {
    if (author == null) return contributorId;
    if (author === '') return 'nobody';
    return store.contributors.byKeyHash(author)?.id ?? 'stranger';
  }

  async function mayAnswer(found: StoredPrediction, teaching: Teaching, speaker: Speaker, chat: Chat) {
    // Whose picture it is may always say what it shows, whoever asked.
    const { sender, writer, speaksFor: spoken } = teaching;
    if (spoken.has(sender) || (typeof writer === 'number' && spoken.has(writer))) return true;
    // Others may only where the setting of the prediction's own chat lets them, and only from within that chat.
    if (found.chatKey !== chat.id || chat.kind !== 'group') return false;
    const { whoMayAnswer } = store.chats.get(speaker.platform, chat.id);
    switch (whoMayAnswer) {
      case 'asker':
        return false;
      case 'anyone':
        return true;
      case 'admins':
        return chat.isChatAdmin();
    }
  }

  return async (id, speaker, chat) => {
    const found = store.predictions.get(id);
    const alphabet = found && deps.alphabet(found.alphabet);
    if (found === undefined || alphabet === undefined) return { outcome: 'unknown-prediction' };
    const spoken = await speaksFor(found, speaker, chat);
    const teaching = {
      sender: found.contributorId,
      writer: writerOf(found),
      handedOver: found.handedOver !== false,
      speaksFor: spoken,
    };
    if (!(await mayAnswer(found, teaching, speaker, chat))) return { outcome: 'not-yours' };
    return { outcome: 'question', alphabet, prediction: predictionOf(found, alphabet), teaching };
  };
}
