// An answer becomes a verdict and a sample, once, or is undone; and whether somebody may give it.
import { labelById, labelTyped, type Alphabet, type Label } from '../alphabet/alphabet.ts';
import { makeLimiter } from '../fairness/limits.ts';
import type { Prediction as StoredPrediction } from '../store/predictions.ts';
import type { Store } from '../store/store.ts';
import type { Answered, Prediction, Recognition } from './outcomes.ts';
import type { People, Speaker } from './people.ts';
import type { Chat } from './person.ts';
import { predictionOf } from './prediction.ts';

/** What one may teach in an hour: a visitor without a name, and somebody a platform vouches for. */
const VERDICTS_AN_HOUR = { anonymous: 120, known: 1000 };

export function makeAnswers(deps: {
  readonly store: Pick<Store, 'predictions' | 'verdicts' | 'chats'>;
  readonly people: Pick<People, 'speaksFor'>;
  readonly alphabet: (id: string) => Alphabet | undefined;
  /** Told after a sample was saved or withdrawn; must not throw. */
  readonly samplesChanged: (alphabet: string) => void;
  readonly now: () => number;
}): Pick<Recognition, 'answer' | 'undo' | 'prediction' | 'question'> {
  const { store, people, now } = deps;
  const anHour = (count: number) => makeLimiter({ burst: count, perSecond: count / 3600 }, now);
  const perHour = { anonymous: anHour(VERDICTS_AN_HOUR.anonymous), known: anHour(VERDICTS_AN_HOUR.known) };

  /** The prediction and its alphabet, for who may answer it. */
  async function asked(id: string, speaker: Speaker, chat: Chat) {
    const found = store.predictions.get(id);
    const alphabet = found && deps.alphabet(found.alphabet);
    if (found === undefined || alphabet === undefined) return { outcome: 'unknown-prediction' } as const;
    if (!(await mayAnswer(found, speaker, chat))) return { outcome: 'not-yours' } as const;
    return { outcome: 'question', alphabet, prediction: predictionOf(found, alphabet) } as const;
  }

  async function mayAnswer(prediction: StoredPrediction, speaker: Speaker, chat: Chat): Promise<boolean> {
    if (speaker.contributor.id === prediction.contributorId) return true;
    // An admin who hid behind the group when sending it shows their own face when tapping.
    if (await people.speaksFor(speaker, chat, prediction.contributorId)) return true;
    // Others may only where the setting of the prediction's own chat lets them, and only from within that chat.
    if (prediction.chatKey !== chat.id || chat.kind !== 'group') return false;
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

  return {
    async answer({ prediction: id, verdict, speaker, chat }): Promise<Answered> {
      const question = await asked(id, speaker, chat);
      if (question.outcome !== 'question') return question;
      const { alphabet, prediction } = question;
      const label = verdict.kind === 'reject' ? null : wantedLabel(alphabet, verdict.label);
      if (label === undefined) {
        const wanted = verdict.kind === 'label' && 'text' in verdict.label ? verdict.label.text : '?';
        return { outcome: 'unknown-label', label: wanted, alphabet: alphabet.id };
      }
      const already = (labelId: number | null): Answered => ({
        outcome: 'already',
        same: labelId === (label?.id ?? null),
        label: labelId === null ? null : (labelById(alphabet, labelId)?.text ?? null),
        prediction,
      });
      // An answer that stands costs nothing: a double tap must not be told off for hurrying.
      const standing = store.verdicts.get(id);
      if (standing !== undefined) return already(standing.labelId);

      const limiter = speaker.platform === 'web' ? perHour.anonymous : perHour.known;
      const who = `${speaker.platform}:${speaker.id}`;
      const wait = speaker.isOperator ? 0 : limiter.take(who);
      if (wait > 0) return { outcome: 'too-many', retryAfterSeconds: wait };

      const kind = kindOf(label, prediction);
      const contributorId = speaker.contributor.id;
      const saved = store.verdicts.save({
        predictionId: id,
        kind,
        labelId: label?.id ?? null,
        contributorId,
        at: now(),
      });
      if (saved.outcome !== 'saved') limiter.giveBack(who);
      switch (saved.outcome) {
        case 'unknown-prediction':
        case 'blocked':
          return { outcome: saved.outcome };
        case 'already':
          return already(saved.verdict.labelId);
        case 'saved':
          deps.samplesChanged(alphabet.id);
          return { outcome: 'saved', kind, label: label?.text ?? null, prediction };
      }
    },

    async undo({ prediction: id, speaker, chat }) {
      const question = await asked(id, speaker, chat);
      if (question.outcome !== 'question') return question;
      const { alphabet, prediction } = question;
      const undone = store.verdicts.undo(id, now());
      switch (undone.outcome) {
        case 'unknown-prediction':
          return undone;
        case 'no-verdict':
          return { outcome: 'nothing-to-undo', prediction };
        case 'undone':
          deps.samplesChanged(alphabet.id);
          return { outcome: 'undone', prediction };
      }
    },

    question: asked,

    prediction(id) {
      const found = store.predictions.get(id);
      const alphabet = found && deps.alphabet(found.alphabet);
      return found === undefined || alphabet === undefined ? undefined : predictionOf(found, alphabet);
    },
  };
}

function kindOf(label: Label | null, { candidates }: Prediction): 'confirm' | 'correct' | 'reject' {
  if (label === null) return 'reject';
  return label.id === candidates[0]?.labelId ? 'confirm' : 'correct';
}

function wantedLabel(
  alphabet: Alphabet,
  label: { readonly id: number } | { readonly text: string },
): Label | undefined {
  return 'id' in label ? labelById(alphabet, label.id) : labelTyped(alphabet, label.text);
}
